package dev.akushu.jsse;

import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A conversation in TLS 1.3, over the core's connection. */
final class OwnConversation implements Conversation {
    private final Endpoint endpoint;
    private final TlsConnection connection;

    /**
     * A conversation that has not begun.
     *
     * @param consumed gives what was read from the socket before
     * @param autoClose whether the socket is closed with it
     */
    OwnConversation(Endpoint endpoint, Socket transport, InputStream consumed, boolean autoClose) throws TlsException {
        this.endpoint = endpoint;
        this.connection = autoClose
                ? TlsConnection.overSocket(endpoint.engine(), transport, consumed, Duration.ZERO)
                : TlsConnection.overBorrowedSocket(endpoint.engine(), transport, consumed, Duration.ZERO);
    }

    /**
     * Whether this end, a server's, serves the client, or at least tells it what is wrong; false if it is to be handed over,
     * with all that was {@link #received}. Sends nothing.
     */
    boolean serves() throws TlsException {
        try {
            connection.receiveHello();
            return true;
        } catch (TlsException failed) {
            if (endpoint.engine().failure().isEmpty()) {
                // It was the network; it may have been a wait that took too long.
                throw failed;
            }
            // If not, then the handshake throws it again, and sends the alert.
            return !endpoint.handsOver(failed);
        }
    }

    /** What the client has sent so far, and the rest of what was consumed before. */
    InputStream received() {
        return connection.received();
    }

    /** Why the connection failed. */
    TlsException failure() {
        return endpoint.engine().failure().orElseThrow();
    }

    /** Another provider serves the client. */
    void handedOver() {
        endpoint.handedOver(failure());
    }

    /** Nobody serves the client, for the reason {@code why}; the client gets the alert that says so. */
    void refuse(IOException why) {
        failed(failure());
        try {
            connection.handshake();
        } catch (TlsException tooOld) {
            why.addSuppressed(tooOld);
        }
    }

    /** The connection has failed. */
    void failed(TlsException failure) {
        endpoint.failed(failure);
    }

    @Override
    public void handshake() throws IOException {
        if (endpoint.session() == null) {
            connection.handshake();
            endpoint.complete();
        }
    }

    @Override
    public @Nullable SSLSession session() {
        return endpoint.session();
    }

    @Override
    public @Nullable SSLSession handshakeSession() {
        return endpoint.handshakeSession();
    }

    @Override
    public @Nullable String applicationProtocol() {
        return endpoint.applicationProtocol();
    }

    @Override
    public @Nullable String handshakeApplicationProtocol() {
        return endpoint.handshakeApplicationProtocol();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return connection.input().read(target, offset, length);
    }

    @Override
    public int available() throws IOException {
        return connection.input().available();
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        connection.output().write(source, offset, length);
    }

    @Override
    public void closeInput() throws IOException {
        connection.closeInput();
    }

    @Override
    public void closeOutput() throws IOException {
        connection.closeOutput();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
