package dev.akushu.explain;

import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.ApplicationData;
import dev.akushu.tls.trace.TraceEvent.HandshakeDone;
import dev.akushu.tls.trace.TraceEvent.Message;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the events of two ends, which arrive from two threads, into one order: what is sent comes before what it causes, and
 * whoever received something speaks until it comes to its next message, while whoever sent something waits for that. So the
 * order does not hang on how the threads ran, but for messages that cross on the way. With one end alone there is nothing to
 * wait for.
 */
final class Weave {
    /** So many events of one end wait for the word of the other; then it is not waited for any longer. */
    private static final int PATIENCE = 256;

    private final Map<Role, Lane> lanes = new EnumMap<>(Role.class);

    /** The events of {@code role} belong to the story. */
    void join(Role role) {
        lanes.putIfAbsent(role, new Lane(role));
    }

    boolean hasBothEnds() {
        return lanes.size() == 2;
    }

    void add(Role role, TraceEvent event) {
        lane(role).add(event);
    }

    /** Takes what is to be told next, or null if that depends on what has not happened yet. */
    @Nullable Told next() {
        Lane lane = free();
        if (lane == null && everybodyHasSpoken()) {
            lane = first();
        }
        return lane == null ? null : take(lane);
    }

    /** Takes what is to be told next if nothing more will happen; null if all is told. */
    @Nullable Told nextOfRest() {
        Lane lane = free();
        if (lane == null) {
            lane = first();
        }
        return lane == null ? null : take(lane);
    }

    /**
     * Notes what {@code told} received; true if the story has it already, because the other end told that it sent the very
     * same.
     */
    boolean isKnown(Told told) {
        return hasBothEnds() && lane(told.teller().peer()).deliver(told.event());
    }

    /** Whether the handshake is done at an end, told or not. */
    boolean isDone(Role role) {
        return lane(role).isDone();
    }

    private Told take(Lane lane) {
        return new Told(lane.role(), lane.tell());
    }

    /** An end that may speak whatever the other has to say. */
    private @Nullable Lane free() {
        for (Lane lane : lanes.values()) {
            TraceEvent head = lane.head();
            if (head != null && (!hasBothEnds() || isFree(lane, head))) {
                return lane;
            }
        }
        return null;
    }

    private boolean isFree(Lane lane, TraceEvent head) {
        Lane other = lane(lane.role().peer());
        Wire kind = Lane.ordering(head);
        if (kind == null) {
            // That both are done is one step: the second to be done waits for the word of the first.
            boolean early = head instanceof HandshakeDone && !other.isDone();
            return !lane.sentLast() && !early;
        }
        if (Wire.flow(head) == Flow.RECEIVED) {
            return other.hasUnderway(kind);
        }
        return !other.hasBegun() && !lane.sentLast();
    }

    private boolean everybodyHasSpoken() {
        boolean impatient = lanes.values().stream().anyMatch(lane -> lane.backlog() > PATIENCE);
        return impatient || lanes.values().stream().allMatch(lane -> lane.head() != null || lane.hasEnded());
    }

    /**
     * Of two ends that both want to speak: what is no message, then half-RTT data, which did not wait for the client's Finished,
     * and tickets, which end the handshake though a client's data crosses them on the way, then all else that is sent, then what
     * nobody sent.
     */
    private @Nullable Lane first() {
        Lane best = null;
        int bestRank = Integer.MAX_VALUE;
        for (Lane lane : lanes.values()) {
            TraceEvent head = lane.head();
            if (head != null && rank(head) < bestRank) {
                best = lane;
                bestRank = rank(head);
            }
        }
        return best;
    }

    private static int rank(TraceEvent head) {
        if (Lane.ordering(head) == null) {
            return 0;
        }
        if (Wire.flow(head) == Flow.RECEIVED) {
            return 3;
        }
        boolean ticket = head instanceof Message message && message.type() == HandshakeType.NEW_SESSION_TICKET;
        boolean halfRtt = head instanceof ApplicationData data && data.halfRtt();
        return ticket || halfRtt ? 1 : 2;
    }

    private Lane lane(Role role) {
        Lane lane = lanes.get(role);
        if (lane == null) {
            throw new IllegalStateException("the story does not observe the " + role);
        }
        return lane;
    }
}
