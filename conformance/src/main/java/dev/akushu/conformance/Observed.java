package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.TraceEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a connection only its events tell. Belongs to the test's thread. */
final class Observed implements Observer {
    private List<String> offeredProtocols = List.of();
    private @Nullable SignatureScheme peerScheme;
    private boolean earlyDataOffered;

    @Override
    public void on(TraceEvent event) {
        switch (event) {
            case TraceEvent.ApplicationProtocolChosen choice -> offeredProtocols = choice.offered();
            case TraceEvent.EarlyDataOffered _ -> earlyDataOffered = true;
            case TraceEvent.ProofOfKey(Flow flow, SignatureScheme scheme, Bytes content)
            when flow == Flow.RECEIVED -> peerScheme = scheme;
            default -> {
                // The flags ask about nothing else.
            }
        }
    }

    /** With which the peer proved its key, if it did. */
    Optional<SignatureScheme> peerScheme() {
        return Optional.ofNullable(peerScheme);
    }

    /** Whether the client offered early data. */
    boolean earlyDataOffered() {
        return earlyDataOffered;
    }

    /** The application protocols that the client offered. */
    List<String> offeredProtocols() {
        return offeredProtocols;
    }
}
