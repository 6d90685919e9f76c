package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordBuffersTest {
    /** More than threads that the pool tells apart. */
    private static final int CONNECTIONS = 40;

    private static final String SECRET = "what only one of all connections may know ";

    @Test
    void haveRoomForAWholeRecord() {
        assertThat(RecordBuffers.take().remaining()).isEqualTo(TlsEngine.NETWORK_BUFFER_SIZE);
    }

    @Test
    void areClearedForTheNext() {
        RecordBuffers.giveBack(RecordBuffers.take().position(10).limit(20));

        for (ByteBuffer next : someBuffers()) {
            assertThat(next.position()).isZero();
            assertThat(next.limit()).isEqualTo(TlsEngine.NETWORK_BUFFER_SIZE);
        }
    }

    /** A buffer with two owners would show what belongs to one of them to the other. */
    @Test
    void carryWhatBelongsToManyConnectionsAtOnceApart() throws Exception {
        TestPki pki = TestPki.create();
        TlsServer server = TlsServer.builder(pki.leaf(TestKey.P256, "localhost").identity())
                .build();
        TlsClient client = TlsClient.builder(pki.trust()).build();
        try (TlsListener listener = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int port = listener.localAddress().getPort();
            List<Future<Boolean>> ends = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int seed = i;
                ends.add(threads.submit(() -> echo(listener.accept().orElseThrow())));
                ends.add(threads.submit(() -> getsBackItsOwn(client.connect("localhost", port), seed)));
            }
            for (Future<Boolean> end : ends) {
                assertThat(end.get()).isTrue();
            }
        }
    }

    private static boolean echo(TlsConnection accepted) throws IOException {
        try (TlsConnection connection = accepted) {
            // Shorter than a record, so that what was opened waits for the next read.
            byte[] buffer = new byte[5_000];
            for (int length = connection.input().read(buffer);
                    length >= 0;
                    length = connection.input().read(buffer)) {
                connection.output().write(buffer, 0, length);
            }
        }
        return true;
    }

    private static boolean getsBackItsOwn(TlsConnection connected, int seed) throws IOException {
        Random random = new Random(seed);
        try (TlsConnection connection = connected) {
            for (int i = 0; i < 50; i++) {
                byte[] data = new byte[1 + random.nextInt(40_000)];
                random.nextBytes(data);
                connection.output().write(data);
                if (!Arrays.equals(connection.input().readNBytes(data.length), data)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Engines are given such buffers for messages after the handshake, too, and give them to nobody. */
    @Test
    void areWipedOfMessagesByTheEngine() throws TlsException {
        TestPki pki = TestPki.create();
        EnginePair pair = EnginePair.of(
                TlsClient.builder(pki.trust()).build(),
                TlsServer.builder(pki.leaf(TestKey.P256, "localhost").identity())
                        .build());
        pair.server().input(pair.client().output());
        pair.client().input(pair.server().output());
        pair.server().input(pair.client().output());
        ByteBuffer tickets = ByteBuffer.wrap(pair.server().output());
        ByteBuffer application = ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
        while (tickets.hasRemaining()) {
            pair.client().engine().receive(tickets, application);
        }
        assertThat(tickets.capacity()).isGreaterThan(200);
        // But for the type that stands behind the content of each record.
        assertThat(Bytes.copyOf(application.array()).hex().replace("00", "").length())
                .isLessThan(10);
    }

    @Test
    void haveNothingInThemOfWhatWasRead() throws Exception {
        TestPki pki = TestPki.create();
        TlsServer server = TlsServer.builder(pki.leaf(TestKey.P256, "localhost").identity())
                .build();
        byte[] data = SECRET.repeat(300).getBytes(StandardCharsets.US_ASCII);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<TlsConnection> accepted = threads.submit(() -> {
                TlsConnection connection = TlsConnection.overSocket(server, listener.accept());
                connection.output().write(data);
                return connection;
            });
            Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
            TlsClient config = TlsClient.builder(pki.trust()).build();
            try (TlsConnection client = TlsConnection.overSocket(config, socket, "localhost", 443)) {
                assertThat(client.input().readNBytes(data.length)).isEqualTo(data);
                accepted.get().close();
            }
        }
        assertThat(someBuffers()).noneMatch(buffer -> text(buffer).contains(SECRET));
    }

    /** Of the one that has read, those of this thread above all. */
    private static List<ByteBuffer> someBuffers() {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            buffers.add(RecordBuffers.take());
        }
        return buffers;
    }

    private static String text(ByteBuffer buffer) {
        return new String(buffer.array(), StandardCharsets.ISO_8859_1);
    }
}
