package dev.akushu.interop.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A peer inside this JVM that gives SSLEngines. It always runs. */
abstract class EnginePeer implements Peer {
    private static final String LINE = "hello from the jvm\n";

    /** Gives engines that share one session cache; closing it frees what is native. */
    interface Engines extends AutoCloseable {
        SSLEngine next();

        @Override
        default void close() {}

        /**
         * Corrects what was seen by what this stack alone can tell once the handshake is done.
         *
         * @param started when the connection was begun, in the milliseconds of SSLSession
         */
        default Seen describe(SSLEngine engine, long started, Seen seen) {
            return seen;
        }

        /** Frees one engine. */
        default void release(SSLEngine engine) {}
    }

    abstract Engines clientEngines(ClientSpec spec, Witness witness) throws GeneralSecurityException, IOException;

    abstract Engines serverEngines(ServerSpec spec, Witness witness) throws GeneralSecurityException, IOException;

    @Override
    public final Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public final RunningServer startServer(ServerSpec spec) throws IOException {
        Witness witness = new Witness();
        ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        try {
            Engines engines = serverEngines(spec, witness);
            Server server = new Server(engines, witness, listener);
            Thread.ofPlatform().daemon().name(name() + " server").start(server::serve);
            return server;
        } catch (GeneralSecurityException | RuntimeException failure) {
            listener.close();
            throw new IOException(failure);
        }
    }

    @Override
    public final List<Seen> connect(ClientSpec spec) throws IOException {
        Witness witness = new Witness();
        List<Seen> seen = new ArrayList<>();
        try (Engines engines = clientEngines(spec, witness)) {
            for (int number = 1; number <= spec.connections(); number++) {
                seen.add(connectOnce(spec.port(), engines, witness));
            }
        } catch (GeneralSecurityException failure) {
            throw new IOException(failure);
        }
        return seen;
    }

    private static Seen connectOnce(int port, Engines engines, Witness witness) throws IOException {
        witness.sawNothing();
        long started = System.currentTimeMillis();
        SSLEngine engine = engines.next();
        Seen seen = Seen.NOTHING;
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int)
                ExternalProcess.TIMEOUT.toMillis());
        try (EngineConnection connection = new EngineConnection(engine, socket)) {
            connection.handshake();
            connection.write(LINE);
            StringBuilder echo = new StringBuilder();
            while (echo.length() < LINE.length()) {
                Optional<String> more = connection.read();
                if (more.isEmpty()) {
                    return describe(engines, engine, started, witness).error("closed before the echo");
                }
                echo.append(more.get());
            }
            seen = describe(engines, engine, started, witness);
            connection.sendClose();
            return echo.toString().equals(LINE) ? seen : seen.error("the echo was " + echo);
        } catch (IOException failure) {
            return seen.error(failure.toString());
        } finally {
            engines.release(engine);
        }
    }

    /** Of a client before its close, of a server when the data is through: the ticket has been seen by then. */
    private static Seen describe(Engines engines, SSLEngine engine, long started, Witness witness) {
        String alpn = engine.getApplicationProtocol();
        Seen seen = Seen.NOTHING
                .resumed(witness.sawNothing())
                .suite(engine.getSession().getCipherSuite())
                .stapled(witness.stapled())
                .alpn(alpn == null || alpn.isEmpty() ? null : alpn);
        return engines.describe(engine, started, seen);
    }

    /** PKIX with the test's CA, watched. */
    static TrustManager[] trust(Certificates certificates, Witness witness)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", certificates.ca());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return new TrustManager[] {witness.watch((X509ExtendedTrustManager) factory.getTrustManagers()[0])};
    }

    private static final class Server implements RunningServer {
        private final Engines engines;
        private final Witness witness;
        private final ServerSocket listener;
        private final LinkedBlockingQueue<Seen> connections = new LinkedBlockingQueue<>();

        Server(Engines engines, Witness witness, ServerSocket listener) {
            this.engines = engines;
            this.witness = witness;
            this.listener = listener;
        }

        /** One connection after the other, so that the witness knows of which one it speaks. */
        void serve() {
            try (engines) {
                while (true) {
                    try (Socket socket = listener.accept()) {
                        connections.add(serveOne(socket));
                    }
                }
            } catch (IOException closed) {
                // that is how it ends
            }
        }

        private Seen serveOne(Socket socket) throws IOException {
            witness.sawNothing();
            long started = System.currentTimeMillis();
            SSLEngine engine = engines.next();
            Seen seen = Seen.NOTHING;
            try (EngineConnection connection = new EngineConnection(engine, socket)) {
                connection.handshake();
                seen = describe(engines, engine, started, witness).clientSubject(subject(engine));
                for (Optional<String> data = connection.read(); data.isPresent(); data = connection.read()) {
                    connection.write(data.get());
                }
                connection.sendClose();
                return seen;
            } catch (IOException | RuntimeException failure) {
                return seen.error(failure.toString());
            } finally {
                engines.release(engine);
            }
        }

        private static @Nullable String subject(SSLEngine engine) {
            try {
                X509Certificate certificate =
                        (X509Certificate) engine.getSession().getPeerCertificates()[0];
                return certificate.getSubjectX500Principal().getName();
            } catch (SSLPeerUnverifiedException none) {
                return null;
            }
        }

        @Override
        public int port() {
            return listener.getLocalPort();
        }

        @Override
        public Answer answer() {
            return Answer.ECHO;
        }

        @Override
        public Seen seen(String reply) throws IOException {
            try {
                Seen seen = connections.poll(ExternalProcess.TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                if (seen == null) {
                    throw new IOException("no connection ended in time");
                }
                return seen;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException(interrupted);
            }
        }

        @Override
        public void close() {
            try {
                listener.close();
            } catch (IOException ignored) {
                // it is closed either way
            }
        }
    }
}
