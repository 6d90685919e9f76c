package dev.akushu.tls.wire;

import dev.akushu.tls.HandshakeType;

/** A handshake message without its header. RFC 9846 section 4. */
public sealed interface HandshakeMessage
        permits ClientHello,
                ServerHello,
                HelloRetryRequest,
                EncryptedExtensions,
                CertificateRequest,
                Certificate,
                CompressedCertificate,
                CertificateVerify,
                Finished,
                EndOfEarlyData,
                NewSessionTicket,
                KeyUpdate {
    /** The type in the message's header; a HelloRetryRequest has that of a ServerHello. */
    HandshakeType type();

    /** The name that people use: the type's, but {@code HelloRetryRequest} for one. */
    default String messageName() {
        return type().messageName();
    }

    /** Writes the body, without the four bytes of the header. */
    void encode(WireWriter out);
}
