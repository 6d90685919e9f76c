package dev.akushu.jsse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** As {@link HandOverEngine} is for engines: a socket that becomes another provider's if its client offers no TLS 1.3. */
final class HandOverSocket extends SocketOverTransport {
    private final ReentrantLock deciding = new ReentrantLock();
    private final AkushuSocket own;
    private final OlderClients olderClients;
    private final boolean autoClose;
    private final InputStream input = new Input();
    private final OutputStream output = new Output();
    private final List<HandshakeCompletedListener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean decided;
    private volatile SSLSocket current;
    private volatile @Nullable BiFunction<SSLSocket, List<String>, String> protocolSelector;

    private HandOverSocket(AkushuSocket own, OlderClients olderClients, boolean autoClose) {
        super(own.transport());
        this.own = own;
        this.olderClients = olderClients;
        this.autoClose = autoClose;
        this.current = own;
        own.addHandshakeCompletedListener(this::tellListeners);
    }

    /** {@code own}, or one that hands over, as the context says. */
    static SSLSocket over(Context context, AkushuSocket own, boolean autoClose) {
        OlderClients older = context.olderClients();
        return older == null ? own : new HandOverSocket(own, older, autoClose);
    }

    /** The socket that serves this peer; reads the client's first messages if it must to know. */
    private SSLSocket decided() throws IOException {
        if (decided) {
            return current;
        }
        deciding.lock();
        try {
            if (!decided) {
                boolean serves = own.getUseClientMode() || own.serves();
                current = serves ? own : handOver();
                decided = true;
            }
            return current;
        } finally {
            deciding.unlock();
        }
    }

    private SSLSocket handOver() throws IOException {
        SSLSocket other = (SSLSocket)
                olderClients.context().getSocketFactory().createSocket(transport(), own.consumed(), autoClose);
        olderClients.configure(other, own.settings());
        other.setSoTimeout(own.getSoTimeout());
        BiFunction<SSLSocket, List<String>, String> selector = protocolSelector;
        if (selector != null) {
            other.setHandshakeApplicationProtocolSelector((socket, offered) -> selector.apply(this, offered));
        }
        other.addHandshakeCompletedListener(this::tellListeners);
        return other;
    }

    private void tellListeners(HandshakeCompletedEvent event) {
        HandshakeCompletedEvent ofThis = new HandshakeCompletedEvent(this, event.getSession());
        listeners.forEach(listener -> listener.handshakeCompleted(ofThis));
    }

    @Override
    public void startHandshake() throws IOException {
        decided().startHandshake();
    }

    /** As JSSE says, a session without a suite if the handshake fails. */
    @Override
    public SSLSession getSession() {
        try {
            return decided().getSession();
        } catch (IOException failed) {
            return own.noSession();
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        // Throws if the socket is closed.
        current.getInputStream();
        return input;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        current.getOutputStream();
        return output;
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
    public void connect(SocketAddress address) throws IOException {
        own.connect(address);
    }

    @Override
    public void connect(SocketAddress address, int timeout) throws IOException {
        own.connect(address, timeout);
    }

    @Override
    public void setSoTimeout(int timeout) throws SocketException {
        current.setSoTimeout(timeout);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return current.getSoTimeout();
    }

    @Override
    public void close() throws IOException {
        current.close();
    }

    @Override
    public boolean isClosed() {
        return current.isClosed();
    }

    @Override
    public void shutdownInput() throws IOException {
        current.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        decided().shutdownOutput();
    }

    @Override
    public boolean isInputShutdown() {
        return current.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return current.isOutputShutdown();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return own.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return current.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        current.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return own.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return current.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        current.setEnabledProtocols(protocols);
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
        return current.getHandshakeSession();
    }

    @Override
    public void setUseClientMode(boolean client) {
        current.setUseClientMode(client);
    }

    @Override
    public boolean getUseClientMode() {
        return current.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        current.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return current.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        current.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return current.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean allowed) {
        current.setEnableSessionCreation(allowed);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return current.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return current.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        current.setSSLParameters(parameters);
    }

    @Override
    public @Nullable String getApplicationProtocol() {
        return current.getApplicationProtocol();
    }

    @Override
    public @Nullable String getHandshakeApplicationProtocol() {
        return current.getHandshakeApplicationProtocol();
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(
            @Nullable BiFunction<SSLSocket, List<String>, String> selector) {
        protocolSelector = selector;
        current.setHandshakeApplicationProtocolSelector(
                selector == null ? null : (socket, offered) -> selector.apply(this, offered));
    }

    @Override
    public @Nullable BiFunction<SSLSocket, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return protocolSelector;
    }

    /** Data from the peer, whoever serves it. */
    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            return decided().getInputStream().read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return decided().getInputStream().read(target, offset, length);
        }

        @Override
        public int available() throws IOException {
            // Not decided is not begun: nothing is available, and nobody waits.
            return current.getInputStream().available();
        }

        @Override
        public void close() throws IOException {
            HandOverSocket.this.close();
        }
    }

    /** Data to the peer, whoever serves it. */
    private final class Output extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            decided().getOutputStream().write(octet);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            decided().getOutputStream().write(source, offset, length);
        }

        @Override
        public void flush() throws IOException {
            if (decided) {
                current.getOutputStream().flush();
            }
        }

        @Override
        public void close() throws IOException {
            HandOverSocket.this.close();
        }
    }
}
