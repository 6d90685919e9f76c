package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;

/**
 * status_request with a certificate: what its OCSP responder says about it. RFC 9846 section 4.5.1.1, RFC 6066 section
 * 8.
 *
 * @param ocspResponse the OCSPResponse in DER
 */
public record CertificateStatus(Bytes ocspResponse) implements Extension {
    static CertificateStatus decode(WireReader in) throws TlsException {
        CertificateStatusType statusType = in.u8("status_type", CertificateStatusType::new);
        if (!statusType.isOcsp()) {
            throw Problem.ILLEGAL_VALUE.with("status_type", statusType.code(), "must be 1, ocsp");
        }
        return new CertificateStatus(in.vector24("OCSPResponse", 1, 0xffffff));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.STATUS_REQUEST;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8("status_type", CertificateStatusType.OCSP);
        out.vector24("OCSPResponse", ocspResponse);
    }
}
