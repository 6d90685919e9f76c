package dev.akushu.tls.engine;

import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.TraceEvent;
import java.lang.System.Logger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the observer, if there is one; without one no event is made.
 *
 * @param observer or null
 */
record Teller(@Nullable Observer observer) {
    private static final Logger LOG = System.getLogger("dev.akushu.tls");

    boolean isHeard() {
        return observer != null;
    }

    void tell(Supplier<? extends TraceEvent> event) {
        if (observer != null) {
            try {
                observer.on(event.get());
            } catch (RuntimeException failed) {
                // Whoever only watches must not change what happens, least of all keep an alert from being sent.
                LOG.log(Logger.Level.WARNING, "an observer failed", failed);
            }
        }
    }
}
