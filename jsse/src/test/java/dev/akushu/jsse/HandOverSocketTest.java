package dev.akushu.jsse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets that hand clients without TLS 1.3 over to the JDK's own. */
@Timeout(60)
@SuppressWarnings("try") // closing early is what is tested
class HandOverSocketTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SSLContext server;

    HandOverSocketTest() throws Exception {
        server = Contexts.handingOver();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static SSLContext client(String protocol) throws Exception {
        return Contexts.sun(protocol);
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

    private static SSLSession echo(SSLSocket accepted) throws IOException {
        try (accepted) {
            accepted.getInputStream().transferTo(accepted.getOutputStream());
            return accepted.getSession();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void echoesAMegabyteWhateverTheClientSpeaks(String protocol) throws Exception {
        byte[] sent = new byte[1 << 20];
        new java.util.Random(7).nextBytes(sent);
        try (SSLServerSocket listener = listen(server)) {
            Future<SSLSession> session = start(() -> echo((SSLSocket) listener.accept()));
            try (SSLSocket socket = connect(client(protocol), listener)) {
                Future<byte[]> received = start(() -> socket.getInputStream().readNBytes(sent.length));
                socket.getOutputStream().write(sent);
                assertThat(result(received)).isEqualTo(sent);
                assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            }
            assertThat(result(session).getProtocol()).isEqualTo(protocol);
        }
    }

    @Test
    void whatIsSetOnTheListenerAndTheSocketHoldsForOlderClients() throws Exception {
        try (SSLServerSocket listener = listen(server)) {
            listener.setNeedClientAuth(true);
            assertThat(listener.getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
            CompletableFuture<SSLSocket> told = new CompletableFuture<>();
            Future<SSLSocket> accepted = start(() -> {
                SSLSocket socket = (SSLSocket) listener.accept();
                socket.setHandshakeApplicationProtocolSelector((asked, offered) -> {
                    assertThat(asked).isSameAs(socket);
                    return offered.getLast();
                });
                socket.addHandshakeCompletedListener(event -> told.complete(event.getSocket()));
                socket.startHandshake();
                return socket;
            });
            try (SSLSocket socket = connect(client("TLSv1.2"), listener)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {"one", "two"});
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                assertThat(socket.getApplicationProtocol()).isEqualTo("two");
                SSLSocket other = result(accepted);
                assertThat(other.getApplicationProtocol()).isEqualTo("two");
                assertThat(other.getSession().getPeerCertificates()).hasSize(2);
                assertThat(result(told)).isSameAs(other);
                other.close();
                assertThat(other.isClosed()).isTrue();
            }
        }
    }

    @Test
    void aFirstReadThatTimedOutCanBeTriedAgain() throws Exception {
        try (SSLServerSocket listener = listen(server);
                Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
                SSLSocket accepted = (SSLSocket) listener.accept()) {
            accepted.setSoTimeout(20);
            InputStream in = accepted.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
            // The beginning of a record header.
            plain.getOutputStream().write(new byte[] {22, 3, 1});
            assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
            accepted.setSoTimeout(0);
            plain.getOutputStream().write(new byte[] {0, 0});
            assertThatThrownBy(in::read).isInstanceOf(SSLException.class);
            assertThat(plain.getInputStream().read()).as("an alert").isEqualTo(21);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerTakesBytesThatWereReadBefore(String protocol) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Integer> read = start(() -> {
                Socket plain = listener.accept();
                byte[] peeked = plain.getInputStream().readNBytes(11);
                try (SSLSocket socket = (SSLSocket)
                        server.getSocketFactory().createSocket(plain, new ByteArrayInputStream(peeked), true)) {
                    return socket.getInputStream().read();
                }
            });
            try (SSLSocket socket = connect(client(protocol), listener)) {
                socket.getOutputStream().write(42);
                assertThat(result(read)).isEqualTo(42);
            }
        }
    }

    @Test
    void aSocketLaidOverAnotherServesOlderClientsAfterABeginningInClear() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Integer> read = start(() -> {
                Socket plain = listener.accept();
                plain.getOutputStream().write("go ahead\n".getBytes(US_ASCII));
                try (SSLSocket socket =
                        (SSLSocket) server.getSocketFactory().createSocket(plain, "localhost", 1, true)) {
                    socket.setUseClientMode(false);
                    return socket.getInputStream().read();
                }
            });
            Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
            assertThat(plain.getInputStream().readNBytes(9)).asString(US_ASCII).isEqualTo("go ahead\n");
            try (SSLSocket socket =
                    (SSLSocket) client("TLSv1.2").getSocketFactory().createSocket(plain, "localhost", 1, true)) {
                socket.getOutputStream().write(42);
                assertThat(result(read)).isEqualTo(42);
            }
        }
    }

    @Test
    void aClientOfTheSameContextSpeaksTls13() throws Exception {
        try (SSLServerSocket listener = listen(server)) {
            Future<SSLSession> session = start(() -> echo((SSLSocket) listener.accept()));
            Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
            try (SSLSocket socket = (SSLSocket)
                    server.getSocketFactory().createSocket(plain, "localhost", listener.getLocalPort(), true)) {
                assertThat(socket.getEnabledProtocols()).containsExactly("TLSv1.3");
                socket.getOutputStream().write(1);
                assertThat(socket.getInputStream().read()).isEqualTo(1);
                assertThat(AkushuSession.of(socket.getSession())).isPresent();
            }
            assertThat(result(session).getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    /** OpenSSL as a client with these options; the lines that it wrote, up to the echo or its end. */
    private List<String> openSsl(SSLServerSocket listener, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-brief", "-connect"));
        command.add("127.0.0.1:" + listener.getLocalPort());
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>();
        try (var out = process.outputWriter();
                var in = process.inputReader()) {
            out.write("from openssl\n");
            out.flush();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
                if (line.equals("from openssl")) {
                    // At the end of its input it closes the connection in order.
                    out.close();
                }
            }
            return lines;
        } finally {
            process.destroy();
        }
    }

    @Test
    void openSslIsServedWithTls12AndWithTls13() throws Exception {
        requireOpenSsl();
        try (SSLServerSocket listener = listen(server)) {
            for (String version : new String[] {"2", "3"}) {
                Future<SSLSession> session = start(() -> echo((SSLSocket) listener.accept()));
                assertThat(openSsl(listener, "-tls1_" + version)).contains("from openssl");
                assertThat(result(session).getProtocol()).isEqualTo("TLSv1." + version);
            }
        }
    }

    /** RFC 7507: it says that it fell back from TLS 1.3, which it could have had here. */
    @Test
    void openSslThatFellBackIsNotHandedOver() throws Exception {
        requireOpenSsl();
        try (SSLServerSocket listener = listen(server)) {
            Future<SSLSession> session = start(() -> echo((SSLSocket) listener.accept()));
            List<String> lines = openSsl(listener, "-tls1_2", "-fallback_scsv");
            assertThat(lines).anyMatch(line -> line.contains("inappropriate fallback"));
            assertThatThrownBy(() -> result(session)).hasMessageContaining("retry with an older version");
        }
    }

    private static void requireOpenSsl() {
        boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl")));
        String message = "there is no openssl on the PATH (Debian: openssl)";
        if (List.of("1", "true").contains(System.getProperty("akushu.interop.required", ""))) {
            assertThat(there).as(message).isTrue();
        }
        assumeTrue(there, message);
    }

    @Test
    void aClientThatGoesBeforeItHasSaidAnythingClosesTheSocket() throws Exception {
        try (SSLServerSocket listener = listen(server)) {
            Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
            try (SSLSocket accepted = (SSLSocket) listener.accept()) {
                plain.close();
                assertThatThrownBy(accepted::startHandshake).isInstanceOf(SSLException.class);
                assertThat(accepted.isClosed()).isTrue();
                assertThat(accepted.getSession().getCipherSuite()).isEqualTo("SSL_NULL_WITH_NULL_NULL");
            }
        }
    }
}
