package dev.akushu.explain;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * The story of one connection, told by the events of one of its ends or of both.
 *
 * <p>With one end every event is a step as it comes. With both, a message is one step: what its sender decided stands before
 * it, what its receiver checked stands after it, and what both know is told once. What arrived is told only if it is not what
 * was sent. A step may then have to wait until the other end has come as far; {@link #end} tells what still waits.
 *
 * <p>Safe for use by the threads of both ends.
 */
public final class Story {
    private final StoryReader reader;
    private final Weave weave = new Weave();
    private final Repetition repetition = new Repetition();
    private final Progress progress = new Progress();
    private boolean ended;

    /** A story for {@code reader}. */
    public Story(StoryReader reader) {
        this.reader = reader;
    }

    /**
     * What to give to the configuration of one end. For a story by both ends, take both observers before either end begins.
     */
    public synchronized Observer observer(Role role) {
        weave.join(role);
        return event -> tell(role, event);
    }

    /** Nothing more will happen: tells what has waited for the other end. Events that come later are not told. */
    public synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        for (Told told = weave.nextOfRest(); told != null; told = weave.nextOfRest()) {
            tellOnce(told);
        }
        reader.end();
    }

    private synchronized void tell(Role role, TraceEvent event) {
        if (ended) {
            return;
        }
        weave.add(role, event);
        for (@Nullable Told told = weave.next(); told != null; told = weave.next()) {
            tellOnce(told);
        }
    }

    private void tellOnce(Told told) {
        boolean arrival = Wire.flow(told.event()) == Flow.RECEIVED;
        if (arrival && weave.isKnown(told)) {
            return;
        }
        if (told.event() instanceof TraceEvent.Started started) {
            progress.noteStarted(started);
        }
        boolean bothEnds = weave.hasBothEnds();
        if (bothEnds && (Repetition.isOthersToTell(told) || repetition.isRepeated(told) || isDoneAlready(told))) {
            return;
        }
        reader.read(progress.step(told, bothEnds));
    }

    /** Whether this end's being done was told with the other's. The end that waits to tell it is done just as well. */
    private boolean isDoneAlready(Told told) {
        if (!(told.event() instanceof TraceEvent.HandshakeDone)) {
            return false;
        }
        Role peer = told.teller().peer();
        if (weave.isDone(peer)) {
            progress.noteDone(peer);
        }
        return progress.isDone(told.teller());
    }
}
