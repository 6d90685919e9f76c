package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that only waits keeps no buffers for records, be they its own or its caller's. */
@Timeout(60)
class IdleBuffersTest {
    private static final TestPki PKI = TestPki.create();

    /** More than any certificate here, and less than a full record. */
    private static final int LONG = 2048;

    /** More than a ticket's or a secret's array has, and less than any buffer of a handshake. */
    private static final int SHORT = 500;

    private final byte[] data = new byte[50_000];

    IdleBuffersTest() {
        new Random(1).nextBytes(data);
    }

    @Test
    void overASocketThereAreNoneAfterLongDataNorWhileSomebodyWaitsForMore() throws Exception {
        WatchedSocket socket = new WatchedSocket();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            socket.connect(listener.getLocalSocketAddress());
            try (TlsConnection client = TlsConnection.overSocket(client(), socket, "localhost", 443);
                    TlsConnection server = TlsConnection.overSocket(server(), listener.accept())) {
                socket.connection = client;
                Future<?> sending = threads.submit(() -> send(server));
                // In pieces that are shorter than a record, and then of any length.
                assertThat(client.input().readNBytes(1)).isEqualTo(new byte[] {data[0]});
                assertThat(client.input().readNBytes(data.length - 1)).endsWith(data[data.length - 1]);
                assertThat(Remains.longArrays(client, LONG)).isEmpty();

                client.output().write(data);
                assertThat(Remains.longArrays(client, LONG)).isEmpty();
                assertThat(client.input().read()).isEqualTo(-1);
                sending.get();
            }
        }
        // The end of the other direction was waited for last of all.
        assertThat(socket.heldWhileWaiting.getLast()).isEmpty();
    }

    @Test
    void anEngineKeepsNoHoldOfItsCallersBuffers() throws TlsException {
        EnginePair pair = EnginePair.connected(client(), server());
        ByteBuffer network = ByteBuffer.allocate(2 * TlsEngine.NETWORK_BUFFER_SIZE);
        ByteBuffer application = ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
        pair.client().engine().send(ByteBuffer.wrap(data, 0, 10_000), network);
        pair.server().engine().receive(network.flip(), application);

        assertThat(application.position()).isEqualTo(10_000);
        assertThat(Remains.longArrays(pair.client().engine(), LONG)).isEmpty();
        assertThat(Remains.longArrays(pair.server().engine(), LONG)).isEmpty();
    }

    @Test
    void whatOnlyTheHandshakeReadIntoIsGoneWithIt() throws TlsException {
        EnginePair pair = EnginePair.connected(client(), server());

        assertThat(ofInbound(pair.client())).isEmpty();
        assertThat(ofInbound(pair.server())).isEmpty();
    }

    private static List<String> ofInbound(EnginePair.End end) {
        return Remains.longArrays(end.engine(), SHORT).stream()
                .filter(path -> path.contains(".inbound."))
                .toList();
    }

    private boolean send(TlsConnection connection) throws IOException {
        connection.output().write(data);
        connection.input().readNBytes(data.length);
        connection.closeOutput();
        return true;
    }

    private static TlsClient client() {
        return TlsClient.builder(PKI.trust()).build();
    }

    private static TlsServer server() throws TlsException {
        return TlsServer.builder(PKI.leaf(TestKey.P256, "localhost").identity()).build();
    }

    /** Notes at each read what its connection holds of long arrays, since it may have to wait in it. */
    private static final class WatchedSocket extends Socket {
        private final List<List<String>> heldWhileWaiting = new ArrayList<>();
        private @Nullable TlsConnection connection;

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    if (connection != null) {
                        heldWhileWaiting.add(Remains.longArrays(connection, LONG));
                    }
                    return super.read(target, offset, length);
                }
            };
        }
    }
}
