package dev.akushu.tls.client;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.ServerHello;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client has sent its second ClientHello; the server must choose now, and stand by what its retry said. RFC 9846 section 4.2.4. */
final class ExpectSecondServerHello implements ClientState {
    private final Offer first;
    private final Offer offer;
    private final Transcript transcript;
    private final CipherSuite retrySuite;
    private final @Nullable NamedGroup retryGroup;

    /**
     * After a retry.
     *
     * @param first what the first ClientHello offered
     * @param offer what the second one offers
     * @param transcript from message_hash to the second ClientHello
     * @param retrySuite that the retry named
     * @param retryGroup that the retry asked for, or null if it only brought a cookie
     */
    ExpectSecondServerHello(
            Offer first, Offer offer, Transcript transcript, CipherSuite retrySuite, @Nullable NamedGroup retryGroup) {
        this.first = first;
        this.offer = offer;
        this.transcript = transcript;
        this.retrySuite = retrySuite;
        this.retryGroup = retryGroup;
    }

    @Override
    public ClientStep step() {
        return ClientStep.EXPECT_SECOND_SERVER_HELLO;
    }

    @Override
    public void forget() {
        offer.forget();
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        ServerHello hello = received.as(ServerHello.class);
        // RFC 9846 4.2.4: the retry's selected_version MUST be retained, and without one the version is an older one.
        if (!hello.extensions().has(ExtensionType.SUPPORTED_VERSIONS)) {
            throw Problem.WRONG_VERSION_CHOSEN.with(ProtocolVersion.of(hello.legacyVersion()));
        }
        ServerChoice choice = ServerChoice.from(offer, hello, out);
        if (!choice.suite().suite().equals(retrySuite)) {
            throw Problem.SUITE_CHANGED_AFTER_RETRY.with(
                    retrySuite, choice.suite().suite());
        }
        NamedGroup group = choice.group();
        if (retryGroup != null && group != null && !group.equals(retryGroup)) {
            throw Problem.WRONG_GROUP_CHOSEN.with(group, List.of(retryGroup));
        }
        return new KeyAgreement(offer, choice, transcript, first).agree(received, out);
    }
}
