package dev.akushu.lab.record;

import dev.akushu.tls.ContentType;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.ApplicationData;
import dev.akushu.tls.trace.TraceEvent.Message;
import dev.akushu.tls.trace.TraceEvent.RecordPassed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which records carry which message. From outside the records of a protected message cannot be told apart, but an
 * endpoint tells of its messages and records in the order in which they pass. Safe for use by the threads of both ends.
 */
final class Ledger {
    static final int HEADER = 5;
    /** Header, the true content type and the tag. RFC 9846 section 5.2; all suites have a tag of 16 bytes. */
    private static final int PROTECTED_OVERHEAD = HEADER + 1 + 16;

    private final Map<Role, Sender> senders = new EnumMap<>(Role.class);
    private final IdentityHashMap<TraceEvent, List<Piece>> places = new IdentityHashMap<>();

    /** What one end has sent. */
    private static final class Sender {
        private final Deque<Unplaced> messages = new ArrayDeque<>();
        private final Deque<Content> contents = new ArrayDeque<>();
        private final List<Placed> placed = new ArrayList<>();
        private final List<ContentType> records = new ArrayList<>();
        private final List<Message> sent = new ArrayList<>();
        /** How many of these the other end has told of. */
        private int arrived;
        /** How many messages there were of each name. */
        private final Map<String, Integer> named = new HashMap<>();
    }

    /** A part of a message that has found its record; {@code occurrence} counts its sender's messages of this name, from 1. */
    private record Placed(Message message, int occurrence, Piece piece) {}

    /** A message, or what is left of it, for which no record has been seen. */
    private static final class Unplaced {
        private final Message message;
        private final int occurrence;
        private int placed;

        Unplaced(Message message, int occurrence) {
            this.message = message;
            this.occurrence = occurrence;
        }

        int left() {
            return message.message().length() - placed;
        }
    }

    /** A record's content, or what is left of it, for which no message has been seen. */
    private static final class Content {
        private final int record;
        private final int length;
        private int used;

        Content(int record, int length) {
            this.record = record;
            this.length = length;
        }

        int left() {
            return length - used;
        }
    }

    Ledger() {
        for (Role role : Role.values()) {
            senders.put(role, new Sender());
        }
    }

    /** Where the event's bytes are on the wire; empty if it has none, or they have not passed yet. */
    synchronized List<Piece> places(TraceEvent event) {
        return List.copyOf(places.getOrDefault(event, List.of()));
    }

    /**
     * Where in the record {@code number} of {@code sender} the byte {@code offset} of a message is, or the last byte if the
     * message is shorter; empty if it is in another record. The message is the one with the number {@code occurrence}, from 1,
     * among those that {@code sender} calls {@code name}.
     */
    synchronized OptionalInt positionIn(Role sender, int number, String name, int occurrence, int offset) {
        for (Placed placed : sender(sender).placed) {
            Piece piece = placed.piece();
            int wanted = Math.min(offset, placed.message().message().length() - 1) - piece.messageOffset();
            boolean here = piece.record() == number && wanted >= 0 && wanted < piece.length();
            if (here
                    && placed.occurrence() == occurrence
                    && placed.message().name().equals(name)) {
                return OptionalInt.of(HEADER + piece.contentOffset() + wanted);
            }
        }
        return OptionalInt.empty();
    }

    /** What is really in a record; null if nothing is known of it yet. */
    synchronized @Nullable ContentType contentType(Role sender, int number) {
        List<ContentType> records = sender(sender).records;
        return number < records.size() ? records.get(number) : null;
    }

    /** Notes what {@code sender} has on the wire. The same thing must be told by one end alone. */
    synchronized void note(Role sender, TraceEvent event) {
        Sender from = sender(sender);
        switch (event) {
            case Message message -> {
                from.sent.add(message);
                from.messages.add(new Unplaced(message, from.named.merge(message.name(), 1, Integer::sum)));
                settle(from);
            }
            case RecordPassed passed -> {
                if (passed.type() == ContentType.HANDSHAKE) {
                    from.contents.add(new Content(from.records.size(), contentLength(passed)));
                    settle(from);
                }
                from.records.add(passed.type());
            }
            case ApplicationData _ -> places.put(event, lastRecord(from));
            case TraceEvent.Alert alert -> placeSingle(from, alert, alert.flow());
            case TraceEvent.ChangeCipherSpec dummy -> placeSingle(from, dummy, dummy.flow());
            default -> {
                // Has no bytes on the wire.
            }
        }
    }

    /**
     * Notes that the other end has received a message of {@code sender}. It is where the sender's own word of it is: messages
     * arrive in the order in which they were sent, whatever has become of their bytes.
     */
    synchronized void noteArrival(Role sender, Message message) {
        Sender from = sender(sender);
        if (from.arrived < from.sent.size()) {
            places.put(message, places.computeIfAbsent(from.sent.get(from.arrived), _ -> new ArrayList<>()));
            from.arrived++;
        }
    }

    /** Fills the messages into the records, or the other way round: a sender tells of the message first, a receiver of the record. */
    private void settle(Sender from) {
        while (!from.messages.isEmpty() && !from.contents.isEmpty()) {
            Unplaced message = from.messages.getFirst();
            Content content = from.contents.getFirst();
            int length = Math.min(message.left(), content.left());
            Piece piece = new Piece(content.record, content.used, message.placed, length);
            places.computeIfAbsent(message.message, _ -> new ArrayList<>()).add(piece);
            from.placed.add(new Placed(message.message, message.occurrence, piece));
            message.placed += length;
            content.used += length;
            if (message.left() == 0) {
                from.messages.removeFirst();
            }
            if (content.left() == 0) {
                from.contents.removeFirst();
            }
        }
    }

    /** An alert has a record of its own: the sender's next, or the receiver's last. */
    private void placeSingle(Sender from, TraceEvent event, Flow flow) {
        places.put(event, flow == Flow.SENT ? List.of(new Piece(from.records.size(), 0, 0, 0)) : lastRecord(from));
    }

    private static List<Piece> lastRecord(Sender from) {
        return List.of(new Piece(Math.max(0, from.records.size() - 1), 0, 0, 0));
    }

    private Sender sender(Role role) {
        return Objects.requireNonNull(senders.get(role));
    }

    private static int contentLength(RecordPassed passed) {
        return passed.length() - (passed.protection() == Protection.CLEAR ? HEADER : PROTECTED_OVERHEAD);
    }
}
