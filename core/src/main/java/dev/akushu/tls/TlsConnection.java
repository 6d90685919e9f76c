package dev.akushu.tls;

import dev.akushu.tls.identity.HostNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A TLS connection over a TCP socket, with blocking reads and writes; made for one thread, virtual or not, that reads and one that writes; any may close. No thread is pinned, and none is started but
 * virtual ones: to close, and to send early data while the handshake goes on.
 *
 * <p>After a {@link TlsException} the connection is good for nothing but to be closed, unless it says {@link Problem#TIMED_OUT} for a read, which can be tried again.
 */
public final class TlsConnection implements AutoCloseable {
    private final Socket socket;
    private final TlsEngine engine;
    private final BlockingEngine blocking;
    private final Duration handshakeTimeout;
    private final InputStream input;
    private final OutputStream output;
    private final InputStream earlyInput;
    private final OutputStream halfRttOutput;

    private TlsConnection(
            Socket socket, InputStream consumed, boolean borrowed, TlsEngine engine, Duration handshakeTimeout)
            throws TlsException {
        this.socket = socket;
        this.engine = engine;
        this.handshakeTimeout = handshakeTimeout;
        this.blocking = new BlockingEngine(engine, socket, consumed, borrowed);
        this.input = new ConnectionInput(this, blocking);
        this.output = new ConnectionOutput(this, blocking);
        this.earlyInput = new EarlyInputStream(blocking, handshakeTimeout);
        this.halfRttOutput = new HalfRttOutputStream(blocking, handshakeTimeout);
    }

    /** Connects and shakes hands; closes the socket if that fails. */
    static TlsConnection connect(TlsClient config, String host, int port, @Nullable EarlyData earlyData)
            throws TlsException {
        Socket socket = dial(host, port, config.handshakeTimeout());
        try {
            TlsEngine engine = earlyData == null ? config.engine(host, port) : config.engine(host, port, earlyData);
            TlsConnection connection =
                    overSocket(engine, socket, InputStream.nullInputStream(), config.handshakeTimeout());
            connection.handshakeOrClose();
            return connection;
        } catch (TlsException | RuntimeException failed) {
            closeQuietly(socket, failed);
            throw failed;
        }
    }

    /**
     * A client's connection over {@code socket}, which is connected already, through a proxy for instance. The handshake begins with {@link #handshake} or the first read or write.
     *
     * @param host whom the server must prove to be
     * @param port tells tickets of different servers apart
     */
    public static TlsConnection overSocket(TlsClient config, Socket socket, String host, int port) throws TlsException {
        return overSocket(config.engine(host, port), socket, InputStream.nullInputStream(), config.handshakeTimeout());
    }

    /** A server's connection over {@code socket}, which a client has just opened. The handshake begins with {@link #handshake} or the first read or write. */
    public static TlsConnection overSocket(TlsServer config, Socket socket) throws TlsException {
        return overSocket(config.engine(), socket, InputStream.nullInputStream(), config.handshakeTimeout());
    }

    /**
     * A connection over {@code socket} by an engine that was made for it.
     *
     * @param consumed gives what was read from the socket already, by somebody who looked at the ClientHello for
     *     instance; it comes first
     * @param handshakeTimeout how long the handshake may take; zero leaves it to {@link #readTimeout} how long each wait
     *     for the peer may take, and one that took too long can be tried again
     */
    public static TlsConnection overSocket(
            TlsEngine engine, Socket socket, InputStream consumed, Duration handshakeTimeout) throws TlsException {
        return new TlsConnection(socket, consumed, false, engine, handshakeTimeout);
    }

    /**
     * As {@link #overSocket(TlsEngine, Socket, InputStream, Duration)}, but the socket stays the caller's: {@link #close} sends close_notify and leaves it open, and nothing is read from it beyond the peer's close_notify. When
     * {@link #input} has come to its end, what follows on the socket can be read without TLS.
     */
    public static TlsConnection overBorrowedSocket(
            TlsEngine engine, Socket socket, InputStream consumed, Duration handshakeTimeout) throws TlsException {
        return new TlsConnection(socket, consumed, true, engine, handshakeTimeout);
    }

    /**
     * Receives a client's ClientHello, at a server, and sends nothing yet: for a program that may want to have the client served by something else, which reads {@link #received} again. Who goes on here calls {@link #handshake},
     * which sends the answer, or the alert if this failed. The time that this takes is part of the handshake's limit.
     *
     * @throws TlsException if the ClientHello is refused; {@link Problem#TIMED_OUT} can be tried again if it is a read timeout that has passed
     */
    public void receiveHello() throws TlsException {
        blocking.receiveHello(handshakeTimeout);
    }

    /** All that {@link #receiveHello} has received; nothing after {@link #handshake}, which takes it. */
    public InputStream received() {
        return blocking.received();
    }

    /**
     * Shakes hands, if that is not done yet; within the configuration's time limit.
     *
     * @throws TlsException if it fails; the alert has been sent
     */
    public void handshake() throws TlsException {
        blocking.handshake(handshakeTimeout);
    }

    /**
     * The early data of a client: at a server that takes some ({@link TlsServer.Builder#earlyData}), apart from {@link #input}, because <b>it may be a copy of what was sent before</b>. Do with it only what may be done twice, or wait for
     * {@link #handshake} first. A read waits for early data, and returns -1 after the last of it, or if there is none. The first {@link #input} can be read only after that.
     */
    public InputStream earlyInput() {
        return earlyInput;
    }

    /**
     * Sends without waiting for the client to finish the handshake, at a server that is configured so ({@link TlsServer.Builder#halfRttData}) or that has taken early data. The first write receives the ClientHello if that has not been done, and
     * leaves together with the server's flight; who shakes hands in another thread before that is waited for. <b>Nobody is authenticated as the client, or known to be there, before {@link #session} is present</b>: send only what
     * everybody may have, or at most, in answer to early data, who holds the ticket's key. Later it is the same as {@link #output}. Closing the connection before the handshake is done gives that up. What fills the network before the client has answered waits for it without a limit of time, as every write does: whoever sends much lets another thread close the connection.
     * {@link Problem#NO_HALF_RTT_DATA} if the configuration does not allow it and no early data was accepted.
     */
    public OutputStream halfRttOutput() {
        return halfRttOutput;
    }

    /** What becomes of early data; empty before that is decided. */
    public Optional<EarlyDataOutcome> earlyData() {
        return engine.earlyData();
    }

    /** As {@link TlsEngine#exportEarlyKeyingMaterial}. */
    public byte[] exportEarlyKeyingMaterial(String label, byte[] context, int length) throws TlsException {
        return engine.exportEarlyKeyingMaterial(label, context, length);
    }

    /** Data from the peer. A read returns -1 only after close_notify; a stream that ends without one throws {@link Problem#TRUNCATED}. */
    public InputStream input() {
        return input;
    }

    /** Data to the peer. Each write is sent at once, so write in pieces of some size; closing the stream is {@link #closeOutput}. */
    public OutputStream output() {
        return output;
    }

    /** The facts of the connection, once the handshake is done. */
    public Optional<TlsSession> session() {
        return engine.session();
    }

    /** As {@link TlsEngine#handshake}: what was shown, stapled responses and timestamps too. */
    public Optional<TlsHandshake> handshakeFacts() {
        return engine.handshake();
    }

    /** As {@link TlsEngine#exportKeyingMaterial}. */
    public byte[] exportKeyingMaterial(String label, byte[] context, int length) throws TlsException {
        return engine.exportKeyingMaterial(label, context, length);
    }

    /** Changes the keys of what this end sends, and asks the peer to change its own too if {@code both}. */
    public void updateKeys(boolean both) throws TlsException {
        blocking.updateKeys(both);
    }

    /** As {@link TlsEngine#requestClientCertificate}; the request is sent at once, and the answer is taken by who reads. */
    public CompletionStage<List<Bytes>> requestClientCertificate() throws TlsException {
        return blocking.requestClientCertificate();
    }

    /** How long a read may wait before it throws {@link Problem#TIMED_OUT}; zero for ever. Without this, what is set on the socket holds (SO_TIMEOUT). */
    public void readTimeout(Duration limit) {
        blocking.readTimeout(limit);
    }

    /**
     * Says nothing to the peer, but reads no more: a read returns -1, and so does one that waits in another thread, unless the socket is borrowed. What this end sends goes on.
     */
    public void closeInput() throws TlsException {
        blocking.closeInput();
    }

    /**
     * Says that this end will send no more; reading goes on until the peer closes too. Before the {@link #handshake} has ended, that gives up the handshake, and with it the connection. Waits for a writer that is stuck, but not longer than SO_LINGER says if that is set.
     */
    public void closeOutput() throws TlsException {
        blocking.closeOutput();
    }

    /**
     * Sends close_notify, if that has not been done and the connection has not failed, and closes the socket. Threads that shake hands, read or write are ended by that. Does not wait for the peer: one that does not read yet gets the rest later, if it begins to within half a
     * minute. A client that has written and never read waits up to a second for the tickets of its server, which nobody else would take, and half a minute without the caller. SO_LINGER, if it is set, is how long this waits for that instead, and then the rest is dropped; close_notify is sent with zero too, unless a writer is stuck.
     */
    @Override
    public void close() throws TlsException {
        blocking.close();
    }

    /** The peer's address. */
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) socket.getRemoteSocketAddress();
    }

    private void handshakeOrClose() throws TlsException {
        try {
            handshake();
        } catch (TlsException failed) {
            if (engine.failure().isPresent()) {
                // The socket alone must not be closed: its unread input would reset it, and the alert could be lost.
                closeAfter(failed);
            }
            throw failed;
        }
    }

    private void closeAfter(TlsException failed) {
        try {
            close();
        } catch (TlsException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private static Socket dial(String host, int port, Duration limit) throws TlsException {
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
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address, port), Math.toIntExact(limit.toMillis()));
                return socket;
            } catch (SocketTimeoutException slow) {
                last = Problem.TIMED_OUT.causedBy(
                        slow, "connect", limit.toMillis() + " ms", HostNames.withPort(host, port));
                closeQuietly(socket, last);
            } catch (IOException refused) {
                last = Problem.CONNECT_FAILED.causedBy(
                        refused, host, Integer.toString(port), String.valueOf(refused.getMessage()));
                closeQuietly(socket, last);
            }
        }
        throw last;
    }

    private static void closeQuietly(Socket socket, Exception because) {
        try {
            socket.close();
        } catch (IOException alsoFailed) {
            because.addSuppressed(alsoFailed);
        }
    }
}
