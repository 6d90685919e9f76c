package dev.akushu.tls.server;

import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Cookie;
import java.util.List;
import java.util.function.BooleanSupplier;

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
        Cookie cookie = hello.extensions().find(Cookie.class);
        if (cookie != null && config.statelessRetry().isPresent()) {
            return StatelessRetry.resume(config, cookie, received, step(), out);
        }
        ClientWishes wishes = ClientWishes.of(hello);
        return PskSearch.run(config, wishes, step(), out, (psks, to) -> choose(wishes, psks, received, to));
    }

    private State choose(ClientWishes wishes, List<FoundPsk> psks, Received received, Output out) throws TlsException {
        Negotiation negotiation = Negotiation.of(config, wishes, psks, out);
        NamedGroup missing = negotiation.pskAlone() || !negotiation.lacksShare(wishes) ? null : negotiation.group();
        boolean underLoad =
                config.statelessRetry().map(BooleanSupplier::getAsBoolean).orElse(false);
        Transcript transcript = new Transcript(negotiation.suite().hash());
        if ((missing != null || underLoad) && config.pskOnly()) {
            new Resumption(config, wishes, negotiation, psks).requireExternal(received, transcript, out);
        }
        State forgotten =
                underLoad ? StatelessRetry.ask(config, wishes, negotiation, psks, received, step(), out) : null;
        if (forgotten != null) {
            return forgotten;
        }
        return missing != null
                ? RetryRequest.send(config, wishes, negotiation, missing, psks, transcript, received, step(), out)
                : new KeyAgreement(config, wishes, negotiation, psks, null, step(), transcript).answer(received, out);
    }
}
