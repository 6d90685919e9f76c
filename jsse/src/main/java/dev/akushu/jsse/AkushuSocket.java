package dev.akushu.jsse;

import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A socket over the core's blocking connection, for one thread that reads and one that writes. A read that timed out can be
 * tried again, the handshake's too. Reading reports a stream that ends without close_notify as an SSLException: somebody may
 * have cut it (RFC 9846 section 6.1).
 */
final class AkushuSocket extends SocketOfSettings {
    private final Context context;
    private final boolean autoClose;
    private final Session noSession;
    private final List<HandshakeCompletedListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock handshaking = new ReentrantLock();
    private final SocketStreams streams = new SocketStreams(this);

    private @Nullable String host;
    private int port;
    // Both guarded by handshaking.
    private InputStream consumed;
    private @Nullable FirstRecords firstRecords;
    private volatile @Nullable Endpoint endpoint;
    private volatile @Nullable TlsConnection connection;
    private volatile boolean finished;
    private volatile int timeoutMillis;
    private volatile boolean closed;
    private volatile boolean inputShutdown;
    private volatile boolean outputShutdown;

    private AkushuSocket(
            Context context,
            Settings settings,
            Role role,
            Socket transport,
            InputStream consumed,
            @Nullable String host,
            int port,
            boolean autoClose) {
        super(transport, settings, role);
        this.context = context;
        this.consumed = consumed;
        this.host = host;
        this.port = port;
        this.autoClose = autoClose;
        this.noSession = Endpoint.noSession(context, host, port);
    }

    /** A client; the host may also come when it connects. */
    static AkushuSocket client(Context context, Socket transport, @Nullable String host, int port, boolean autoClose) {
        Settings settings = new Settings(context);
        if (host != null) {
            settings.impliedServerNames(ServerNames.implied(host));
        }
        InputStream nothing = InputStream.nullInputStream();
        return new AkushuSocket(context, settings, Role.CLIENT, transport, nothing, host, port, autoClose);
    }

    /** A server of which somebody has read {@code consumed} already. */
    static AkushuSocket server(
            Context context, Settings settings, Socket transport, InputStream consumed, boolean autoClose) {
        String host = transport.getInetAddress().getHostAddress();
        return new AkushuSocket(
                context, settings, Role.SERVER, transport, consumed, host, transport.getPort(), autoClose);
    }

    static void requireConnected(Socket transport) throws SocketException {
        if (!transport.isConnected()) {
            throw new SocketException("the underlying socket is not connected");
        }
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        connect(address, 0);
    }

    @Override
    public void connect(SocketAddress address, int timeout) throws IOException {
        transport().connect(address, timeout);
        if (host == null && address instanceof InetSocketAddress internet) {
            // What the program wrote: no name is looked up for an address, it would prove nothing.
            host = internet.getHostString();
            port = internet.getPort();
            settings().impliedServerNames(ServerNames.implied(host));
        }
    }

    /** Shakes hands, if that is not done; again it does nothing: TLS 1.3 has no renegotiation. */
    @Override
    public void startHandshake() throws IOException {
        if (finished) {
            return;
        }
        handshaking.lock();
        try {
            if (!finished) {
                shakeHands();
            }
        } finally {
            handshaking.unlock();
        }
    }

    private void shakeHands() throws IOException {
        requireOpen();
        try {
            Endpoint opened = open();
            established(opened).handshake();
            opened.complete();
            finished = true;
            tellListeners(opened);
        } catch (TlsException failed) {
            if (failed.problem() != Problem.TIMED_OUT) {
                closeFailed(failed);
            }
            throw told(failed);
        }
    }

    /**
     * Whether this socket, a server's, serves the client; false if it has to be handed over with all of {@link
     * #consumed()}. Reads as much of the client's first messages as it takes to know; sends nothing.
     */
    boolean serves() throws IOException {
        handshaking.lock();
        try {
            requireOpen();
            Endpoint opened = open();
            FirstRecords first = firstRecords;
            if (first == null) {
                first = new FirstRecords(opened, consumed, transport().getInputStream());
                firstRecords = first;
            }
            transport().setSoTimeout(timeoutMillis);
            boolean served = first.areForThisEnd();
            consumed = served ? first.rest() : first.all();
            if (!served) {
                opened.failed(opened.engine().failure().orElseThrow());
            }
            return served;
        } catch (SocketTimeoutException slow) {
            throw slow;
        } catch (TlsException failed) {
            closeFailed(failed);
            throw told(failed);
        } catch (IOException broken) {
            closeFailed(broken);
            throw broken;
        } finally {
            handshaking.unlock();
        }
    }

    /** What was read from the socket below and has to be read again. */
    InputStream consumed() {
        handshaking.lock();
        try {
            return consumed;
        } finally {
            handshaking.unlock();
        }
    }

    /** The exception for {@code failed}, which the session remembers if it is the end of the connection. */
    IOException told(TlsException failed) {
        if (failed.problem() != Problem.TIMED_OUT) {
            Endpoint opened = endpoint;
            if (opened != null) {
                opened.failed(failed);
            }
            noSession.failed(failed.diagnosis());
        }
        return Failures.ofSocket(failed);
    }

    private Endpoint open() throws TlsException, IOException {
        Endpoint opened = endpoint;
        if (opened != null) {
            return opened;
        }
        settingsLock().lock();
        try {
            BiFunction<SSLSocket, List<String>, String> selector = protocolSelector();
            opened = new Endpoint(
                    context,
                    Owner.of(this),
                    role(),
                    settings().copy(),
                    ServerNames.host(host),
                    port,
                    selector == null ? null : offered -> selector.apply(this, offered));
            endpoint = opened;
            return opened;
        } finally {
            settingsLock().unlock();
        }
    }

    private TlsConnection established(Endpoint opened) throws TlsException {
        TlsConnection present = connection;
        if (present != null) {
            return present;
        }
        TlsConnection made = TlsConnection.overSocket(opened.engine(), transport(), consumed, Duration.ZERO);
        made.readTimeout(Duration.ofMillis(timeoutMillis));
        connection = made;
        return made;
    }

    /** The connection, after a handshake. */
    TlsConnection ready() throws IOException {
        requireOpen();
        startHandshake();
        TlsConnection present = connection;
        if (present == null) {
            throw new SocketException("Socket is closed");
        }
        return present;
    }

    /** How much can be read at once; 0 before the handshake is done. */
    int available() throws IOException {
        requireOpen();
        TlsConnection present = connection;
        return finished && present != null ? present.input().available() : 0;
    }

    /** Listeners run elsewhere, so that they can use this socket and take their time. */
    private void tellListeners(Endpoint opened) {
        Session session = opened.session();
        if (session == null || listeners.isEmpty()) {
            return;
        }
        HandshakeCompletedEvent event = new HandshakeCompletedEvent(this, session);
        List<HandshakeCompletedListener> told = List.copyOf(listeners);
        Thread.ofPlatform()
                .daemon()
                .name("akushu-handshake-completed")
                .start(() -> told.forEach(listener -> listener.handshakeCompleted(event)));
    }

    private void closeFailed(IOException failed) {
        closed = true;
        if (!autoClose) {
            return;
        }
        try {
            transport().close();
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    /** The session of a socket whose handshake is not done. */
    SSLSession noSession() {
        return noSession;
    }

    private void requireOpen() throws SocketException {
        if (isClosed()) {
            throw new SocketException("Socket is closed");
        }
        if (!isConnected()) {
            throw new SocketException("Socket is not connected");
        }
    }

    @Override
    @Nullable Endpoint endpoint() {
        return endpoint;
    }

    /** The session, for which it shakes hands if it must; one without a suite if that fails. */
    @Override
    public SSLSession getSession() {
        try {
            startHandshake();
        } catch (IOException failed) {
            return noSession;
        }
        Endpoint opened = endpoint;
        Session session = opened == null ? null : opened.session();
        return session == null ? noSession : session;
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        if (listener == null) {
            throw new IllegalArgumentException("a listener is null");
        }
        listeners.add(listener);
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        if (listener == null || !listeners.remove(listener)) {
            throw new IllegalArgumentException("the listener is not registered");
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        requireOpen();
        if (inputShutdown) {
            throw new SocketException("Socket input is shutdown");
        }
        return streams.input();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        requireOpen();
        if (outputShutdown) {
            throw new SocketException("Socket output is shutdown");
        }
        return streams.output();
    }

    @Override
    public void setSoTimeout(int timeout) throws SocketException {
        if (timeout < 0) {
            throw new IllegalArgumentException("a timeout cannot be negative: " + timeout);
        }
        timeoutMillis = timeout;
        TlsConnection present = connection;
        if (present != null) {
            present.readTimeout(Duration.ofMillis(timeout));
        }
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    /** Sends close_notify, if that has not been done, and closes the socket below unless it is somebody else's. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        TlsConnection present = connection;
        try {
            if (present != null && autoClose) {
                present.close();
            } else if (present != null) {
                present.closeOutput();
            } else if (autoClose) {
                transport().close();
            }
        } catch (TlsException failed) {
            throw Failures.ofSocket(failed);
        }
    }

    @Override
    public boolean isClosed() {
        return closed || transport().isClosed();
    }

    /** Nothing more is read; what the peer still sends is of no interest. */
    @Override
    public void shutdownInput() throws IOException {
        requireOpen();
        inputShutdown = true;
    }

    /** Sends close_notify; reading goes on. */
    @Override
    public void shutdownOutput() throws IOException {
        TlsConnection present = ready();
        outputShutdown = true;
        try {
            present.closeOutput();
        } catch (TlsException failed) {
            throw Failures.ofSocket(failed);
        }
    }

    @Override
    public boolean isInputShutdown() {
        return inputShutdown;
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown;
    }
}
