package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * signed_certificate_timestamp with a certificate: proof that logs have seen it. RFC 6962 section 3.3, RFC 9846 section
 * 4.5.1.1.
 *
 * @param sctList the SerializedSCTs
 */
public record SignedCertificateTimestamps(List<Bytes> sctList) implements Extension {
    /** Takes a copy of the list. */
    public SignedCertificateTimestamps {
        sctList = List.copyOf(sctList);
    }

    /** Those among the extensions beside a certificate; empty if there are none. */
    public static List<Bytes> in(Extensions beside) {
        SignedCertificateTimestamps found = beside.find(SignedCertificateTimestamps.class);
        return found == null ? List.of() : found.sctList;
    }

    static SignedCertificateTimestamps decode(WireReader in) throws TlsException {
        return new SignedCertificateTimestamps(
                in.list("sct_list", 2, 1, 0xffff, one -> one.vector16("SerializedSCT", 1, 0xffff)));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP;
    }

    @Override
    public void encode(WireWriter out) {
        out.list("sct_list", 2, sctList, (to, timestamp) -> to.vector16("SerializedSCT", timestamp));
    }
}
