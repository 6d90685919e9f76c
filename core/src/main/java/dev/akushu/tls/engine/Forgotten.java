package dev.akushu.tls.engine;

/**
 * Where a failed connection stands: nowhere any more. What the last state held is gone with it.
 *
 * @param step at which it failed, for texts
 */
record Forgotten(Step step) implements State {
    @Override
    public State on(Received received, Output out) {
        throw new IllegalStateException("the connection has failed at " + step);
    }
}
