package dev.akushu.tls.engine;

import dev.akushu.tls.wire.HandshakeMessage;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Messages after the handshake that the receiving side has made and the sending side sends, with nothing between them. RFC 9846 section 4.7.2.
 */
@FunctionalInterface
public interface LateFlight {
    /**
     * The messages, in their order.
     *
     * @param finished gives the verify_data of a Finished over a transcript hash, by the keys in force when it is sent: they may have been updated meanwhile
     */
    List<HandshakeMessage> messages(UnaryOperator<byte[]> finished);
}
