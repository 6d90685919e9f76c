package dev.akushu.lab.record;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.HostNames;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects as {@link TlsClient#connect(String, int)} does, and has every record that passes written down. */
public final class RecordedCall {
    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    private RecordedCall() {}

    /**
     * Connects and shakes hands.
     *
     * @param client must have the recording's observer already, and its key log if secrets are to be kept
     * @param early data to send early, or null
     * @throws TlsException if the connection or the handshake fails; it is in the recording, too
     */
    public static TlsConnection connect(
            TlsClient client, String host, int port, @Nullable EarlyData early, Recording recording)
            throws TlsException {
        return connect(client, host, port, early, recording, FOR_EVER);
    }

    /**
     * The same for one exchange: as if the peer fell silent when {@code limit} is over, counted from the end of the handshake,
     * however little it sends at a time. The handshake has a limit of its own, that of {@code client}.
     */
    public static TlsConnection connect(
            TlsClient client, String host, int port, @Nullable EarlyData early, Recording recording, Duration limit)
            throws TlsException {
        try {
            RecordingSocket socket = dial(client, host, port, recording);
            try {
                TlsEngine engine = early == null ? client.engine(host, port) : client.engine(host, port, early);
                TlsConnection connection = TlsConnection.overSocket(
                        engine, socket, InputStream.nullInputStream(), client.handshakeTimeout());
                connection.handshake();
                socket.endAfter(limit);
                return connection;
            } catch (TlsException | RuntimeException failed) {
                closeBecauseOf(failed, socket);
                throw failed;
            }
        } catch (TlsException failed) {
            recording.failed(Role.CLIENT, failed);
            throw failed;
        }
    }

    /** Looking the name up has the time of a handshake for itself. Each address gets its part of the handshake's time, so that one that swallows everything leaves some for the next. */
    private static RecordingSocket dial(TlsClient client, String host, int port, Recording recording)
            throws TlsException {
        TlsException last = Problem.UNKNOWN_HOST.with(host);
        List<InetAddress> addresses =
                NameLookup.within(client.handshakeTimeout()).addresses(host);
        int patience = Math.max(1, Math.toIntExact(client.handshakeTimeout().toMillis()) / addresses.size());
        for (InetAddress address : addresses) {
            RecordingSocket socket = new RecordingSocket(recording);
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address, port), patience);
                return socket;
            } catch (SocketTimeoutException slow) {
                last = Problem.TIMED_OUT.causedBy(slow, "connect", patience + " ms", HostNames.withPort(host, port));
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
}
