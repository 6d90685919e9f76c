package dev.akushu.bench.handshake;

import dev.akushu.bench.harness.Effort;
import dev.akushu.bench.harness.Meter;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.Servers;
import dev.akushu.bench.stack.Shaker;
import dev.akushu.bench.stack.Stack;
import dev.akushu.bench.stack.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * One JVM, which tells whose the bytes are that handshakes of Akushu's allocate: its own, or those of the JDK's cryptography and certificate paths below it. Arguments: stack, scenario, the file of the servers, effort. Flight Recorder tells the stack
 * trace of what opens a new thread-local buffer; with small buffers each trace does so as often as it allocates bytes. What finds no room in one may go beside it, and is told by itself.
 */
final class AllocationFork {
    /** In kilobytes. Handshakes are alike, so some that fit well would open a buffer at the same places again and again. */
    private static final int[] SIZES = {3, 5, 7, 9, 11};

    /** The events, and their field with the bytes that they stand for. */
    private static final Map<String, String> EVENTS =
            Map.of("jdk.ObjectAllocationInNewTLAB", "tlabSize", "jdk.ObjectAllocationOutsideTLAB", "allocationSize");

    /** What the JCA and PKIX, and all that lies below them, have as the beginning of their names. */
    private static final List<String> CRYPTOGRAPHY = List.of(
            "java.security.",
            "javax.crypto.",
            "javax.security.",
            "sun.security.",
            "com.sun.crypto.",
            "org.conscrypt.",
            "com.amazon.corretto.");

    private static final String OURS = "dev.akushu.";
    private static final String HARNESS = "dev.akushu.bench.";

    private AllocationFork() {}

    /** What this needs of its JVM, another one in each round: the median over some is within a tenth. */
    static List<String> jvm(int round) {
        return List.of(
                Stack.TWO_TICKETS,
                "-Xms1g",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TLABSize=" + SIZES[round % SIZES.length] + "k",
                "-XX:MinTLABSize=2k",
                "-XX:-ResizeTLAB",
                "-XX:FlightRecorderOptions=stackdepth=256");
    }

    private enum Owner {
        OURS,
        CRYPTOGRAPHY,
        HARNESS
    }

    public static void main(String[] arguments) throws GeneralSecurityException, IOException {
        Scenario scenario = Scenario.valueOf(arguments[1]);
        Effort effort = Effort.of(arguments, 3);
        Stack stack = Stacks.of(arguments[0]);
        Servers servers = Servers.read(Path.of(arguments[2]), scenario.servers());
        Shaker shaker = new Shaker(scenario, stack.open(scenario, servers, servers.root()), 0);
        shaker.prime();
        Meter.micros(shaker::run, effort);
        long bytes = Meter.bytes(shaker::run);
        Map<Owner, Long> shares = shares(shaker, effort);
        if (shares.isEmpty()) {
            throw new IllegalStateException("Flight Recorder told nothing of what handshakes allocate");
        }
        double all = shares.values().stream().mapToLong(Long::longValue).sum();
        HandshakeFork.print("own", bytes * shares.getOrDefault(Owner.OURS, 0L) / all);
        HandshakeFork.print("jca", bytes * shares.getOrDefault(Owner.CRYPTOGRAPHY, 0L) / all);
    }

    /** How many bytes are whose. */
    private static Map<Owner, Long> shares(Shaker shaker, Effort effort) throws IOException, GeneralSecurityException {
        Path file = Files.createTempFile("akushu-bench-", ".jfr");
        try (Recording recording = new Recording()) {
            EVENTS.keySet().forEach(event -> recording.enable(event).withStackTrace());
            recording.start();
            Meter.micros(shaker::run, new Effort(effort.rounds(), effort.seconds(), 1));
            recording.stop();
            recording.dump(file);
            Map<Owner, Long> shares = new EnumMap<>(Owner.class);
            long self = Thread.currentThread().threadId();
            try (RecordingFile events = new RecordingFile(file)) {
                while (events.hasMoreEvents()) {
                    RecordedEvent event = events.readEvent();
                    String size = EVENTS.get(event.getEventType().getName());
                    // Of some events it does not tell both.
                    RecordedThread thread = event.getThread();
                    RecordedStackTrace trace = event.getStackTrace();
                    if (size != null && thread != null && trace != null && thread.getJavaThreadId() == self) {
                        shares.merge(owner(trace.getFrames()), event.getLong(size), Long::sum);
                    }
                }
            }
            return shares;
        } finally {
            Files.delete(file);
        }
    }

    /** Ours is also what a collection of the JDK's allocates for us: whoever of both comes first from the top. */
    private static Owner owner(List<RecordedFrame> trace) {
        for (RecordedFrame frame : trace) {
            String name = frame.getMethod().getType().getName();
            if (name.startsWith(HARNESS)) {
                return Owner.HARNESS;
            }
            if (name.startsWith(OURS)) {
                return Owner.OURS;
            }
            if (CRYPTOGRAPHY.stream().anyMatch(name::startsWith)) {
                return Owner.CRYPTOGRAPHY;
            }
        }
        return Owner.HARNESS;
    }
}
