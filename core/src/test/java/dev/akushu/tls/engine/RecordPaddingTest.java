package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.RecordPadding;
import dev.akushu.tls.RecordPolicy;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.RecordPassed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of many lengths look alike, and none becomes too long. RFC 9846 section 5.4. */
class RecordPaddingTest {
    /** Header, type and tag. */
    private static final int AROUND = 5 + 1 + 16;

    private final List<TraceEvent> ofClient = new ArrayList<>();
    private final List<TraceEvent> ofServer = new ArrayList<>();

    @Test
    void withoutAPolicyThereIsNone() throws TlsException {
        EnginePair pair = EnginePair.connected(client().build(), server().build());
        pair.server().input(pair.client().seal(new byte[123]));

        assertThat(sent(ofClient)).allMatch(record -> record.padding() == 0);
        assertThat(sent(ofServer)).allMatch(record -> record.padding() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 512, 4096, 16_384})
    void contentAndPaddingAreAMultiple(int multiple) throws TlsException {
        EnginePair pair = EnginePair.connected(
                client().records(RecordPolicy.DEFAULT.withPadding(RecordPadding.toMultipleOf(multiple)))
                        .build(),
                server().build());
        int[] lengths = {1, 99, 100, 101, 511, 512, 513, 16_000};
        for (int length : lengths) {
            pair.server().input(pair.client().seal(new byte[length]));
        }

        assertThat(pair.server().receivedBytes()).hasSize(IntStream.of(lengths).sum());
        assertThat(data(ofClient)).hasSize(lengths.length).allSatisfy(record -> {
            int inside = record.length() - AROUND;
            // A full record has no room for more.
            assertThat(inside % multiple == 0 || inside == 1 << 14).isTrue();
            assertThat(record.padding()).isLessThan(multiple);
        });
    }

    @Test
    void constantPaddingIsTheSameOnEachRecord() throws TlsException {
        EnginePair pair = EnginePair.connected(
                client().build(),
                server().records(RecordPolicy.DEFAULT.withPadding(RecordPadding.constant(77)))
                        .build());
        pair.client().input(pair.server().seal(new byte[5]));
        pair.client().input(pair.server().seal(new byte[500]));

        assertThat(data(ofServer)).extracting(RecordPassed::length).containsExactly(5 + 77 + AROUND, 500 + 77 + AROUND);
        // Tickets go under the same keys, and so do alerts: neither can be told from data.
        pair.server().engine().closeOutput();
        pair.client().input(pair.server().output());
        assertThat(sent(ofServer))
                .filteredOn(record -> record.protection() == Protection.APPLICATION)
                .allMatch(record -> record.padding() == 77);
    }

    @Test
    void randomPaddingReachesFromNoneToTheMost() throws TlsException {
        EnginePair pair = EnginePair.connected(
                client().records(RecordPolicy.DEFAULT.withPadding(RecordPadding.random(3)))
                        .build(),
                server().build());
        for (int i = 0; i < 200; i++) {
            pair.server().input(pair.client().seal(new byte[10]));
        }

        // That one of four values stays away 200 times has a probability of 10^-25.
        assertThat(data(ofClient).stream().map(RecordPassed::padding).distinct())
                .containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void theHandshakeHasAPolicyOfItsOwn() throws TlsException {
        RecordPadding full = RecordPadding.toMultipleOf(1 << 14);
        EnginePair pair = EnginePair.connected(
                client().records(RecordPolicy.DEFAULT.withHandshakePadding(full))
                        .identity(Ends.LEAF.identity())
                        .build(),
                server().records(RecordPolicy.DEFAULT.withHandshakePadding(full))
                        .clientAuthentication(ClientAuthentication.REQUIRED, Ends.PKI.trust())
                        .build());
        pair.server().input(pair.client().seal(new byte[10]));

        for (List<TraceEvent> side : List.of(ofClient, ofServer)) {
            assertThat(sent(side))
                    .filteredOn(record -> record.protection() == Protection.HANDSHAKE)
                    .isNotEmpty()
                    .allMatch(record -> record.length() == (1 << 14) + AROUND);
            assertThat(sent(side))
                    .filteredOn(record -> record.protection() != Protection.HANDSHAKE)
                    .allMatch(record -> record.padding() == 0);
        }
    }

    static Stream<RecordPadding> excessive() {
        return Stream.of(
                RecordPadding.toMultipleOf(1 << 14),
                RecordPadding.constant(1 << 14),
                (content, room, random) -> Integer.MAX_VALUE,
                (content, room, random) -> -1);
    }

    @ParameterizedTest
    @MethodSource("excessive")
    void noPolicyMakesARecordLongerThanTheOtherEndTakes(RecordPadding policy) throws TlsException {
        EnginePair pair = EnginePair.connected(
                client().records(new RecordPolicy(300, policy, policy, false)).build(),
                server().records(new RecordPolicy(200, policy, policy, false)).build());
        pair.server().input(pair.client().seal(new byte[1000]));
        pair.client().input(pair.server().seal(new byte[1000]));
        pair.server().input(pair.client().seal(new byte[1]));

        assertThat(pair.server().receivedBytes()).hasSize(1001);
        assertThat(pair.client().receivedBytes()).hasSize(1000);
        assertThat(sent(ofClient)).allMatch(record -> isClear(record) || record.length() <= 200 - 1 + AROUND);
        assertThat(sent(ofServer)).allMatch(record -> isClear(record) || record.length() <= 300 - 1 + AROUND);
    }

    @Test
    void whoPadsDoesNotCutRecordsByTheRoomInABuffer() throws TlsException {
        EnginePair pair = EnginePair.connected(
                client().records(RecordPolicy.DEFAULT.withPadding(RecordPadding.toMultipleOf(1000)))
                        .build(),
                server().build());
        ByteBuffer data = ByteBuffer.wrap(new byte[900]);
        ByteBuffer narrow = ByteBuffer.allocate(950);

        assertThat(pair.client().engine().send(data, narrow)).isEqualTo(TlsEngine.Status.NEED_SPACE);
        assertThat(data.remaining()).isEqualTo(900);
        ByteBuffer wide = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
        assertThat(pair.client().engine().send(data, wide)).isEqualTo(TlsEngine.Status.OK);
        assertThat(wide.position()).isEqualTo(1000 + AROUND);
    }

    @Test
    void earlyDataAndItsPaddingStayWithinWhatTheTicketAllows() throws TlsException {
        TlsServer server = server().earlyData(2000).build();
        TlsClient client = client().records(RecordPolicy.DEFAULT.withPadding(RecordPadding.constant(900)))
                .build();
        EnginePair.connected(client, server);
        ofClient.clear();
        EnginePair pair = EnginePair.of(client.engine("localhost", 443, EarlyData.of(new byte[500])), server.engine());
        pair.shakeHands();

        assertThat(pair.client().engine().earlyData()).contains(EarlyDataOutcome.ACCEPTED);
        // The data with 900 bytes, and EndOfEarlyData with the 600 that are left.
        assertThat(sent(ofClient))
                .filteredOn(record -> record.protection() == Protection.EARLY)
                .extracting(RecordPassed::padding)
                .containsExactly(900, 600);
    }

    @Test
    void theReceiverIsToldHowMuchWasPadding() throws TlsException {
        EnginePair pair = EnginePair.connected(
                client().records(RecordPolicy.DEFAULT.withPadding(RecordPadding.toMultipleOf(64)))
                        .build(),
                server().build());
        ofServer.clear();
        pair.server().input(pair.client().seal(new byte[10]));

        assertThat(ofServer)
                .contains(new RecordPassed(
                        Flow.RECEIVED, ContentType.APPLICATION_DATA, 64 + AROUND, 54, Protection.APPLICATION));
    }

    @Test
    void anEmptyRecordLooksLikeAShortOne() {
        assertThat(RecordPadding.toMultipleOf(50).zeros(0, 100, new java.util.Random(1)))
                .isEqualTo(50);
        assertThat(RecordPadding.toMultipleOf(50).zeros(50, 100, new java.util.Random(1)))
                .isZero();
    }

    @Test
    void noPolicyCanBeMadeThatMeansNothing() {
        assertThatThrownBy(() -> RecordPadding.toMultipleOf(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordPadding.toMultipleOf(16_385)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordPadding.constant(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordPadding.random(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private TlsClient.Builder client() {
        return Ends.client().observer(ofClient::add);
    }

    private TlsServer.Builder server() {
        return Ends.server().observer(ofServer::add);
    }

    private static boolean isClear(RecordPassed record) {
        return record.protection() == Protection.CLEAR;
    }

    private static List<RecordPassed> data(List<TraceEvent> events) {
        return sent(events).stream()
                .filter(record -> record.type() == ContentType.APPLICATION_DATA)
                .toList();
    }

    private static List<RecordPassed> sent(List<TraceEvent> events) {
        return events.stream()
                .filter(RecordPassed.class::isInstance)
                .map(RecordPassed.class::cast)
                .filter(record -> record.flow() == Flow.SENT)
                .toList();
    }
}
