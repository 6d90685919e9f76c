package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Older clients whom in the end nobody serves. */
@Timeout(60)
class HandOverFailureTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static SSLServerSocket listen(SSLContext context) throws IOException {
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    /** The failure of a client with TLS 1.2, whom the server refuses as {@code refusal} wants. */
    private void refuse(SSLServerSocket listener, Refusing refusal) throws Exception {
        Future<?> client = threads.submit(() -> {
            try (SSLSocket socket = (SSLSocket)
                    Contexts.sunWithTls12Only().getSocketFactory().createSocket("localhost", listener.getLocalPort())) {
                socket.startHandshake();
            }
            return null;
        });
        try (SSLSocket accepted = (SSLSocket) listener.accept()) {
            refusal.by(accepted);
            assertThat(accepted.isClosed()).isTrue();
        }
        assertThatThrownBy(() -> client.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("protocol_version");
    }

    private static SSLParameters withoutProtection(SSLParameters parameters) {
        parameters.setAlgorithmConstraints(new NoTls13());
        return parameters;
    }

    private void refuseUnprotected() throws Exception {
        try (SSLServerSocket listener = listen(Contexts.handingOver())) {
            refuse(listener, accepted -> {
                accepted.setSSLParameters(withoutProtection(accepted.getSSLParameters()));
                assertThatThrownBy(accepted::startHandshake)
                        .isInstanceOf(SSLHandshakeException.class)
                        .hasMessageContainingAll("4.2.3", "algorithm constraints", "SunJSSE");
            });
        }
    }

    @Test
    void aClientThatIsNotHandedOverGetsTheAlert() throws Exception {
        refuseUnprotected();
    }

    @Test
    void aProviderThatTakesNoConnectionOverIsNamedAndTheClientGetsTheAlert() throws Exception {
        SSLContext server = AkushuContext.builder()
                .managers(
                        Contexts.shared().keyManagers(Contexts.EC, "localhost"),
                        Contexts.shared().trustManagers())
                .olderClients(new Unable(Contexts.sun("TLS")))
                .build();
        try (SSLServerSocket listener = listen(server)) {
            refuse(
                    listener,
                    accepted -> assertThatThrownBy(accepted::startHandshake)
                            .isInstanceOf(SSLException.class)
                            .hasCauseInstanceOf(UnsupportedOperationException.class)
                            .hasMessageContainingAll("SunJSSE", "createSocket(Socket, InputStream, boolean)"));
        }
    }

    @Test
    void aProviderThatMakesNoEngineIsNamedAndTheClientGetsTheAlert() throws Exception {
        SSLContext context = AkushuContext.builder()
                .managers(
                        Contexts.shared().keyManagers(Contexts.EC, "localhost"),
                        Contexts.shared().trustManagers())
                .olderClients(new Unable(Contexts.sun("TLS")))
                .build();
        SSLEngine server = context.createSSLEngine("client", 1);
        EngineTalk talk = new EngineTalk(Contexts.sunWithTls12Only().createSSLEngine("localhost", 443), server);
        assertThatThrownBy(talk::handshake)
                .isInstanceOf(SSLException.class)
                .hasCauseInstanceOf(UnsupportedOperationException.class)
                .hasMessageContainingAll("TLSv1.3", "SunJSSE", "no engines with a host");
        assertThatThrownBy(talk::settle).hasMessageContaining("protocol_version");
    }

    @Test
    void onlyAClientThatIsTakenOverIsRecordedAsHandedOver() throws Exception {
        Path file = folder.resolve("refused.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("dev.akushu.HandOver");
            recording.start();
            SSLEngine server = Contexts.handingOver().createSSLEngine();
            server.setSSLParameters(withoutProtection(server.getSSLParameters()));
            EngineTalk talk = new EngineTalk(Contexts.sunWithTls12Only().createSSLEngine("localhost", 443), server);
            assertThatThrownBy(talk::handshake).isInstanceOf(SSLHandshakeException.class);
            refuseUnprotected();
            recording.stop();
            recording.dump(file);
        }
        assertThat(RecordingFile.readAllEvents(file)).isEmpty();
    }

    /** How a server's socket refuses. */
    @FunctionalInterface
    private interface Refusing {
        void by(SSLSocket accepted) throws Exception;
    }

    /** Permits what Akushu needs and forbids TLSv1.3 by its name, which the JDK's provider asks about. */
    private static final class NoTls13 implements AlgorithmConstraints {
        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, String name, @Nullable AlgorithmParameters parameters) {
            return !name.equals("TLSv1.3");
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
            return true;
        }

        @Override
        public boolean permits(
                Set<CryptoPrimitive> primitives, String name, Key key, @Nullable AlgorithmParameters parameters) {
            return !name.equals("TLSv1.3");
        }
    }

    /** The JDK's context, but its sockets cannot take bytes that were read before, which SSLSocketFactory leaves to a provider, and it makes no engines with a host. */
    private static final class Unable extends SSLContext {
        Unable(SSLContext able) {
            super(new UnableSpi(able), able.getProvider(), "TLS");
        }
    }

    private static final class UnableSpi extends SSLContextSpi {
        private final SSLContext able;

        UnableSpi(SSLContext able) {
            this.able = able;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
            throw new IllegalStateException("it is initialized");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new UnableFactory(able.getSocketFactory());
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return able.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return able.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            throw new UnsupportedOperationException("no engines with a host");
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return able.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return able.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return able.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return able.getSupportedSSLParameters();
        }
    }

    private static final class UnableFactory extends SSLSocketFactory {
        private final SSLSocketFactory able;

        UnableFactory(SSLSocketFactory able) {
            this.able = able;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return able.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return able.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
            return able.createSocket(below, host, port, autoClose);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return able.createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return able.createSocket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return able.createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return able.createSocket(host, port, local, localPort);
        }
    }
}
