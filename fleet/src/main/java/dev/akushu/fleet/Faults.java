package dev.akushu.fleet;

import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.lang.System.Logger;
import java.util.EnumMap;
import java.util.Map;

/** Reports what is wrong, once for as long as it stays the same. Used by one thread. */
final class Faults {
    private static final Logger LOG = System.getLogger("dev.akushu.fleet");

    private final String store;
    private final FleetObserver observer;
    private final Map<Problem, Diagnosis> standing = new EnumMap<>(Problem.class);

    Faults(String store, FleetObserver observer) {
        this.store = store;
        this.observer = observer;
    }

    /** Reports in any case. */
    void report(TlsException fault) {
        LOG.log(Logger.Level.WARNING, "{0}", fault.getMessage());
        observer.onFault(fault);
    }

    /** Reports unless that is known. */
    void stand(TlsException fault) {
        if (!fault.diagnosis().equals(standing.put(fault.problem(), fault.diagnosis()))) {
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
