package dev.akushu.explain;

/** Is told a story while it happens. One call at a time and in order, on the thread of the end that the story waited for. */
@FunctionalInterface
public interface StoryReader {
    /** The next step. Must be quick and must not throw: the handshake waits meanwhile. */
    void read(Step step);

    /** No step follows. */
    default void end() {}
}
