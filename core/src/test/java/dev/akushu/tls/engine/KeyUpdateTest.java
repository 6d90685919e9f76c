package dev.akushu.tls.engine;

import static dev.akushu.tls.engine.ForgedRecords.APPLICATION_DATA;
import static dev.akushu.tls.engine.ForgedRecords.HANDSHAKE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** New keys in a connection: asked for, answered, crossing, and by themselves. RFC 9846 sections 4.7.3 and 5.5. */
class KeyUpdateTest {
    private static final String REQUESTED = "1800000101";
    private static final String NOT_REQUESTED = "1800000100";

    private final List<TraceEvent> atClient = new ArrayList<>();
    private final List<TraceEvent> atServer = new ArrayList<>();
    private final TappedPair tapped;

    KeyUpdateTest() throws TlsException {
        tapped = new TappedPair(
                Ends.client().observer(atClient::add),
                Ends.server().ticketsPerHandshake(0).observer(atServer::add));
        tapped.shakeHands();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void dataFlowsOnUnderNewKeys(Role updating) throws TlsException {
        EnginePair.End near = tapped.end(updating);
        near.engine().updateKeys(false);
        exchange("one", "two");

        assertThat(generations(updating, Flow.SENT)).containsExactly(0L, 1L);
        assertThat(generations(other(updating), Flow.RECEIVED)).containsExactly(0L, 1L);
        assertThat(generations(updating, Flow.RECEIVED)).containsExactly(0L);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whoIsAskedAnswersBeforeItsNextData(Role asking) throws TlsException {
        tapped.end(asking).engine().updateKeys(true);
        tapped.end(other(asking)).input(tapped.end(asking).output());
        tapped.end(asking).input(tapped.end(other(asking)).seal("answered"));

        assertThat(requests(other(asking), Flow.SENT)).containsExactly(false);
        assertThat(generations(asking, Flow.RECEIVED)).containsExactly(0L, 1L);
        assertThat(tapped.end(asking).received()).isEqualTo("answered");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whoIsAskedManyTimesWhileSilentAnswersOnce(Role asked) throws TlsException {
        ForgedRecords forged = tapped.application(other(asked));
        for (int i = 0; i < 10; i++) {
            tapped.end(asked).input(forged.seal(HANDSHAKE, REQUESTED));
            forged.update();
        }
        tapped.end(asked).output();
        tapped.end(asked).seal("data");

        assertThat(requests(asked, Flow.SENT)).containsExactly(false);
        assertThat(generations(asked, Flow.RECEIVED)).hasSize(11);
    }

    @Test
    void requestsThatCrossAreBothAnswered() throws TlsException {
        // RFC 9846 4.7.3: each side increments by two generations.
        tapped.client().engine().updateKeys(true);
        tapped.server().engine().updateKeys(true);
        byte[] up = tapped.client().output();
        byte[] down = tapped.server().output();
        tapped.server().input(up);
        tapped.client().input(down);
        exchange("one", "two");

        for (Role role : Role.values()) {
            assertThat(generations(role, Flow.SENT)).containsExactly(0L, 1L, 2L);
            assertThat(generations(role, Flow.RECEIVED)).containsExactly(0L, 1L, 2L);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void nobodyAsksAgainBeforeTheAnswer(Role asking) throws TlsException {
        // RFC 9846 4.7.3: not before a KeyUpdate of the peer.
        EnginePair.End near = tapped.end(asking);
        EnginePair.End far = tapped.end(other(asking));
        near.engine().updateKeys(true);
        near.engine().updateKeys(true);
        near.engine().updateKeys(true);
        far.input(near.output());
        near.input(far.output());
        near.engine().updateKeys(true);
        far.input(near.output());

        assertThat(requests(asking, Flow.SENT)).containsExactly(true, false, false, true);
        assertThat(requests(other(asking), Flow.SENT)).containsExactly(false);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void answersAreNoFloodHoweverMany(Role asking) throws TlsException {
        // An upload: the peer says nothing but that it has changed its keys as well.
        EnginePair.End near = tapped.end(asking);
        EnginePair.End far = tapped.end(other(asking));
        for (int i = 0; i < 3000; i++) {
            near.engine().updateKeys(true);
            far.input(near.seal(new byte[] {(byte) i}));
            near.input(far.output());
        }

        assertThat(generations(asking, Flow.SENT)).hasSize(3001);
        assertThat(generations(asking, Flow.RECEIVED)).hasSize(3001);
        assertThat(far.receivedBytes()).hasSize(3000);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void oneRequestExcusesOneAnswer(Role victim) throws TlsException {
        tapped.end(victim).engine().updateKeys(true);
        ForgedRecords forged = tapped.application(other(victim));
        byte[] flood = new byte[0];
        for (int i = 0; i < 34; i++) {
            flood = ForgedRecords.join(flood, forged.seal(HANDSHAKE, NOT_REQUESTED));
            forged.update();
        }

        TlsException failed = TappedPair.requireFailure(tapped.end(victim), flood, Problem.TOO_MANY_KEY_UPDATES);
        assertThat(failed.diagnosis().fact("count")).isEqualTo(33);
        assertThat(requests(victim, Flow.RECEIVED)).hasSize(33);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void afterAKeyUpdateTheOldKeysAreDead(Role victim) throws TlsException {
        ForgedRecords forged = tapped.application(other(victim));
        tapped.end(victim).input(forged.seal(HANDSHAKE, NOT_REQUESTED));

        tapped.requireFailure(
                victim,
                forged.seal(APPLICATION_DATA, "6f6c64"),
                Problem.BAD_RECORD_MAC,
                AlertDescription.BAD_RECORD_MAC);
        assertThat(tapped.end(victim).receivedBytes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void newKeysComeByAKeyUpdateOnly(Role victim) throws TlsException {
        // RFC 9846 4.7.3: else an attacker could cut off what was sealed by the old ones.
        ForgedRecords forged = tapped.application(other(victim));
        forged.update();

        tapped.requireFailure(
                victim,
                forged.seal(APPLICATION_DATA, "6e6577"),
                Problem.BAD_RECORD_MAC,
                AlertDescription.BAD_RECORD_MAC);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void beyondTheLastGenerationNoKeyUpdateIsSentButThePeersAreTaken(Role role) throws TlsException {
        // RFC 9846 4.7.3: 2^48-1, a rule for senders alone.
        EnginePair.End near = tapped.end(role);
        EnginePair.End far = tapped.end(other(role));
        countAs(near, "outbound", (1L << 48) - 2);
        countAs(near, "inbound", (1L << 48) - 2);
        near.engine().updateKeys(false);
        near.engine().updateKeys(false);
        far.input(near.output());
        for (int i = 0; i < 3; i++) {
            far.engine().updateKeys(true);
            near.input(far.output());
            far.input(near.seal("still here "));
        }

        assertThat(requests(role, Flow.SENT)).containsExactly(false);
        assertThat(requests(role, Flow.RECEIVED)).hasSize(3);
        assertThat(far.received()).isEqualTo("still here ".repeat(3));
        assertThat(near.engine().failure()).isEmpty();
    }

    /** Found by fuzzing: each request is a record, and no data came between that would have updated the key. */
    @Test
    void requestsForACertificateAndTheirAnswersUpdateKeysInTime() throws TlsException {
        EnginePair pair = EnginePair.connected(
                Ends.client()
                        .recordsPerKey(16)
                        .identity(Ends.LEAF.identity())
                        .postHandshakeAuthentication(true)
                        .build(),
                Ends.server()
                        .recordsPerKey(16)
                        .clientAuthentication(ClientAuthentication.NONE, Ends.PKI.trust())
                        .build());
        for (int i = 0; i < 20; i++) {
            var answer = pair.server().engine().requestClientCertificate().toCompletableFuture();
            pair.shakeHands();
            assertThat(answer).isCompletedWithValue(Ends.LEAF.identity().chain());
        }
        for (int i = 0; i < 10; i++) {
            pair.server().engine().requestClientCertificate();
        }
        pair.shakeHands();
        pair.server().input(pair.client().seal("still here"));
        assertThat(pair.server().received()).isEqualTo("still here");
    }

    @Test
    void keysChangeByThemselvesBeforeTheirLimit() throws TlsException {
        EnginePair pair = EnginePair.connected(
                Ends.client().recordsPerKey(16).observer(atClient::add).build(),
                Ends.server().recordsPerKey(100).observer(atServer::add).build());
        for (int i = 0; i < 1000; i++) {
            pair.server().input(pair.client().seal(new byte[] {1}));
            pair.client().input(pair.server().seal(new byte[] {2}));
        }

        assertThat(pair.server().receivedBytes()).hasSize(1000).containsOnly(1);
        assertThat(pair.client().receivedBytes()).hasSize(1000).containsOnly(2);
        assertThat(longestRunUnderOneKey(atClient)).isLessThanOrEqualTo(16);
        assertThat(longestRunUnderOneKey(atServer)).isLessThanOrEqualTo(100).isGreaterThan(16);
    }

    @Test
    void keysChangeByThemselvesInTheMiddleOfALongWrite() throws TlsException {
        EnginePair pair = EnginePair.connected(
                Ends.client().recordsPerKey(16).build(),
                Ends.server().observer(atServer::add).build());
        pair.server().input(pair.client().seal(new byte[100 << 14]));

        assertThat(pair.server().receivedBytes()).hasSize(100 << 14);
        assertThat(requests(Role.SERVER, Flow.RECEIVED)).hasSizeGreaterThan(5).containsOnly(false);
    }

    private void exchange(String up, String down) throws TlsException {
        tapped.server().input(tapped.client().seal(up));
        tapped.client().input(tapped.server().seal(down));
        assertThat(tapped.server().received()).isEqualTo(up);
        assertThat(tapped.client().received()).isEqualTo(down);
    }

    /** As if so many KeyUpdates had passed already in one direction. */
    private static void countAs(EnginePair.End end, String half, long generation) {
        try {
            Object connection = value(end.engine(), "connection");
            Object direction = value(connection, half);
            Field count = direction.getClass().getDeclaredField("generation");
            count.setAccessible(true);
            count.setLong(direction, generation);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    private List<TraceEvent> events(Role role) {
        return role == Role.CLIENT ? atClient : atServer;
    }

    /** The generations of application keys that {@code role} has had, one after another. */
    private List<Long> generations(Role role, Flow flow) {
        return events(role).stream()
                .filter(TraceEvent.KeysChanged.class::isInstance)
                .map(TraceEvent.KeysChanged.class::cast)
                .filter(changed -> changed.flow() == flow && changed.protection() == Protection.APPLICATION)
                .map(TraceEvent.KeysChanged::generation)
                .toList();
    }

    /** For each KeyUpdate that passed {@code role}, whether it asks for an answer. */
    private List<Boolean> requests(Role role, Flow flow) {
        return events(role).stream()
                .filter(TraceEvent.KeyUpdated.class::isInstance)
                .map(TraceEvent.KeyUpdated.class::cast)
                .filter(updated -> updated.flow() == flow)
                .map(TraceEvent.KeyUpdated::answerRequested)
                .toList();
    }

    private static int longestRunUnderOneKey(List<TraceEvent> events) {
        int longest = 0;
        int run = 0;
        for (TraceEvent event : events) {
            if (event instanceof TraceEvent.KeysChanged changed && changed.flow() == Flow.SENT) {
                run = 0;
            }
            if (event instanceof TraceEvent.RecordPassed passed && passed.flow() == Flow.SENT) {
                run++;
            }
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static Role other(Role role) {
        return role == Role.CLIENT ? Role.SERVER : Role.CLIENT;
    }
}
