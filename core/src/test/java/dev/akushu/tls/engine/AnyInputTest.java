package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.testing.EnginePair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Whatever comes, however it comes: an engine fails by a TlsException, or it does what the two ends agreed on. */
class AnyInputTest {
    private static final int HEADER = 5;

    /** All messages of each scenario's handshake. */
    private static final Map<Scenario, List<byte[]>> HONEST = honestMessages();

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void howTheStreamIsCutDoesNotMatter(
            @ForAll Scenario scenario,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 3000) Integer> pieces,
            @ForAll @IntRange(max = 40_000) int up,
            @ForAll @IntRange(max = 40_000) int down)
            throws TlsException {
        EnginePair pair = scenario.beginEngines();
        Cutter cutter = new Cutter(pieces);
        boolean moved = true;
        while (moved) {
            moved = cutter.move(pair.client().output(), pair.server());
            moved |= cutter.move(pair.server().output(), pair.client());
        }
        cutter.move(pair.client().seal(new byte[up]), pair.server());
        cutter.move(pair.server().seal(new byte[down]), pair.client());

        requireAgreement(pair);
        assertThat(pair.server().receivedBytes()).hasSize(up).containsOnly(new byte[up]);
        assertThat(pair.client().receivedBytes()).hasSize(down).containsOnly(new byte[down]);
    }

    @Property(tries = 250, shrinking = ShrinkingMode.OFF)
    void noBitOfAProtectedRecordCanBeChanged(
            @ForAll Role sender, @ForAll @IntRange(max = 200) int length, @ForAll @IntRange(min = 0) int position)
            throws TlsException {
        EnginePair pair = Scenario.FULL.beginEngines();
        pair.shakeHands();
        EnginePair.End near = sender == Role.CLIENT ? pair.client() : pair.server();
        EnginePair.End far = sender == Role.CLIENT ? pair.server() : pair.client();
        byte[] record = near.seal(new byte[length + 1]);
        int bit = position % (8 * record.length);
        record[bit / 8] ^= (byte) (1 << bit % 8);
        // A length that grew makes the engine wait: so there is something to come.
        byte[] more = near.seal(new byte[1 << 15]);

        TlsException failed = failureOf(far, ForgedRecords.join(record, more));
        assertThat(failed).isNotNull();
        assertThat(failed)
                .isInstanceOfAny(
                        TlsException.ProtectionFailure.class,
                        TlsException.Malformed.class,
                        TlsException.PeerMisbehaved.class);
        assertThat(far.receivedBytes()).isEmpty();
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void noBitOfAHandshakeCanBeChangedSuchThatBothEndsAreContent(
            @ForAll Scenario scenario, @ForAll @IntRange(max = 4) int flight, @ForAll @IntRange(min = 0) int position)
            throws TlsException {
        EnginePair pair = scenario.beginEngines();
        Flipper flipper = new Flipper(pair, flight, position);
        try {
            pair.shakeHands(flipper::flip, flipper::flip);
        } catch (TlsException found) {
            assertThat(found.problem()).as(found.getMessage()).isNotEqualTo(Problem.INTERNAL);
        }

        if (isContent(pair.client()) && isContent(pair.server())) {
            requireAgreement(pair);
            assertThat(flipper.isHarmless()).as("%s", flipper).isTrue();
        }
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void anyBytesAtAnyTimeGiveATlsExceptionOrNothing(
            @ForAll Scenario scenario,
            @ForAll Role victim,
            @ForAll @IntRange(max = 4) int flights,
            @ForAll byte[] bytes)
            throws TlsException {
        requireTlsException(stopped(scenario, flights), victim, bytes);
    }

    @Property(tries = 250, shrinking = ShrinkingMode.OFF)
    void anyRecordAtAnyTimeGivesATlsExceptionOrNothing(
            @ForAll Scenario scenario,
            @ForAll Role victim,
            @ForAll @IntRange(max = 4) int flights,
            @ForAll @IntRange(min = 20, max = 23) int type,
            @ForAll @Size(max = 300) byte[] content)
            throws TlsException {
        requireTlsException(stopped(scenario, flights), victim, ForgedRecords.clear(type, content));
    }

    @Property(tries = 250, shrinking = ShrinkingMode.OFF)
    void anyProtectedContentGivesATlsExceptionOrNothing(
            @ForAll Role victim,
            @ForAll boolean inHandshake,
            @ForAll @IntRange(min = 20, max = 24) int type,
            @ForAll @Size(max = 300) byte[] content)
            throws TlsException {
        TappedPair tapped = new TappedPair(Ends.client(), asking().ticketsPerHandshake(0));
        Role sender = victim == Role.CLIENT ? Role.SERVER : Role.CLIENT;
        tapped.server().input(tapped.client().output());
        if (inHandshake) {
            byte[] flight = tapped.server().output();
            int hello = HEADER + length(flight, 0);
            tapped.client().input(Arrays.copyOf(flight, hello));
            requireTlsException(tapped.end(victim), tapped.handshake(sender).seal(type, content));
            return;
        }
        tapped.shakeHands();
        requireTlsException(tapped.end(victim), tapped.application(sender).seal(type, content));
    }

    /** Honest messages, now and then with some octets changed, at times when they are not expected. */
    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void anyMessageAtAnyTimeGivesATlsExceptionOrTheNextState(
            @ForAll Scenario stage,
            @ForAll Role victim,
            @ForAll @IntRange(max = 9) int steps,
            @ForAll Scenario source,
            @ForAll @IntRange(max = 9) int which,
            @ForAll long seed)
            throws TlsException {
        Talk talk = stage.begin();
        for (int i = 0; i < steps; i++) {
            advance(talk);
        }
        List<byte[]> messages = Objects.requireNonNull(HONEST.get(source));
        byte[] message = mutated(messages.get(which % messages.size()), new Random(seed));
        try {
            talk.give(victim, message);
        } catch (TlsException refused) {
            assertThat(refused.problem())
                    .as("the fault of a peer, and no defect of ours: %s", refused.getMessage())
                    .isNotEqualTo(Problem.INTERNAL);
        }
    }

    private static boolean isContent(EnginePair.End end) {
        return end.engine().isEstablished() && end.engine().failure().isEmpty();
    }

    private static void requireAgreement(EnginePair pair) throws TlsException {
        TlsSession client = pair.client().session();
        TlsSession server = pair.server().session();
        assertThat(client.suite()).isEqualTo(server.suite());
        assertThat(client.group()).isEqualTo(server.group());
        assertThat(client.resumed()).isEqualTo(server.resumed());
        assertThat(client.retried()).isEqualTo(server.retried());
        assertThat(client.applicationProtocol()).isEqualTo(server.applicationProtocol());
        assertThat(client.serverName()).isEqualTo(server.serverName());
        byte[] context = new byte[3];
        assertThat(pair.client().engine().exportKeyingMaterial("EXPERIMENTAL-agreement", context, 32))
                .isEqualTo(pair.server().engine().exportKeyingMaterial("EXPERIMENTAL-agreement", context, 32));
    }

    /** A pair that has exchanged so many flights, one after another. */
    private static EnginePair stopped(Scenario scenario, int flights) throws TlsException {
        EnginePair pair = scenario.beginEngines();
        for (int i = 0; i < flights; i++) {
            if (i % 2 == 0) {
                pair.server().input(pair.client().output());
            } else {
                pair.client().input(pair.server().output());
            }
        }
        return pair;
    }

    private static void requireTlsException(EnginePair pair, Role victim, byte[] bytes) throws TlsException {
        requireTlsException(victim == Role.CLIENT ? pair.client() : pair.server(), bytes);
    }

    private static void requireTlsException(EnginePair.End victim, byte[] bytes) throws TlsException {
        TlsException failed = failureOf(victim, bytes);
        if (failed != null) {
            assertThat(failed.problem()).as(failed.getMessage()).isNotEqualTo(Problem.INTERNAL);
            victim.output();
            assertThat(victim.engine().failure()).containsSame(failed);
        }
    }

    private static @Nullable TlsException failureOf(EnginePair.End victim, byte[] bytes) {
        try {
            victim.input(bytes);
            return null;
        } catch (TlsException failed) {
            return failed;
        }
    }

    private static void advance(Talk talk) throws TlsException {
        for (Role role : Role.values()) {
            byte[] message = talk.intercept(role);
            if (message != null) {
                talk.give(role, message);
                return;
            }
        }
    }

    private static Map<Scenario, List<byte[]>> honestMessages() {
        Map<Scenario, List<byte[]>> messages = new EnumMap<>(Scenario.class);
        for (Scenario scenario : Scenario.all()) {
            try {
                messages.put(scenario, messagesOf(scenario));
            } catch (TlsException e) {
                throw new IllegalStateException(e);
            }
        }
        return messages;
    }

    private static List<byte[]> messagesOf(Scenario scenario) throws TlsException {
        List<byte[]> messages = new ArrayList<>();
        Talk talk = scenario.begin();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Role role : Role.values()) {
                byte[] message = talk.intercept(role);
                if (message != null) {
                    messages.add(message.clone());
                    talk.give(role, message);
                    moved = true;
                }
            }
        }
        return messages;
    }

    private static byte[] mutated(byte[] message, Random random) {
        byte[] changed = message.clone();
        // EndOfEarlyData is nothing but its header.
        for (int count = changed.length == 4 ? 0 : random.nextInt(4); count > 0; count--) {
            int at = 4 + random.nextInt(changed.length - 4);
            changed[at] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private static TlsServer.Builder asking() {
        return Ends.server().clientAuthentication(ClientAuthentication.WANTED, Ends.PKI.trust());
    }

    private static int length(byte[] records, int offset) {
        return (records[offset + 3] & 0xff) << 8 | records[offset + 4] & 0xff;
    }

    /** Hands bytes over in pieces of these sizes, over and over. */
    private static final class Cutter {
        private final List<Integer> pieces;
        private int next;

        Cutter(List<Integer> pieces) {
            this.pieces = pieces;
        }

        boolean move(byte[] bytes, EnginePair.End to) throws TlsException {
            for (int offset = 0; offset < bytes.length; ) {
                int end = Math.min(bytes.length, offset + pieces.get(next++ % pieces.size()));
                to.input(Arrays.copyOfRange(bytes, offset, end));
                offset = end;
            }
            return bytes.length > 0;
        }
    }

    /** Changes one bit in one of the flights that are not empty. */
    private static final class Flipper {
        private final EnginePair pair;
        private final int flight;
        private final int position;
        private int seen;
        private byte[] changed = new byte[0];
        private boolean tooLate;
        private int bit;

        Flipper(EnginePair pair, int flight, int position) {
            this.pair = pair;
            this.flight = flight;
            this.position = position;
        }

        byte[] flip(byte[] bytes) {
            if (bytes.length == 0 || seen++ != flight) {
                return bytes;
            }
            bit = position % (8 * bytes.length);
            changed = bytes.clone();
            tooLate = isContent(pair.client()) && isContent(pair.server());
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            return flipped;
        }

        /**
         * Whether nothing was changed, or only what came when the handshake was done, or a version in the header of a
         * clear record, which must be ignored.
         */
        boolean isHarmless() {
            if (changed.length == 0 || tooLate) {
                return true;
            }
            for (int offset = 0; offset < changed.length; offset += HEADER + length(changed, offset)) {
                int inRecord = bit / 8 - offset;
                boolean clear = changed[offset] != ForgedRecords.APPLICATION_DATA;
                if (clear && (inRecord == 1 || inRecord == 2)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            return "bit " + bit + " of flight " + flight;
        }
    }
}
