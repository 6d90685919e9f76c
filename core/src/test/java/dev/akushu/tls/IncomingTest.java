package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes that come are given on as they came, in a buffer that is no longer than it has to be. */
@Timeout(60)
class IncomingTest {
    private static final int HEADER = 5;
    private static final int LONGEST = TlsEngine.NETWORK_BUFFER_SIZE - HEADER;

    private Socket here;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            here = new Socket(listener.getInetAddress(), listener.getLocalPort());
            peer = listener.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        here.close();
        peer.close();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1, Incoming.SHORT - HEADER - 1, Incoming.SHORT - HEADER, Incoming.SHORT - HEADER + 1, 4_000, LONGEST
            })
    void aRecordOfAnyLengthComesWhole(int length) throws IOException {
        Incoming incoming = incoming(false);
        byte[] record = record(length);
        peer.getOutputStream().write(record);

        assertThat(take(incoming, record.length)).isEqualTo(record);
        assertThat(incoming.bytes().capacity()).isEqualTo(Incoming.SHORT);
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "false, 700", "true, 1", "true, 700"})
    void aLongRecordThatComesInPiecesIsPutTogether(boolean recordByRecord, int piece) throws IOException {
        byte[] record = record(LONGEST);
        InputStream inPieces = new ByteArrayInputStream(record) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, piece));
            }
        };
        assertThat(take(new Incoming(here, inPieces, recordByRecord), record.length))
                .isEqualTo(record);
    }

    @Test
    void manyShortRecordsAreReadTogether() throws IOException {
        byte[] record = record(300);
        int count = 40;
        ByteBuffer records = ByteBuffer.allocate(count * record.length);
        for (int i = 0; i < count; i++) {
            records.put(record);
        }
        CountedStream stream = new CountedStream(records.array());
        Incoming incoming = new Incoming(here, stream, false);
        for (int i = 0; i < count; i++) {
            assertThat(take(incoming, record.length)).isEqualTo(record);
        }
        // The first finds that there is more, the second takes all of it.
        assertThat(stream.reads).isEqualTo(2);
        assertThat(incoming.bytes().capacity()).isEqualTo(Incoming.SHORT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWaitsForMoreThanFilledTheShortBufferWaitsWithThatAlone(boolean wasReadBefore) throws IOException {
        byte[] record = record(Incoming.SHORT - HEADER);
        Incoming incoming =
                wasReadBefore ? new Incoming(here, new ByteArrayInputStream(record), false) : incoming(false);
        if (!wasReadBefore) {
            peer.getOutputStream().write(record);
        }
        assertThat(take(incoming, record.length)).isEqualTo(record);

        here.setSoTimeout(1);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(incoming::fill);
        assertThat(incoming.bytes().capacity()).isEqualTo(Incoming.SHORT);
    }

    @Test
    void aReadThatTimesOutInTheMiddleOfARecordLosesNothing() throws IOException {
        Incoming incoming = incoming(false);
        byte[] record = record(LONGEST);
        peer.getOutputStream().write(record, 0, 5_000);
        while (incoming.bytes().remaining() < 5_000) {
            incoming.fill();
        }
        here.setSoTimeout(1);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(incoming::fill);
        here.setSoTimeout(0);
        peer.getOutputStream().write(record, 5_000, record.length - 5_000);

        assertThat(take(incoming, record.length)).isEqualTo(record);
    }

    @Test
    void theCopyHasAllThatCameWhateverTheBuffer() throws IOException {
        Incoming incoming = incoming(false);
        incoming.keep();
        byte[] record = record(3_000);
        peer.getOutputStream().write(record);
        assertThat(take(incoming, record.length)).isEqualTo(record);

        assertThat(incoming.kept().readAllBytes()).isEqualTo(record);
    }

    @Test
    void nothingIsTakenOfWhatFollowsARecordWhereThatIsNotOurs() throws IOException {
        Incoming incoming = incoming(true);
        byte[] record = record(5_000);
        peer.getOutputStream().write(record);
        peer.getOutputStream().write('x');

        assertThat(take(incoming, record.length)).isEqualTo(record);
        assertThat(incoming.bytes().hasRemaining()).isFalse();
        assertThat(here.getInputStream().read()).isEqualTo('x');
    }

    @Test
    void whatSomebodyHasReadBeforeComesFirst() throws IOException {
        byte[] record = record(3_000);
        Incoming incoming = new Incoming(here, new ByteArrayInputStream(record, 0, 2_000), false);
        peer.getOutputStream().write(record, 2_000, record.length - 2_000);

        assertThat(take(incoming, record.length)).isEqualTo(record);
    }

    @Test
    void anEndInTheMiddleOfARecordLeavesWhatHasCome() throws IOException {
        Incoming incoming = incoming(false);
        peer.getOutputStream().write(record(3_000), 0, 2_000);
        peer.close();
        while (incoming.fill()) {
            incoming.rest();
        }
        assertThat(incoming.bytes().remaining()).isEqualTo(2_000);
    }

    private Incoming incoming(boolean recordByRecord) throws IOException {
        return new Incoming(here, InputStream.nullInputStream(), recordByRecord);
    }

    /** As an engine would: only a record that is there in whole. */
    private static byte[] take(Incoming incoming, int length) throws IOException {
        while (incoming.bytes().remaining() < length) {
            incoming.rest();
            assertThat(incoming.fill()).isTrue();
        }
        ByteBuffer bytes = incoming.bytes();
        byte[] taken = new byte[length];
        bytes.get(taken);
        incoming.rest();
        return taken;
    }

    private static byte[] record(int length) {
        byte[] record = new byte[HEADER + length];
        new Random(length).nextBytes(record);
        ByteBuffer.wrap(record).put((byte) 23).putShort((short) 0x0303).putShort((short) length);
        return record;
    }

    /** Gives as much as is wanted, and counts how often it is asked. */
    private static final class CountedStream extends ByteArrayInputStream {
        private int reads;

        CountedStream(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            reads++;
            return super.read(target, offset, length);
        }
    }
}
