package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Role;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The caller's buffers: every kind of them works, and what is outside of them is nobody's business. */
class BuffersTest {
    private static final byte FENCE = 0x55;

    /** Kinds of buffers. */
    enum Kind {
        /** All of an array. */
        HEAP,
        /** The middle of an array. */
        MIDDLE,
        /** Outside of the heap. */
        DIRECT,
        /** Nobody's to write to. */
        READ_ONLY;

        ByteBuffer of(byte[] content) {
            return switch (this) {
                case HEAP -> ByteBuffer.wrap(content);
                case MIDDLE -> middle(content);
                case DIRECT ->
                    ByteBuffer.allocateDirect(content.length).put(content).flip();
                case READ_ONLY -> ByteBuffer.wrap(content).asReadOnlyBuffer();
            };
        }

        private static ByteBuffer middle(byte[] content) {
            byte[] fenced = new byte[content.length + 40];
            Arrays.fill(fenced, FENCE);
            System.arraycopy(content, 0, fenced, 20, content.length);
            ByteBuffer slice = ByteBuffer.wrap(fenced, 10, content.length + 20).slice();
            return slice.position(10).limit(10 + content.length);
        }
    }

    static Stream<Arguments> kinds() {
        return EnumSet.allOf(Kind.class).stream()
                .flatMap(source -> EnumSet.complementOf(EnumSet.of(Kind.READ_ONLY)).stream()
                        .map(target -> Arguments.of(source, target)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void dataIsSealedFromAnyBufferIntoAnyOther(Kind source, Kind target) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        byte[] data = data(50_000);
        ByteBuffer from = source.of(data);
        while (from.hasRemaining()) {
            ByteBuffer network = target.of(new byte[TlsEngine.NETWORK_BUFFER_SIZE]);
            int before = network.position();
            tapped.client().engine().send(from, network);
            byte[] records = new byte[network.position() - before];
            network.get(before, records);
            requireFences(target, network);
            tapped.server().input(records);
        }

        assertThat(tapped.server().receivedBytes()).isEqualTo(data);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void dataIsOpenedFromAnyBufferIntoAnyOther(Kind source, Kind target) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        byte[] data = data(50_000);
        ByteBuffer network = source.of(tapped.server().seal(data));
        ByteBuffer opened = ByteBuffer.allocate(data.length);
        while (network.hasRemaining()) {
            ByteBuffer application = target.of(new byte[TlsEngine.APPLICATION_BUFFER_SIZE]);
            int before = application.position();
            assertThat(tapped.client().engine().receive(network, application)).isEqualTo(TlsEngine.Status.OK);
            byte[] content = new byte[application.position() - before];
            application.get(before, content);
            opened.put(content);
            requireFences(target, application);
        }

        assertThat(opened.array()).isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99})
    void aBufferThatIsTooSmallTakesNothingAndLosesNothing(int room) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        ByteBuffer network = ByteBuffer.wrap(tapped.server().seal(data(100)));
        ByteBuffer small = ByteBuffer.allocate(room);
        TlsEngine engine = tapped.client().engine();

        assertThat(engine.receive(network, small)).isEqualTo(TlsEngine.Status.NEED_SPACE);
        assertThat(network.position()).isZero();
        assertThat(small.position()).isZero();
        ByteBuffer enough = ByteBuffer.allocate(100);
        assertThat(engine.receive(network, enough)).isEqualTo(TlsEngine.Status.OK);
        assertThat(enough.array()).isEqualTo(data(100));
    }

    @Test
    void aNetworkBufferThatIsTooSmallTakesNothingAndLosesNothing() throws TlsException {
        TappedPair tapped = TappedPair.connected();
        ByteBuffer data = ByteBuffer.wrap(data(10));
        TlsEngine engine = tapped.client().engine();

        assertThat(engine.send(data, ByteBuffer.allocate(22))).isEqualTo(TlsEngine.Status.NEED_SPACE);
        assertThat(data.position()).isZero();
        ByteBuffer network = ByteBuffer.allocate(23 + 9);
        assertThat(engine.send(data, network)).isEqualTo(TlsEngine.Status.OK);
        tapped.server().input(network.array());
        assertThat(tapped.server().receivedBytes()).isEqualTo(data(10));
    }

    @Test
    void aFlightGoesOutInPiecesWhereThereIsNoRoomForAllOfIt() throws TlsException {
        TappedPair tapped = new TappedPair(Ends.client(), Ends.server());
        tapped.server().input(tapped.client().output());
        ByteBuffer nothing = ByteBuffer.allocate(0);
        int pieces = 0;
        while (tapped.server().engine().hasOutput()) {
            ByteBuffer network = ByteBuffer.allocate(1150);
            assertThat(tapped.server().engine().send(nothing, ByteBuffer.allocate(3)))
                    .isEqualTo(TlsEngine.Status.NEED_SPACE);
            tapped.server().engine().send(nothing, network);
            tapped.client().input(Arrays.copyOf(network.array(), network.position()));
            pieces++;
        }
        tapped.shakeHands();

        assertThat(pieces).isGreaterThan(1);
        assertThat(tapped.end(Role.CLIENT).engine().isEstablished()).isTrue();
    }

    private static void requireFences(Kind kind, ByteBuffer buffer) {
        if (kind != Kind.MIDDLE) {
            return;
        }
        byte[] all = buffer.array();
        assertThat(Arrays.copyOf(all, 20)).containsOnly(FENCE);
        assertThat(Arrays.copyOfRange(all, all.length - 20, all.length)).containsOnly(FENCE);
    }

    private static byte[] data(int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (i * 7);
        }
        return data;
    }
}
