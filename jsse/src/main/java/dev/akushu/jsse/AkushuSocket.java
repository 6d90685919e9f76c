package dev.akushu.jsse;

import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A socket for one thread that reads and one that writes; any may close. A wait that timed out can be tried again, in the
 * handshake too. Reading reports a stream that ends without close_notify as an SSLException: somebody may have cut it (RFC
 * 9846 section 6.1). A server's client that offers no TLS 1.3 is handed over to another provider if the context has one.
 */
final class AkushuSocket extends SocketOfSettings {
    private static final System.Logger LOG = System.getLogger("dev.akushu.jsse");

    private final Context context;
    private final boolean autoClose;
    private final Session noSession;
    private final List<HandshakeCompletedListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock handshaking = new ReentrantLock();
    private final SocketStreams streams = new SocketStreams(this);

    private @Nullable String host;
    private int port;
    // Both guarded by handshaking: what somebody has read before, and whether it is known who serves this client.
    private InputStream consumed;
    private boolean decided;
    private volatile @Nullable Conversation conversation;
    private volatile boolean finished;
    private volatile @Nullable IOException failure;
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

    /** A client; if no host is given, it is what the socket below is connected to, or comes to be. */
    static AkushuSocket client(Context context, Socket transport, @Nullable String host, int port, boolean autoClose) {
        Settings settings = new Settings(context);
        String known = host == null || host.isEmpty() ? ofTransport(context, transport) : host;
        if (known != null) {
            settings.impliedServerNames(ServerNames.implied(known));
        }
        InputStream nothing = InputStream.nullInputStream();
        return new AkushuSocket(context, settings, Role.CLIENT, transport, nothing, known, port, autoClose);
    }

    /** A server of which somebody has read {@code consumed} already. */
    static AkushuSocket server(
            Context context, Settings settings, Socket transport, InputStream consumed, boolean autoClose) {
        String host = transport.getInetAddress() == null
                ? null
                : transport.getInetAddress().getHostAddress();
        return new AkushuSocket(
                context, settings, Role.SERVER, transport, consumed, host, transport.getPort(), autoClose);
    }

    static void requireConnected(Socket transport) throws SocketException {
        if (!transport.isConnected()) {
            throw new SocketException("the underlying socket is not connected");
        }
    }

    /**
     * The name by which the program connected the socket below; none is looked up for an address, it would prove nothing.
     * Trust managers expect it. The core's trust always checks the host, and then it has to be said: this one may be a
     * proxy's.
     */
    private static @Nullable String ofTransport(Context context, Socket transport) {
        return context.managers().isPresent() && transport.getRemoteSocketAddress() instanceof InetSocketAddress peer
                ? peer.getHostString()
                : null;
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        connect(address, 0);
    }

    @Override
    public void connect(SocketAddress address, int timeout) throws IOException {
        transport().connect(address, timeout);
        if (host == null && address instanceof InetSocketAddress internet) {
            host = internet.getHostString();
            port = internet.getPort();
            settings().impliedServerNames(ServerNames.implied(host));
        }
    }

    /** Shakes hands, if that is not done; again it does nothing: TLS 1.3 has no renegotiation. */
    @Override
    public void startHandshake() throws IOException {
        requireOpen();
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
            Conversation begun = begun();
            begun.handshake();
            finished = true;
            tellListeners(begun.session());
        } catch (IOException failed) {
            IOException told = told(failed);
            if (!closed && !(told instanceof SocketTimeoutException)) {
                closeFailed(told);
            }
            throw told;
        } catch (RuntimeException broken) {
            SSLException failed = new SSLException(
                    "the handshake ended because code that it called failed, the program's or a provider's: " + broken
                            + "; the cause says where",
                    broken);
            if (!closed) {
                closeFailed(failed);
            }
            throw failed;
        }
    }

    /** The conversation with whom serves this peer; reads the client's first messages if it must to know. */
    private Conversation begun() throws IOException {
        Conversation present = conversation;
        if (present == null) {
            present = open();
        }
        if (!decided && present instanceof OwnConversation own) {
            OlderClients older = handsOver() ? context.olderClients() : null;
            if (older != null && !own.serves()) {
                present = converse(handOver(older, own));
            }
            decided = true;
        }
        return present;
    }

    private boolean handsOver() {
        settingsLock().lock();
        try {
            return role() == Role.SERVER && settings().handsOver();
        } finally {
            settingsLock().unlock();
        }
    }

    private Conversation open() throws IOException {
        settingsLock().lock();
        try {
            BiFunction<SSLSocket, List<String>, String> selector = protocolSelector();
            Endpoint opened = new Endpoint(
                    context,
                    Owner.of(this),
                    role(),
                    settings().copy(),
                    ServerNames.host(host),
                    port,
                    selector == null ? null : offered -> selector.apply(this, offered));
            InputStream first = consumed;
            consumed = InputStream.nullInputStream();
            return converse(new OwnConversation(opened, transport(), first, autoClose));
        } finally {
            settingsLock().unlock();
        }
    }

    private OlderConversation handOver(OlderClients older, OwnConversation own) throws IOException {
        try {
            OlderConversation taken = takenOver(older, own.received());
            own.handedOver();
            return taken;
        } catch (SSLHandshakeException unprotected) {
            own.refuse(unprotected);
            throw unprotected;
        } catch (RuntimeException unable) {
            String provider = older.context().getProvider().getName();
            SSLException refused = new SSLException(
                    "the client offers no TLSv1.3, and " + provider
                            + ", which is to serve such clients, cannot take its"
                            + " connection over: " + unable + "; hand older clients over to a provider whose"
                            + " SSLSocketFactory has createSocket(Socket, InputStream, boolean), such as SunJSSE",
                    unable);
            own.refuse(refused);
            throw refused;
        }
    }

    private OlderConversation takenOver(OlderClients older, InputStream received) throws IOException {
        SSLSocket other = (SSLSocket) older.context().getSocketFactory().createSocket(transport(), received, autoClose);
        settingsLock().lock();
        try {
            older.configure(other, settings());
            BiFunction<SSLSocket, List<String>, String> selector = protocolSelector();
            if (selector != null) {
                other.setHandshakeApplicationProtocolSelector((socket, offered) -> selector.apply(this, offered));
            }
        } finally {
            settingsLock().unlock();
        }
        return new OlderConversation(other);
    }

    /** From here on close() ends {@code begun}; but it may have been called just before. */
    private Conversation converse(Conversation begun) throws IOException {
        conversation = begun;
        if (closed) {
            begun.close();
            throw new SocketException("Socket is closed");
        }
        return begun;
    }

    /** The exception that callers of JSSE expect for {@code failed}, which the session remembers if it is the end of the connection. */
    IOException told(IOException failed) {
        if (!(failed instanceof TlsException tls)) {
            return failed;
        }
        if (closed) {
            return closedBecauseOf(tls);
        }
        if (tls.problem() != Problem.TIMED_OUT) {
            if (conversation instanceof OwnConversation own) {
                own.failed(tls);
            }
            noSession.failed(tls.diagnosis());
        }
        IOException told = Failures.ofSocket(tls);
        if (tls.problem().alert() != null || tls.problem() == Problem.ALERT_RECEIVED) {
            // RFC 9846 6: who sends or receives a fatal alert closes the connection at once.
            closeFailed(told);
        }
        return told;
    }

    /** The conversation, after a handshake. */
    Conversation ready() throws IOException {
        startHandshake();
        Conversation present = conversation;
        if (present == null) {
            throw new SocketException("Socket is closed");
        }
        return present;
    }

    /** How much can be read at once; 0 before the handshake is done. */
    int available() throws IOException {
        requireOpen();
        Conversation present = conversation;
        return finished && present != null ? present.available() : 0;
    }

    /** Listeners run elsewhere, in the order in which they were added, so that they can use this socket and take their time. */
    private void tellListeners(@Nullable SSLSession session) {
        if (session == null || listeners.isEmpty()) {
            return;
        }
        HandshakeCompletedEvent event = new HandshakeCompletedEvent(this, session);
        List<HandshakeCompletedListener> inOrder = List.copyOf(listeners);
        Thread.ofVirtual()
                .name("akushu-handshake-completed")
                .start(() -> inOrder.forEach(listener -> tell(listener, event)));
    }

    private static void tell(HandshakeCompletedListener listener, HandshakeCompletedEvent event) {
        try {
            listener.handshakeCompleted(event);
        } catch (RuntimeException | Error failed) {
            // The next one is told all the same.
            LOG.log(System.Logger.Level.WARNING, "a HandshakeCompletedListener failed", failed);
        }
    }

    private void closeFailed(IOException failed) {
        failure = failed;
        closed = true;
        Conversation present = conversation;
        try {
            if (present != null) {
                present.close();
            } else if (autoClose) {
                transport().close();
            }
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private static SocketException closedBecauseOf(@Nullable IOException failure) {
        if (failure == null) {
            return new SocketException("Socket is closed");
        }
        SocketException ended = new SocketException("Socket is closed: " + failure.getMessage());
        ended.initCause(failure);
        return ended;
    }

    private void requireOpen() throws SocketException {
        if (isClosed()) {
            throw closedBecauseOf(failure);
        }
        if (!isConnected()) {
            throw new SocketException("Socket is not connected");
        }
    }

    @Override
    @Nullable Conversation conversation() {
        return conversation;
    }

    /** The session, for which it shakes hands if it must; one without a suite if that fails. */
    @Override
    public SSLSession getSession() {
        try {
            if (!finished) {
                startHandshake();
            }
        } catch (IOException failed) {
            // The session tells why, to who asks: AkushuSession.failure.
            return noSession;
        }
        Conversation present = conversation;
        SSLSession session = present == null ? null : present.session();
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

    /** Sends close_notify, if that has not been done, and closes the socket below unless it is somebody else's. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        Conversation present = conversation;
        try {
            if (present != null) {
                present.close();
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

    /** Nothing more is read, and who waits for data gets the end; what the peer still sends is of no interest. */
    @Override
    public void shutdownInput() throws IOException {
        if (isInputShutdown()) {
            return;
        }
        requireOpen();
        inputShutdown = true;
        Conversation present = conversation;
        if (present != null) {
            present.closeInput();
        }
    }

    /** Sends close_notify, after a handshake if that is not done; reading goes on. */
    @Override
    public void shutdownOutput() throws IOException {
        if (isOutputShutdown()) {
            return;
        }
        Conversation present = ready();
        outputShutdown = true;
        try {
            present.closeOutput();
        } catch (TlsException failed) {
            throw told(failed);
        }
    }

    @Override
    public boolean isInputShutdown() {
        return inputShutdown || isClosed();
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown || isClosed();
    }
}
