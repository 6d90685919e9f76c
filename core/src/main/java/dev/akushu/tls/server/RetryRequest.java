package dev.akushu.tls.server;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Cookie;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.KeyShareHelloRetryRequest;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.SelectedVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the client for a share of a group that both sides know. RFC 9846 section 4.2.4. */
final class RetryRequest {
    private RetryRequest() {}

    /** Asks for a share of {@code group}. */
    static State send(
            TlsServer config,
            ClientWishes wishes,
            Negotiation negotiation,
            NamedGroup group,
            List<FoundPsk> psks,
            Transcript transcript,
            Received received,
            ServerStep step,
            Output out)
            throws TlsException {
        received.aligned();
        if (!wishes.earlyData()) {
            return send(config, wishes, negotiation, group, transcript, received, out);
        }
        return new RefusedEarlyData(config, wishes, psks, received, step)
                .because(
                        EarlyDataChoice.afterRetry(config),
                        out,
                        (told, to) -> send(config, wishes, negotiation, group, transcript, received, to),
                        () -> {});
    }

    private static State send(
            TlsServer config,
            ClientWishes wishes,
            Negotiation negotiation,
            NamedGroup group,
            Transcript transcript,
            Received received,
            Output out)
            throws TlsException {
        out.event(() -> new TraceEvent.RetryRequested(group, false));
        transcript.add(received.bytes());
        transcript.replaceByMessageHash();
        transcript.add(out.send(message(wishes.hello(), negotiation.suite().suite(), group, null)));
        if (!wishes.hello().legacySessionId().isEmpty()) {
            out.sendChangeCipherSpec();
        }
        return new ExpectSecondClientHello(config, wishes, negotiation, group, transcript);
    }

    /**
     * The retry that answers {@code hello}.
     *
     * @param group to send a share for, or null if the share is good
     * @param cookie to bring back, or null
     */
    static HelloRetryRequest message(
            ClientHello hello, CipherSuite suite, @Nullable NamedGroup group, @Nullable Bytes cookie) {
        List<Extension> extensions = new ArrayList<>();
        extensions.add(new SelectedVersion(ProtocolVersion.TLS_1_3));
        if (group != null) {
            extensions.add(new KeyShareHelloRetryRequest(group));
        }
        if (cookie != null) {
            extensions.add(new Cookie(cookie));
        }
        return new HelloRetryRequest(
                ProtocolVersion.TLS_1_2.code(), hello.legacySessionId(), suite, 0, Extensions.of(extensions));
    }

    /** The bytes of the retry that was sent, made again from the second ClientHello: the session id is in both. */
    static byte[] encoded(ClientHello second, CipherSuite suite, @Nullable NamedGroup group, Bytes cookie) {
        return HandshakeCodec.encode(message(second, suite, group, cookie));
    }
}
