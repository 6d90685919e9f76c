package dev.akushu.tls.server;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HelloRetryRequest;
import dev.akushu.tls.wire.KeyShareHelloRetryRequest;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.SelectedVersion;

/** Asks the client for a share of a group that both sides know. RFC 9846 section 4.2.4. */
final class RetryRequest {
    private RetryRequest() {}

    static State send(
            TlsServer config,
            ClientWishes wishes,
            Negotiation negotiation,
            Transcript transcript,
            Received received,
            Output out)
            throws TlsException {
        received.aligned();
        if (wishes.earlyData()) {
            RefusedEarlyData.because(EarlyDataChoice.afterRetry(config), config, wishes, out);
        }
        out.event(() -> new TraceEvent.RetryRequested(negotiation.group(), false));
        transcript.add(received.bytes());
        transcript.replaceByMessageHash();
        HelloRetryRequest retry = new HelloRetryRequest(
                ProtocolVersion.TLS_1_2.code(),
                wishes.hello().legacySessionId(),
                negotiation.suite().suite(),
                0,
                Extensions.of(
                        new SelectedVersion(ProtocolVersion.TLS_1_3),
                        new KeyShareHelloRetryRequest(negotiation.group())));
        transcript.add(out.send(retry));
        if (!wishes.hello().legacySessionId().isEmpty()) {
            out.sendChangeCipherSpec();
        }
        return new ExpectSecondClientHello(config, wishes, negotiation, transcript);
    }
}
