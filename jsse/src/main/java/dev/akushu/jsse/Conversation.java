package dev.akushu.jsse;

import java.io.IOException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What one end says and hears on a socket: by Akushu, or by another provider that serves a client which is too old. */
sealed interface Conversation permits OwnConversation, OlderConversation {
    /** Shakes hands, if that is not done. A wait that took too long can be tried again. */
    void handshake() throws IOException;

    /** The session, after the handshake. */
    @Nullable SSLSession session();

    /** The session while the handshake runs, once something is known of it. */
    @Nullable SSLSession handshakeSession();

    /** The application protocol: null while it is not known, empty if there is none. */
    @Nullable String applicationProtocol();

    /** As {@link #applicationProtocol}, while the handshake runs. */
    @Nullable String handshakeApplicationProtocol();

    /** As {@link java.io.InputStream#read(byte[], int, int)}, after the handshake. */
    int read(byte[] target, int offset, int length) throws IOException;

    /** As {@link java.io.InputStream#available()}. */
    int available() throws IOException;

    /** As {@link java.io.OutputStream#write(byte[], int, int)}, after the handshake. */
    void write(byte[] source, int offset, int length) throws IOException;

    /** Reads no more; whoever waits for data is told that there is none. */
    void closeInput() throws IOException;

    /** Sends close_notify; reading goes on. */
    void closeOutput() throws IOException;

    /** Sends close_notify, if that has not been done, and closes the socket below unless it is somebody else's. */
    void close() throws IOException;
}
