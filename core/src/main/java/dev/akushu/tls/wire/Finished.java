package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.TlsException;

/**
 * Finished: a MAC over the whole handshake. RFC 9846 section 4.5.3.
 *
 * @param verifyData as long as the hash of the suite, which only the receiver knows; compare it in constant time
 */
public record Finished(Bytes verifyData) implements HandshakeMessage {
    static Finished decode(WireReader in) throws TlsException {
        return new Finished(in.rest("verify_data"));
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.FINISHED;
    }

    @Override
    public void encode(WireWriter out) {
        out.fixed("verify_data", verifyData);
    }
}
