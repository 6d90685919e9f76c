package dev.akushu.jsse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.akushu.tls.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sockets on loopback, with each other and with the JDK's. */
@Timeout(60)
@SuppressWarnings("try") // closing early is what is tested
class SocketTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static SSLContext context(String provider) throws Exception {
        return provider.equals("Akushu") ? Contexts.akushu() : Contexts.sun();
    }

    private static SSLServerSocket listen(SSLContext context) throws IOException {
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private static SSLSocket connect(SSLContext context, ServerSocket listener) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket("localhost", listener.getLocalPort());
    }

    private <T> Future<T> start(Callable<T> work) {
        return threads.submit(work);
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /** Echoes all until the client has closed, then closes. */
    private static SSLSession echo(SSLServerSocket listener) throws IOException {
        try (SSLSocket socket = (SSLSocket) listener.accept()) {
            socket.getInputStream().transferTo(socket.getOutputStream());
            return socket.getSession();
        }
    }

    @ParameterizedTest
    @CsvSource({"Akushu,Akushu", "Akushu,SunJSSE", "SunJSSE,Akushu"})
    void echoesTenMegabytesAndClosesHalfByHalf(String clientOf, String serverOf) throws Exception {
        byte[] sent = new byte[10 << 20];
        new java.util.Random(7).nextBytes(sent);
        try (SSLServerSocket listener = listen(context(serverOf))) {
            Future<SSLSession> server = start(() -> echo(listener));
            try (SSLSocket socket = connect(context(clientOf), listener)) {
                socket.startHandshake();
                Future<byte[]> received = start(() -> socket.getInputStream().readAllBytes());
                socket.getOutputStream().write(sent);
                socket.shutdownOutput();
                assertThat(result(received)).isEqualTo(sent);
                assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            }
            assertThat(result(server).getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void theSecondConnectionIsResumed() throws Exception {
        SSLContext client = Contexts.akushu();
        try (SSLServerSocket listener = listen(Contexts.akushu())) {
            for (boolean resumed : new boolean[] {false, true}) {
                Future<SSLSession> server = start(() -> echo(listener));
                try (SSLSocket socket = connect(client, listener)) {
                    socket.getOutputStream().write(1);
                    assertThat(socket.getInputStream().read()).isEqualTo(1);
                    assertThat(((AkushuSession) socket.getSession()).resumed()).isEqualTo(resumed);
                    assertThat(socket.getSession().getPeerCertificates()).hasSize(2);
                }
                assertThat(((AkushuSession) result(server)).resumed()).isEqualTo(resumed);
            }
        }
    }

    @Test
    void aReadThatTimedOutCanBeTriedAgain() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        try (SSLServerSocket listener = listen(Contexts.akushu())) {
            Future<Boolean> server = start(() -> {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    socket.startHandshake();
                    go.join();
                    socket.getOutputStream().write("late".getBytes(US_ASCII));
                }
                return true;
            });
            try (SSLSocket socket = connect(Contexts.akushu(), listener)) {
                socket.startHandshake();
                socket.setSoTimeout(20);
                InputStream in = socket.getInputStream();
                assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
                go.complete(null);
                socket.setSoTimeout(0);
                assertThat(in.readAllBytes()).asString(US_ASCII).isEqualTo("late");
            }
            assertThat(result(server)).isTrue();
        }
    }

    @Test
    void aHandshakeThatTimedOutCanBeTriedAgain() throws Exception {
        try (SSLServerSocket listener = listen(Contexts.akushu());
                SSLSocket socket = connect(Contexts.akushu(), listener)) {
            socket.setSoTimeout(20);
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SocketTimeoutException.class);
            assertThat(socket.isClosed()).isFalse();
            socket.setSoTimeout(0);
            Future<SSLSession> server = start(() -> echo(listener));
            socket.startHandshake();
            socket.close();
            result(server);
        }
    }

    @Test
    void whatIsAvailableIsAskedForWithoutWaitingForThePeer() throws Exception {
        for (SSLContext serving : List.of(Contexts.akushu(), Contexts.handingOver())) {
            CompletableFuture<Void> go = new CompletableFuture<>();
            try (SSLServerSocket listener = listen(serving);
                    SSLSocket client = connect(Contexts.akushu(), listener)) {
                CompletableFuture<Integer> before = new CompletableFuture<>();
                Future<Integer> server = start(() -> {
                    try (SSLSocket socket = (SSLSocket) listener.accept()) {
                        before.complete(socket.getInputStream().available());
                        int first = socket.getInputStream().read();
                        assertThat(first).isEqualTo('a');
                        int then = socket.getInputStream().available();
                        Future<Integer> reader =
                                start(() -> socket.getInputStream().readNBytes(3).length);
                        go.complete(null);
                        assertThat(result(reader)).isEqualTo(3);
                        return then;
                    }
                });
                assertThat(client.getInputStream().available()).isZero();
                assertThat(result(before)).isZero();
                client.getOutputStream().write("abc".getBytes(US_ASCII));
                go.join();
                client.getOutputStream().write('d');
                assertThat(result(server)).isEqualTo(2);
            }
        }
    }

    @Test
    void whileOneThreadWaitsForDataAnotherIsToldThatNoneIsAvailable() throws Exception {
        try (SSLServerSocket listener = listen(Contexts.akushu())) {
            Future<SSLSession> server = start(() -> echo(listener));
            try (SSLSocket socket = connect(Contexts.akushu(), listener)) {
                socket.startHandshake();
                InputStream in = socket.getInputStream();
                Thread reader = Thread.ofPlatform().daemon().start(() -> {
                    try {
                        in.read();
                    } catch (IOException closed) {
                        assertThat(socket.isClosed()).isTrue();
                    }
                });
                // In a read of the socket below, which the JVM counts as running, or already waiting there.
                while (!isReading(reader)) {
                    Thread.onSpinWait();
                }
                assertThat(in.available()).isZero();
                socket.getOutputStream().write(1);
                reader.join();
            }
            result(server);
        }
    }

    private static boolean isReading(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals("implRead")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aSocketCanBeLaidOverAnotherWhoseNameIsGiven() throws Exception {
        SSLContext client = Contexts.akushu();
        try (SSLServerSocket listener = listen(Contexts.akushu());
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
            Future<SSLSession> server = start(() -> echo(listener));
            SSLSocket layered = (SSLSocket) client.getSocketFactory().createSocket(plain, "localhost", 443, false);
            SSLParameters parameters = layered.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            layered.setSSLParameters(parameters);
            layered.startHandshake();
            assertThat(layered.getSession().getPeerHost()).isEqualTo("localhost");
            layered.close();
            assertThat(layered.isClosed()).isTrue();
            assertThat(plain.isClosed()).as("autoClose is off").isFalse();
            result(server);
        }
    }

    @Test
    void aServerTakesBytesThatWereReadBefore() throws Exception {
        SSLSocketFactory factory = Contexts.akushu().getSocketFactory();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Integer> server = start(() -> {
                Socket plain = listener.accept();
                byte[] peeked = plain.getInputStream().readNBytes(11);
                try (SSLSocket socket =
                        (SSLSocket) factory.createSocket(plain, new ByteArrayInputStream(peeked), true)) {
                    assertThat(socket.getUseClientMode()).isFalse();
                    return socket.getInputStream().read();
                }
            });
            try (SSLSocket socket = connect(Contexts.akushu(), listener)) {
                socket.getOutputStream().write(42);
                assertThat(result(server)).isEqualTo(42);
            }
        }
    }

    @Test
    void listenersAreToldOnAnotherThread() throws Exception {
        CompletableFuture<Thread> told = new CompletableFuture<>();
        try (SSLServerSocket listener = listen(Contexts.akushu())) {
            Future<SSLSession> server = start(() -> echo(listener));
            try (SSLSocket socket = connect(Contexts.akushu(), listener)) {
                socket.addHandshakeCompletedListener(event -> {
                    assertThat(event.getSocket()).isSameAs(socket);
                    told.complete(Thread.currentThread());
                });
                socket.startHandshake();
                assertThat(result(told)).isNotEqualTo(Thread.currentThread());
            }
            result(server);
        }
    }

    @Test
    void aListenerThatFailsKeepsTheEventFromNoOther() throws Exception {
        CompletableFuture<SSLSession> told = new CompletableFuture<>();
        try (SSLServerSocket listener = listen(Contexts.akushu())) {
            Future<SSLSession> server = start(() -> echo(listener));
            try (SSLSocket socket = connect(Contexts.akushu(), listener)) {
                socket.addHandshakeCompletedListener(event -> {
                    throw new IllegalStateException("a listener that fails, as a test wants it");
                });
                socket.addHandshakeCompletedListener(event -> told.complete(event.getSession()));
                socket.startHandshake();
                assertThat(result(told)).isSameAs(socket.getSession());
            }
            result(server);
        }
    }

    @Test
    void listenersAreToldInTheOrderInWhichTheyWereAdded() throws Exception {
        List<Integer> told = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        try (SSLServerSocket listener = listen(Contexts.akushu())) {
            Future<SSLSession> server = start(() -> echo(listener));
            try (SSLSocket socket = connect(Contexts.akushu(), listener)) {
                for (int i = 0; i < 50; i++) {
                    int number = i;
                    socket.addHandshakeCompletedListener(event -> told.add(number));
                }
                socket.addHandshakeCompletedListener(event -> last.complete(null));
                socket.startHandshake();
                result(last);
                assertThat(told).hasSize(50).isSorted();
            }
            result(server);
        }
    }

    @Test
    void aStreamThatWasCutIsAnErrorAndNoEnd() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Boolean> server = start(() -> {
                Socket plain = listener.accept();
                SSLSocket socket =
                        (SSLSocket) Contexts.akushu().getSocketFactory().createSocket(plain, null, false);
                socket.startHandshake();
                assertThat(socket.getInputStream().read()).isEqualTo(1);
                plain.close();
                return true;
            });
            try (SSLSocket socket = connect(Contexts.akushu(), listener)) {
                socket.getOutputStream().write(1);
                assertThat(result(server)).isTrue();
                InputStream in = socket.getInputStream();
                assertThatThrownBy(in::read)
                        .isInstanceOf(SSLException.class)
                        .asInstanceOf(type(Diagnosed.class))
                        .satisfies(cut -> assertThat(cut.diagnosis().problem()).isEqualTo(Problem.TRUNCATED));
            }
        }
    }

    @Test
    void aFailedHandshakeClosesTheSocketAndLeavesASessionWithoutSuite() throws Exception {
        try (SSLServerSocket listener = listen(Contexts.akushu())) {
            Future<SSLSession> server = start(() -> echo(listener));
            SSLContext stranger = Contexts.akushu(null, new Pki("Stranger").trustManagers());
            try (SSLSocket socket = connect(stranger, listener)) {
                assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
                assertThat(socket.isClosed()).isTrue();
                assertThat(socket.getSession().getCipherSuite()).isEqualTo("SSL_NULL_WITH_NULL_NULL");
            }
            assertThatThrownBy(() -> result(server)).hasCauseInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void anUnconnectedSocketTakesItsNameFromTheAddressThatItConnectsTo() throws Exception {
        try (SSLServerSocket listener = listen(Contexts.akushu());
                SSLSocket socket =
                        (SSLSocket) Contexts.akushu().getSocketFactory().createSocket()) {
            assertThat(socket.isConnected()).isFalse();
            Future<SSLSession> server = start(() -> echo(listener));
            socket.connect(new InetSocketAddress("localhost", listener.getLocalPort()), 1000);
            assertThat(socket.getSession().getPeerHost()).isEqualTo("localhost");
            socket.close();
            result(server);
        }
    }
}
