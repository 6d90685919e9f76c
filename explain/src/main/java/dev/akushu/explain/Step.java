package dev.akushu.explain;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a story tells: a message, a decision, a check, new keys, the end. In no language: an {@link Explainer} has
 * the words.
 *
 * @param number its place in the story, from 1
 * @param chapter the part of the story that it belongs to
 * @param teller the end that made the event
 * @param event what happened, with its values
 * @param protection for what passed the wire, whose keys protect it; null for all else
 * @param situation what is so now
 */
public record Step(
        int number,
        Chapter chapter,
        Role teller,
        TraceEvent event,
        @Nullable Protection protection,
        Situation situation) {
    /** The end that sent what passed the wire; null if nothing passed it in this step. */
    public @Nullable Role sender() {
        Flow flow = Wire.flow(event);
        return flow == null ? null : Wire.sender(teller, flow);
    }
}
