package dev.akushu.tls.wire;

import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * server_certificate_type in a ClientHello: the kinds of certificate that the client can check, the most preferred
 * first. RFC 7250 section 3.
 *
 * @param serverCertificateTypes the kinds
 */
public record ServerCertificateTypes(List<CertificateType> serverCertificateTypes) implements Extension {
    /** Takes a copy of the list. */
    public ServerCertificateTypes {
        serverCertificateTypes = List.copyOf(serverCertificateTypes);
    }

    static ServerCertificateTypes decode(WireReader in) throws TlsException {
        return new ServerCertificateTypes(
                in.list("server_certificate_types", 1, 1, 0xff, one -> one.u8("CertificateType", CertificateType::of)));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.SERVER_CERTIFICATE_TYPE;
    }

    @Override
    public void encode(WireWriter out) {
        out.list(
                "server_certificate_types",
                1,
                serverCertificateTypes,
                (to, kind) -> to.u8("CertificateType", kind.code()));
    }
}
