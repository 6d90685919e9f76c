package dev.akushu.tls.server;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.ClientHello;
import java.util.List;

/** The server waits for a client's offer, and chooses from it. RFC 9846 section 4.2.2. */
final class ExpectClientHello implements ServerState {
    private final TlsServer config;

    ExpectClientHello(TlsServer config) {
        this.config = config;
    }

    @Override
    public ServerStep step() {
        return ServerStep.EXPECT_CLIENT_HELLO;
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        ClientHello hello = received.as(ClientHello.class);
        out.clientRandom(hello.random());
        ClientWishes wishes = ClientWishes.of(hello);
        return PskSearch.run(config, wishes, step(), out, (psks, to) -> choose(wishes, psks, received, to));
    }

    private State choose(ClientWishes wishes, List<FoundPsk> psks, Received received, Output out) throws TlsException {
        Negotiation negotiation = Negotiation.of(config, wishes, psks, out);
        Transcript transcript = new Transcript(negotiation.suite().hash());
        if (wishes.share(negotiation.group()) == null) {
            if (config.pskOnly()) {
                new Resumption(config, wishes, negotiation, psks).requireExternal(received, transcript, out);
            }
            return RetryRequest.send(config, wishes, negotiation, transcript, received, out);
        }
        return new KeyAgreement(config, wishes, negotiation, psks, null, transcript).answer(received, out);
    }
}
