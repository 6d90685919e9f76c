package dev.akushu.lab.record;

/** Is told what a {@link Recording} takes down while it does, one call at a time. */
public interface RecordingListener {
    /** A connection begins. */
    void begin(Recording recording);

    /** The next step of the story. */
    void step(Recording recording, TimedStep step);

    /** The connection is over. */
    void end(Recording recording);
}
