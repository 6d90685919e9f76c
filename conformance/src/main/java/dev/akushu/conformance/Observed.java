package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyDataOutcome;
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
    private final TrafficSecrets trafficSecrets = new TrafficSecrets();
    private boolean earlyDataOffered;
    private long ticketAgeSkew;
    private boolean earlyDataRefused;

    @Override
    public void on(TraceEvent event) {
        switch (event) {
            case TraceEvent.ApplicationProtocolChosen choice -> offeredProtocols = choice.offered();
            case TraceEvent.TicketOpened opened ->
                ticketAgeSkew = opened.statedAge().toSeconds() - opened.age().toSeconds();
            case TraceEvent.EarlyDataOffered _ -> earlyDataOffered = true;
            case TraceEvent.EarlyDataDecided(EarlyDataOutcome outcome) ->
                earlyDataRefused = earlyDataOffered && outcome != EarlyDataOutcome.ACCEPTED;
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

    /** Whether the server has refused what the client offered. */
    boolean earlyDataRefused() {
        return earlyDataRefused;
    }

    /** Seconds that a ticket's age is more by the client's clock than by the server's; 0 if none was opened. */
    long ticketAgeSkew() {
        return ticketAgeSkew;
    }

    TrafficSecrets trafficSecrets() {
        return trafficSecrets;
    }

    /** The application protocols that the client offered. */
    List<String> offeredProtocols() {
        return offeredProtocols;
    }
}
