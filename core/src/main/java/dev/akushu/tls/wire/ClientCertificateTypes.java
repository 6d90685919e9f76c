package dev.akushu.tls.wire;

import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * client_certificate_type in a ClientHello: the kinds of certificate that the client can show, the most preferred
 * first. RFC 7250 section 3.
 *
 * @param clientCertificateTypes the kinds
 */
public record ClientCertificateTypes(List<CertificateType> clientCertificateTypes) implements Extension {
    /** Takes a copy of the list. */
    public ClientCertificateTypes {
        clientCertificateTypes = List.copyOf(clientCertificateTypes);
    }

    static ClientCertificateTypes decode(WireReader in) throws TlsException {
        return new ClientCertificateTypes(
                in.list("client_certificate_types", 1, 1, 0xff, one -> one.u8("CertificateType", CertificateType::of)));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.CLIENT_CERTIFICATE_TYPE;
    }

    @Override
    public void encode(WireWriter out) {
        out.list(
                "client_certificate_types",
                1,
                clientCertificateTypes,
                (to, kind) -> to.u8("CertificateType", kind.code()));
    }
}
