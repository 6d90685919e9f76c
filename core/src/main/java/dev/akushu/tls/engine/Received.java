package dev.akushu.tls.engine;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.HandshakeMessage;

/** A handshake message that arrived, decoded and as the bytes that the transcript covers. */
public final class Received {
    private final HandshakeMessage message;
    private final byte[] bytes;
    private final boolean last;

    /**
     * A message.
     *
     * @param bytes all of it, header included; taken over
     * @param last whether nothing of a further message has been received behind it
     */
    Received(HandshakeMessage message, byte[] bytes, boolean last) {
        this.message = message;
        this.bytes = bytes;
        this.last = last;
    }

    /** The decoded message. */
    public HandshakeMessage message() {
        return message;
    }

    /** The message as {@code type}, which the transition table has made sure of. */
    public <M extends HandshakeMessage> M as(Class<M> type) {
        return type.cast(message);
    }

    /** All its bytes, header included; not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** Proof that read keys may change now; throws {@link Problem#MESSAGE_ACROSS_KEY_CHANGE} if bytes of a further message are waiting. */
    public Aligned aligned() throws TlsException {
        if (!last) {
            throw Problem.MESSAGE_ACROSS_KEY_CHANGE.with(message.messageName());
        }
        return new Aligned();
    }
}
