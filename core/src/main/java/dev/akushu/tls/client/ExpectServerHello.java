package dev.akushu.tls.client;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.ServerHello;

/** The client has made its offer; the server chooses from it, or asks for another key share. RFC 9846 sections 4.2.3 and 4.2.4. */
final class ExpectServerHello implements ClientState {
    private final Offer offer;

    ExpectServerHello(Offer offer) {
        this.offer = offer;
    }

    @Override
    public ClientStep step() {
        return ClientStep.EXPECT_SERVER_HELLO;
    }

    @Override
    public void forget() {
        offer.forget();
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        if (received.message() instanceof HelloRetryRequest retry) {
            return new HelloRetry(offer, retry).answer(received, out);
        }
        ServerChoice choice = ServerChoice.from(offer, received.as(ServerHello.class), out);
        Transcript transcript = new Transcript(choice.suite().hash());
        transcript.add(offer.bytes());
        return new KeyAgreement(offer, choice, transcript, null).agree(received, out);
    }
}
