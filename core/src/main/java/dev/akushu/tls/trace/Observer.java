package dev.akushu.tls.trace;

/**
 * Told of every step of a connection, on the thread that takes the step and in order. Must be quick and must not throw; without one, no event is made. Events
 * hold no secrets.
 */
@FunctionalInterface
public interface Observer {
    /** The event; immutable, may be kept. */
    void on(TraceEvent event);

    /** Both, this one first. */
    default Observer and(Observer other) {
        return event -> {
            on(event);
            other.on(event);
        };
    }
}
