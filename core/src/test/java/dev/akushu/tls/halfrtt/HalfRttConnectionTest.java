package dev.akushu.tls.halfrtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Half-RTT data over real sockets, to a client that answers when the test says so. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HalfRttConnectionTest {
    private static final TestPki PKI = TestPki.create();
    private static final byte[] GREETING = "220 ready\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TlsServer server = TlsServer.builder(
                    PKI.leaf(TestKey.P256, "localhost").identity())
            .halfRttData(true)
            .build();
    private final TlsClient client = TlsClient.builder(PKI.trust()).build();
    private final Socket clientSide = new Socket();
    private Socket serverSide;

    @BeforeEach
    void dial() throws IOException {
        try (ServerSocket door = new ServerSocket()) {
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            clientSide.connect(door.getLocalSocketAddress());
            serverSide = door.accept();
        }
    }

    @AfterEach
    void hangUp() throws IOException {
        clientSide.close();
        serverSide.close();
    }

    @Test
    void theFirstWriteTakesTheHelloAndDoesNotWaitForTheAnswer() throws IOException {
        EnginePair.End peer = new EnginePair.End(client.engine("localhost", 443));
        clientSide.getOutputStream().write(peer.output());
        TlsConnection connection = TlsConnection.overSocket(server, serverSide);
        connection.halfRttOutput().write(GREETING);
        assertThat(connection.session()).as("the client has not answered").isEmpty();
        receiveGreeting(peer);
        assertThat(connection.session()).isEmpty();

        clientSide.getOutputStream().write(peer.output());
        clientSide.getOutputStream().write(peer.seal("EHLO"));
        assertThat(connection.input().readNBytes(4)).isEqualTo("EHLO".getBytes(StandardCharsets.US_ASCII));
        assertThat(connection.session()).isPresent();
        connection.halfRttOutput().write(GREETING);
        receive(peer, 2 * GREETING.length);
    }

    @Test
    void aRefusedHelloIsToldToTheClientAndToTheWriter() throws IOException {
        clientSide.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        TlsConnection connection = TlsConnection.overSocket(server, serverSide);
        TlsException failed = catchThrowableOfType(
                TlsException.class, () -> connection.halfRttOutput().write(GREETING));

        assertThat(failed.problem().alert()).isNotNull();
        assertThat(clientSide.getInputStream().readNBytes(6)).startsWith(21, 3);
    }

    @Test
    void aClientThatSaysNothingIsNotWaitedForLongerThanTheHandshakeMayTake() throws IOException {
        TlsServer impatient =
                server.toBuilder().handshakeTimeout(Duration.ofMillis(50)).build();
        TlsConnection connection = TlsConnection.overSocket(impatient, serverSide);
        TlsException failed = catchThrowableOfType(
                TlsException.class, () -> connection.halfRttOutput().write(GREETING));

        assertThat(failed.problem()).isEqualTo(Problem.TIMED_OUT);
    }

    @Test
    void whoIsNotConfiguredForItIsRefusedAtOnce() throws IOException {
        TlsConnection connection =
                TlsConnection.overSocket(server.toBuilder().halfRttData(false).build(), serverSide);
        TlsException refused = catchThrowableOfType(
                TlsException.class, () -> connection.halfRttOutput().write(GREETING));

        assertThat(refused.problem()).isEqualTo(Problem.NO_HALF_RTT_DATA);
    }

    private void receiveGreeting(EnginePair.End peer) throws IOException {
        receive(peer, GREETING.length);
        assertThat(peer.receivedBytes()).isEqualTo(GREETING);
    }

    private void receive(EnginePair.End peer, int length) throws IOException {
        byte[] buffer = new byte[1 << 14];
        while (peer.receivedBytes().length < length) {
            int count = clientSide.getInputStream().read(buffer);
            assertThat(count).isPositive();
            peer.input(Arrays.copyOf(buffer, count));
        }
    }
}
