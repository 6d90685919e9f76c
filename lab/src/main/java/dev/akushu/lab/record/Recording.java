package dev.akushu.lab.record;

import dev.akushu.explain.Step;
import dev.akushu.explain.Story;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.KeyLog;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.SecretObserver;
import dev.akushu.tls.trace.TraceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one connection: its story with times, each record as it passed the path, and the secrets. Safe for use
 * by the threads of both ends and of the path between them.
 */
public final class Recording {
    /** Which of a run's connections one is. */
    public enum Part {
        /** Comes before, to bring a ticket. */
        BEFORE,
        /** The one that the run is about. */
        MAIN,
        /** A copy that somebody on the path sends. */
        COPY
    }

    private static final long NOT_YET = -1;

    private final int number;
    private final Part part;
    private final Set<Role> ends;
    private final RecordingListener listener;
    private final Story story;
    private final Ledger ledger = new Ledger();
    private final Map<Role, Observer> observers = new EnumMap<>(Role.class);
    private final IdentityHashMap<TraceEvent, Long> times = new IdentityHashMap<>();
    private long began = NOT_YET;
    private Instant beganAt = Instant.now();
    private final Set<Role> failed = EnumSet.noneOf(Role.class);
    private final List<TimedStep> steps = new ArrayList<>();
    private final List<WireRecord> records = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();
    private final SecretValues values = new SecretValues();

    /**
     * Begins.
     *
     * @param number the connection's place in its run, from 1
     * @param part what it is for
     * @param ends those that tell the story; the others only show in the records
     */
    public Recording(int number, Part part, Set<Role> ends, RecordingListener listener) {
        this.number = number;
        this.part = part;
        this.ends = EnumSet.copyOf(ends);
        this.listener = listener;
        this.story = new Story(this::take);
        // The story must know its ends before either begins.
        for (Role role : this.ends) {
            observers.put(role, story.observer(role));
        }
        listener.begin(this);
    }

    /** The connection's place in its run, from 1. */
    public int number() {
        return number;
    }

    /** What it is for. */
    public Part part() {
        return part;
    }

    /** The ends that tell the story. */
    public Set<Role> ends() {
        return EnumSet.copyOf(ends);
    }

    /** When the first thing was told of it: all times are counted from here. */
    public Instant beganAt() {
        synchronized (times) {
            return beganAt;
        }
    }

    /** What to give to the configuration of {@code role}. */
    public Observer observer(Role role) {
        Observer teller = Objects.requireNonNull(observers.get(role));
        return event -> {
            note(role, event);
            teller.on(event);
        };
    }

    /** What to give to the configuration of one end. */
    public KeyLog keyLog() {
        return line -> {
            synchronized (secrets) {
                secrets.add(line);
            }
        };
    }

    /** What to give to the configuration of one end whose connection protects nothing but its own example. */
    public SecretObserver secretObserver() {
        return values;
    }

    /** {@code thrown} ended the connection at {@code role}; told unless that end has told it by itself. */
    public void failed(Role role, TlsException thrown) {
        boolean told;
        synchronized (times) {
            told = failed.contains(role);
        }
        if (!told) {
            observer(role).on(TraceEvent.Failed.by(thrown));
        }
    }

    /** A record has reached the path. */
    public void passed(WireRecord passed) {
        synchronized (records) {
            records.add(passed);
        }
    }

    /** The time, counted from the first thing that was told of the connection. */
    public long now() {
        synchronized (times) {
            long now = System.nanoTime();
            if (began == NOT_YET) {
                began = now;
                beganAt = Instant.now();
            }
            return now - began;
        }
    }

    /** Nothing more will happen. */
    public void end() {
        story.end();
        listener.end(this);
    }

    /** The story so far. */
    public List<TimedStep> steps() {
        synchronized (steps) {
            return List.copyOf(steps);
        }
    }

    /** The records so far, in the order in which they passed. */
    public List<WireRecord> records() {
        synchronized (records) {
            return List.copyOf(records);
        }
    }

    /** The lines of the key log. */
    public List<String> secrets() {
        synchronized (secrets) {
            return List.copyOf(secrets);
        }
    }

    /** The values of the key schedule so far, in hexadecimal and by their names; empty unless {@link #secretObserver} was used. */
    public Map<String, String> values() {
        return values.all();
    }

    /** Where on the wire the bytes of {@code event} are. */
    public List<Piece> places(TraceEvent event) {
        return ledger.places(event);
    }

    /**
     * Where in the record {@code number} of {@code sender} the byte {@code offset} of a message is; empty if it is not in this
     * record. A message that is shorter is taken at its last byte.
     *
     * @param name of the message
     * @param occurrence its place among the sender's messages of that name, from 1
     */
    public OptionalInt positionIn(Role sender, int number, String name, int occurrence, int offset) {
        return ledger.positionIn(sender, number, name, occurrence, offset);
    }

    /**
     * Whether {@code step} tells how a message arrived of which another step tells that it was sent: a story by both ends tells a
     * message twice if somebody on the path changed it, and its receiver could read it all the same.
     */
    public boolean isArrival(Step step) {
        return ends.size() == 2
                && step.event() instanceof TraceEvent.Message message
                && message.flow() == Flow.RECEIVED;
    }

    /** Whether somebody on the path changed bytes of {@code step}, or let them vanish. */
    public boolean isAltered(Step step) {
        return records().stream()
                .filter(record -> record.sender() == step.sender() && record.isAltered())
                .anyMatch(record -> places(step.event()).stream()
                        .anyMatch(piece -> piece.record() == record.number() && isAltered(record, piece)));
    }

    private static boolean isAltered(WireRecord record, Piece piece) {
        if (piece.length() == 0 || record.altered().isEmpty()) {
            // A record of its own, such as an alert's, has no place inside.
            return true;
        }
        int from = piece.contentOffset() + Ledger.HEADER;
        return !record.bytes()
                .slice(from, piece.length())
                .equals(record.altered().slice(from, piece.length()));
    }

    /** What is really in the record {@code number} of {@code sender}, by its own word; null if it has not told. */
    public @Nullable ContentType contentType(Role sender, int number) {
        return ledger.contentType(sender, number);
    }

    private void note(Role teller, TraceEvent event) {
        synchronized (times) {
            times.put(event, now());
            if (event instanceof TraceEvent.Failed) {
                failed.add(teller);
            }
        }
        Flow flow = flow(event);
        // With both ends, each tells of what it sends; an end alone tells of what it receives too.
        if (flow == Flow.SENT || flow == Flow.RECEIVED && ends.size() == 1) {
            ledger.note(flow == Flow.SENT ? teller : teller.peer(), event);
        } else if (flow == Flow.RECEIVED && event instanceof TraceEvent.Message message) {
            ledger.noteArrival(teller.peer(), message);
        }
    }

    private static @Nullable Flow flow(TraceEvent event) {
        return switch (event) {
            case TraceEvent.Message message -> message.flow();
            case TraceEvent.RecordPassed passed -> passed.flow();
            case TraceEvent.ApplicationData data -> data.flow();
            case TraceEvent.Alert alert -> alert.flow();
            case TraceEvent.ChangeCipherSpec dummy -> dummy.flow();
            default -> null;
        };
    }

    private void take(Step step) {
        long nanos;
        synchronized (times) {
            nanos = times.getOrDefault(step.event(), now());
        }
        TimedStep timed = new TimedStep(step, nanos);
        synchronized (steps) {
            steps.add(timed);
        }
        listener.step(this, timed);
    }
}
