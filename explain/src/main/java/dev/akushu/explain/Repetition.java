package dev.akushu.explain;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.ApplicationProtocolChosen;
import dev.akushu.tls.trace.TraceEvent.ClientCertificateRequested;
import dev.akushu.tls.trace.TraceEvent.GroupChosen;
import dev.akushu.tls.trace.TraceEvent.KeyUpdated;
import dev.akushu.tls.trace.TraceEvent.KeysChanged;
import dev.akushu.tls.trace.TraceEvent.RecordSizesAgreed;
import dev.akushu.tls.trace.TraceEvent.ResumptionDecided;
import dev.akushu.tls.trace.TraceEvent.RetryRequested;
import dev.akushu.tls.trace.TraceEvent.SecretDerived;
import dev.akushu.tls.trace.TraceEvent.SharedSecretComputed;
import dev.akushu.tls.trace.TraceEvent.Started;
import dev.akushu.tls.trace.TraceEvent.SuiteChosen;
import dev.akushu.tls.trace.TraceEvent.TicketsAnnounced;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what both ends tell though it is one fact of the connection: the story tells it once, by the end that knew first. */
final class Repetition {
    private final Set<Fact> known = new HashSet<>();

    private record Fact(
            Class<? extends TraceEvent> kind,
            Object value,
            @Nullable Role sender) {}

    /** Whether the other end has told the same already. */
    boolean isRepeated(Told told) {
        Fact fact = fact(told);
        if (fact == null) {
            return false;
        }
        return !known.add(fact);
    }

    private static @Nullable Fact fact(Told told) {
        return switch (told.event()) {
            case SuiteChosen suite -> agreed(suite, suite.chosen());
            case GroupChosen group -> agreed(group, group.chosen());
            case ApplicationProtocolChosen protocol ->
                agreed(protocol, protocol.chosen() == null ? "" : protocol.chosen());
            case RetryRequested retry -> agreed(retry, true);
            case ResumptionDecided decided -> agreed(decided, true);
            case TraceEvent.ExternalPskChosen chosen -> agreed(chosen, chosen.identity());
            case RecordSizesAgreed agreed -> agreed(agreed, agreed);
            case TicketsAnnounced announced -> agreed(announced, announced.count());
            case ClientCertificateRequested requested -> agreed(requested, true);
            case SharedSecretComputed secret -> agreed(secret, secret.group());
            case TraceEvent.KeyExchangeOmitted omitted -> agreed(omitted, true);
            case SecretDerived secret -> agreed(secret, secret.name());
            case KeysChanged keys -> {
                Role sender = Wire.sender(told.teller(), keys.flow());
                yield new Fact(KeysChanged.class, keys.protection() + "/" + keys.generation(), sender);
            }
            default -> null;
        };
    }

    private static Fact agreed(TraceEvent event, Object value) {
        return new Fact(event.getClass(), value, null);
    }

    /** Whether the other end tells the same by its nature, whichever comes first: the client opens, the sender changes keys. */
    static boolean isOthersToTell(Told told) {
        return switch (told.event()) {
            case Started started -> started.role() == Role.SERVER;
            case KeyUpdated updated -> updated.flow() == Flow.RECEIVED;
            default -> false;
        };
    }
}
