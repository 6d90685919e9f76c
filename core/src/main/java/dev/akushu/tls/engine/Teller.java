package dev.akushu.tls.engine;

import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.TraceEvent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the observer, if there is one; without one no event is made.
 *
 * @param observer or null
 */
record Teller(@Nullable Observer observer) {
    boolean isHeard() {
        return observer != null;
    }

    void tell(Supplier<? extends TraceEvent> event) {
        if (observer != null) {
            observer.on(event.get());
        }
    }
}
