package dev.akushu.lab.stage;

import dev.akushu.lab.record.Recording;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A call to a server that a person has named: one request by HTTP, of whose answer no more is read than shows that there is one. */
final class RemoteCall {
    private static final int ENOUGH = 64 * 1024;
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final String host;
    private final int port;
    private final TlsClient client;
    private final Recording recording;

    RemoteCall(Order order, Recording recording) throws TlsException {
        this(order, Trust.system(), recording);
    }

    /** For a server that the system's trust store does not know. */
    RemoteCall(Order order, Trust trust, Recording recording) {
        this.host = order.host();
        this.port = order.port();
        this.recording = recording;
        TlsClient.Builder builder = TlsClient.builder(trust)
                .handshakeTimeout(Patience.LIMIT)
                .observer(recording.observer(Role.CLIENT))
                .keyLog(recording.keyLog());
        if (order.protocol() != null) {
            builder.applicationProtocols(order.protocol());
        }
        this.client = builder.build();
    }

    /** Whatever goes wrong with the server is told in the recording. */
    void make() throws IOException {
        try (Socket remote = dial()) {
            pass(remote);
        } catch (TlsException unreachable) {
            recording.failed(Role.CLIENT, unreachable);
        } finally {
            recording.end();
        }
    }

    /** The records pass a tap on this machine, which only keeps copies. */
    private void pass(Socket remote) throws IOException {
        try (Tap tap = new Tap();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> passing = threads.submit(() -> {
                tap.pass(() -> remote, recording, Interference.NONE);
                return true;
            });
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(tap.address(), Patience.MILLIS);
            TlsEngine engine = client.engine(host, port);
            TlsConnection connection =
                    TlsConnection.overSocket(engine, socket, InputStream.nullInputStream(), Patience.LIMIT);
            Ending.lead(Role.CLIENT, connection, socket, recording, this::ask);
            await(passing);
        }
    }

    private void ask(TlsConnection connection) throws IOException {
        connection.handshake();
        connection.readTimeout(QUIET);
        connection.output().write(Talk.request(host, true));
        try {
            byte[] buffer = new byte[4096];
            int total = 0;
            for (int read = 0; read >= 0 && total < ENOUGH; total += read) {
                read = connection.input().read(buffer);
            }
        } catch (TlsException silent) {
            // A server that waits for more, or speaks something else than HTTP, has shaken hands all the same.
            if (silent.problem() != Problem.TIMED_OUT) {
                throw silent;
            }
        }
        connection.closeOutput();
    }

    private Socket dial() throws TlsException {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw Problem.UNKNOWN_HOST.causedBy(unknown, host);
        }
        TlsException last = Problem.UNKNOWN_HOST.with(host);
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), Patience.MILLIS);
                return socket;
            } catch (SocketTimeoutException slow) {
                last = Problem.TIMED_OUT.causedBy(slow, "connect", Patience.MILLIS + " ms");
                closeBecauseOf(last, socket);
            } catch (IOException refused) {
                last = Problem.CONNECT_FAILED.causedBy(
                        refused, host, Integer.toString(port), String.valueOf(refused.getMessage()));
                closeBecauseOf(last, socket);
            }
        }
        throw last;
    }

    private static void closeBecauseOf(Exception failed, Socket socket) {
        try {
            socket.close();
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private static void await(Future<?> passing) throws IOException {
        try {
            passing.get();
        } catch (ExecutionException failed) {
            throw new IOException("the path to the server failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
