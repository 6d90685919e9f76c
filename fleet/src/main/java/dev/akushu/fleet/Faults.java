package dev.akushu.fleet;

import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** Reports what is wrong, once for as long as it lasts; if its facts change (numbers do, and what a service calls its answers), again an hour later at the earliest. Used by one thread. */
final class Faults {
    private static final Logger LOG = System.getLogger("dev.akushu.fleet");

    private static final Duration SPAN = Duration.ofHours(1);

    private final String store;
    private final FleetObserver observer;
    private final InstantSource clock;
    private final Map<Problem, Told> standing = new EnumMap<>(Problem.class);

    private record Told(Diagnosis diagnosis, Instant when) {}

    Faults(String store, FleetObserver observer, InstantSource clock) {
        this.store = store;
        this.observer = observer;
        this.clock = clock;
    }

    /** Reports in any case. */
    void report(TlsException fault) {
        LOG.log(Logger.Level.WARNING, "{0}", fault.getMessage());
        observer.onFault(fault);
    }

    /** Reports unless that is known. */
    void stand(TlsException fault) {
        Instant now = clock.instant();
        Told told = standing.get(fault.problem());
        boolean known = told != null
                && (told.diagnosis().equals(fault.diagnosis())
                        || now.isBefore(told.when().plus(SPAN)));
        if (!known) {
            standing.put(fault.problem(), new Told(fault.diagnosis(), now));
            report(fault);
        }
    }

    /** That is over. */
    void end(Problem problem) {
        standing.remove(problem);
    }

    /** All of a kind are over. */
    void end(Problem.Category category) {
        standing.keySet().removeIf(problem -> problem.category() == category);
    }

    void joined() {
        LOG.log(Logger.Level.INFO, "The store {0} of ticket keys answers.", store);
        observer.onJoined();
    }
}
