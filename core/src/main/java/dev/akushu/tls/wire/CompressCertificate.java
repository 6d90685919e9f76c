package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * compress_certificate: how the sender can unpack a certificate, the most preferred first. RFC 8879 section 3.
 *
 * @param algorithms the algorithms
 */
public record CompressCertificate(List<CertificateCompressionAlgorithm> algorithms) implements Extension {
    /** Takes a copy of the list. */
    public CompressCertificate {
        algorithms = List.copyOf(algorithms);
    }

    static CompressCertificate decode(WireReader in) throws TlsException {
        return new CompressCertificate(in.list("algorithms", 1, 2, 0xfe, CompressCertificate::decodeAlgorithm));
    }

    private static CertificateCompressionAlgorithm decodeAlgorithm(WireReader in) throws TlsException {
        return in.u16("CertificateCompressionAlgorithm", CertificateCompressionAlgorithm::of);
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.COMPRESS_CERTIFICATE;
    }

    @Override
    public void encode(WireWriter out) {
        out.list("algorithms", 1, algorithms, (to, one) -> to.u16("CertificateCompressionAlgorithm", one.code()));
    }
}
