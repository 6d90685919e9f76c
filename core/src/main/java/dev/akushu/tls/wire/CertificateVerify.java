package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;

/**
 * CertificateVerify: proof that the sender holds the private key of its certificate. RFC 9846 section 4.5.2.
 *
 * @param algorithm the scheme of the signature
 * @param signature the signature over the transcript hash with its context string
 */
public record CertificateVerify(SignatureScheme algorithm, Bytes signature) implements HandshakeMessage {
    static CertificateVerify decode(WireReader in) throws TlsException {
        return new CertificateVerify(in.u16("algorithm", SignatureScheme::of), in.vector16("signature", 0, 0xffff));
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.CERTIFICATE_VERIFY;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16("algorithm", algorithm.code());
        out.vector16("signature", signature);
    }
}
