package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.TlsException;

/**
 * CompressedCertificate: the body of a Certificate message, compressed. RFC 8879 section 4.
 *
 * @param algorithm the code of the {@link CertificateCompressionAlgorithm}
 * @param uncompressedLength what the body must come to: the receiver must not unpack a byte more
 * @param compressed the compressed body
 */
public record CompressedCertificate(int algorithm, int uncompressedLength, Bytes compressed)
        implements HandshakeMessage {
    static CompressedCertificate decode(WireReader in) throws TlsException {
        return new CompressedCertificate(
                in.u16("algorithm", CertificateCompressionAlgorithm::of).code(),
                in.u24("uncompressed_length"),
                in.vector24("compressed_certificate_message", 1, 0xffffff));
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.COMPRESSED_CERTIFICATE;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16("algorithm", algorithm);
        out.u24("uncompressed_length", uncompressedLength);
        out.vector24("compressed_certificate_message", compressed);
    }
}
