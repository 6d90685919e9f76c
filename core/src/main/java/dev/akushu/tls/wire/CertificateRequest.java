package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.TlsException;

/**
 * CertificateRequest: the server asks who the client is. RFC 9846 section 4.4.2.
 *
 * @param context certificate_request_context, which the Certificate echoes; empty in the handshake
 * @param extensions what the certificate should be like
 */
public record CertificateRequest(Bytes context, Extensions extensions) implements HandshakeMessage {
    static CertificateRequest decode(WireReader in) throws TlsException {
        return new CertificateRequest(
                in.vector8("certificate_request_context", 0, 0xff),
                Extensions.decode(in, MessageKind.CERTIFICATE_REQUEST));
    }

    @Override
    public HandshakeType type() {
        return HandshakeType.CERTIFICATE_REQUEST;
    }

    @Override
    public void encode(WireWriter out) {
        out.vector8("certificate_request_context", context);
        extensions.encode(out);
    }
}
