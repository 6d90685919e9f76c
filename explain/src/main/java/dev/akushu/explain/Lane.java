package dev.akushu.explain;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One end's events, in the order in which it made them, as far as they have not been told. */
final class Lane {
    private final Role role;
    private final Deque<TraceEvent> waiting = new ArrayDeque<>();
    private final Map<Wire, Deque<TraceEvent>> underway = new EnumMap<>(Wire.class);
    private boolean begun;
    private boolean done;
    private boolean ended;
    private boolean sentLast;

    Lane(Role role) {
        this.role = role;
    }

    Role role() {
        return role;
    }

    void add(TraceEvent event) {
        waiting.add(event);
        begun |= ordering(event) != null;
        done |= event instanceof TraceEvent.HandshakeDone;
        ended |= event instanceof TraceEvent.Failed;
    }

    @Nullable TraceEvent head() {
        return waiting.peek();
    }

    int backlog() {
        return waiting.size();
    }

    /** Whether the handshake is done at this end, told or not. */
    boolean isDone() {
        return done;
    }

    /** Whether it has sent or received anything, told or not. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether nothing more can be expected of it, so that nobody need wait for its word. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether it sent something, and all that it did since may depend on nothing but itself. */
    boolean sentLast() {
        return sentLast;
    }

    /** Takes the head, which is now told. */
    TraceEvent tell() {
        TraceEvent event = waiting.remove();
        Wire kind = ordering(event);
        if (kind != null) {
            sentLast = Wire.flow(event) == Flow.SENT;
            if (sentLast) {
                underway(kind).add(event);
            }
        }
        return event;
    }

    /** Whether something of this kind has been sent from here and not yet been received. */
    boolean hasUnderway(Wire kind) {
        return !underway(kind).isEmpty();
    }

    /**
     * Notes that the other end received {@code arrived}; false if that is not what was sent from here, because somebody on the
     * way changed or made it.
     */
    boolean deliver(TraceEvent arrived) {
        Wire kind = ordering(arrived);
        if (kind == null) {
            return true;
        }
        TraceEvent sent = underway(kind).poll();
        if (arrived instanceof Message received && sent instanceof Message original) {
            return received.message().equals(original.message());
        }
        return sent != null;
    }

    private Deque<TraceEvent> underway(Wire kind) {
        return underway.computeIfAbsent(kind, _ -> new ArrayDeque<>());
    }

    static @Nullable Wire ordering(TraceEvent event) {
        Wire kind = Wire.of(event);
        return kind != null && kind.ordersStory() ? kind : null;
    }
}
