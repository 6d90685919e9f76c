package dev.akushu.tls.engine;

/**
 * Where a connection stands that takes no more messages, because it has failed or was closed. What the last state held is gone with it.
 *
 * @param step at which it ended, for texts
 */
record Forgotten(Step step) implements State {
    @Override
    public State on(Received received, Output out) {
        throw new IllegalStateException("the connection has ended at " + step);
    }
}
