package dev.akushu.tls.wire;

import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.TlsException;

/**
 * EncryptedExtensions: the server's answers that need not be seen on the path. RFC 9846 section 4.4.1.
 *
 * @param extensions the extensions in order
 */
public record EncryptedExtensions(Extensions extensions) implements HandshakeMessage {
    static EncryptedExtensions decode(WireReader in) throws TlsException {
        return new EncryptedExtensions(Extensions.decode(in, MessageKind.ENCRYPTED_EXTENSIONS));
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.ENCRYPTED_EXTENSIONS;
    }

    @Override
    public void encode(WireWriter out) {
        extensions.encode(out);
    }
}
