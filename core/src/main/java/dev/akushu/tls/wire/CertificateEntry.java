package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsException;

/**
 * One certificate of a chain, with what belongs to it. RFC 9846 section 4.5.1.
 *
 * @param data the certificate in DER, or the SubjectPublicKeyInfo in DER where raw public keys were negotiated
 * @param extensions such as the OCSP response for this certificate
 */
public record CertificateEntry(Bytes data, Extensions extensions) {
    static CertificateEntry decode(WireReader in) throws TlsException {
        return new CertificateEntry(
                in.vector24("cert_data", 1, 0xffffff), Extensions.decode(in, MessageKind.CERTIFICATE));
    }

    void encode(WireWriter out) {
        out.vector24("cert_data", data);
        extensions.encode(out);
    }
}
