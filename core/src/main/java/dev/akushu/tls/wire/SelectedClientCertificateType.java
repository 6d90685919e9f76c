package dev.akushu.tls.wire;

import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * client_certificate_type in EncryptedExtensions: the kind of certificate that the client must show. RFC 7250 section
 * 4.2.
 *
 * @param clientCertificateType the kind
 */
public record SelectedClientCertificateType(CertificateType clientCertificateType) implements Extension {
    static SelectedClientCertificateType decode(WireReader in) throws TlsException {
        return new SelectedClientCertificateType(in.u8("client_certificate_type", CertificateType::of));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.CLIENT_CERTIFICATE_TYPE;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8("client_certificate_type", clientCertificateType.code());
    }
}
