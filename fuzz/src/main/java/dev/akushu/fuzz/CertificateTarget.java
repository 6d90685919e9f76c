package dev.akushu.fuzz;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.identity.CertificateReader;
import dev.akushu.tls.identity.PeerKey;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates: what reads them, what reads their keys, and the verdict about a chain. */
public final class CertificateTarget {
    private static final Bytes OURS = Settings.certificate();
    private static final Trust TRUST = trust();

    private CertificateTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Bytes certificate = Bytes.copyOf(input);
        attempt(() -> read(certificate));
        attempt(() -> PeerKey.of(certificate));
        attempt(() -> PeerKey.ofSubjectPublicKeyInfo(certificate));
        boolean accepted =
                attempt(() -> TRUST.verify(new Trust.PeerChain(Role.SERVER, List.of(certificate), "localhost", null)));
        if (accepted && !certificate.equals(OURS)) {
            throw new AssertionError("a certificate that nobody has signed is accepted");
        }
        attempt(() -> TRUST.verify(new Trust.PeerChain(Role.CLIENT, List.of(OURS, certificate), null, certificate)));
    }

    private static void read(Bytes der) throws TlsException {
        CertificateReader certificate = CertificateReader.of(der);
        certificate.subjectText();
        certificate.issuerText();
        certificate.subjectAltNames().printable();
        certificate.keyUsageNames();
        certificate.mayAuthenticate();
        certificate.extendedKeyUsage();
        certificate.isCertificateAuthority();
    }

    private interface Attempt {
        void orThrow() throws TlsException;
    }

    private static boolean attempt(Attempt attempt) {
        try {
            attempt.orThrow();
            return true;
        } catch (TlsException refused) {
            Faults.requireFaultOfThePeer(refused);
            return false;
        }
    }

    private static Trust trust() {
        try {
            X509Certificate anchor = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(OURS.toArray()));
            return Trust.anchors(List.of(anchor), "the one of the fuzzer");
        } catch (CertificateException malformed) {
            throw new IllegalStateException(malformed);
        }
    }
}
