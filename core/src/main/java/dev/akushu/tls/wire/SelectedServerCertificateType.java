package dev.akushu.tls.wire;

import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * server_certificate_type in EncryptedExtensions: the kind of certificate that the server shows. RFC 7250 section 4.2.
 *
 * @param serverCertificateType the kind
 */
public record SelectedServerCertificateType(CertificateType serverCertificateType) implements Extension {
    static SelectedServerCertificateType decode(WireReader in) throws TlsException {
        return new SelectedServerCertificateType(in.u8("server_certificate_type", CertificateType::of));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.SERVER_CERTIFICATE_TYPE;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8("server_certificate_type", serverCertificateType.code());
    }
}
