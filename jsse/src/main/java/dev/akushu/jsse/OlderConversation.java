package dev.akushu.jsse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A conversation with a client that offers no TLS 1.3, by another provider's socket; that one closes the socket below. */
final class OlderConversation implements Conversation {
    private final SSLSocket other;
    private final InputStream input;
    private final OutputStream output;

    OlderConversation(SSLSocket other) throws IOException {
        this.other = other;
        this.input = other.getInputStream();
        this.output = other.getOutputStream();
    }

    @Override
    public void handshake() throws IOException {
        other.startHandshake();
    }

    @Override
    public SSLSession session() {
        return other.getSession();
    }

    @Override
    public @Nullable SSLSession handshakeSession() {
        return other.getHandshakeSession();
    }

    @Override
    public @Nullable String applicationProtocol() {
        return other.getApplicationProtocol();
    }

    @Override
    public @Nullable String handshakeApplicationProtocol() {
        return other.getHandshakeApplicationProtocol();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return input.read(target, offset, length);
    }

    @Override
    public int available() throws IOException {
        return input.available();
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        output.write(source, offset, length);
    }

    @Override
    public void closeInput() throws IOException {
        other.shutdownInput();
    }

    @Override
    public void closeOutput() throws IOException {
        other.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        other.close();
    }
}
