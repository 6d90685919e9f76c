package dev.akushu.tls.identity;

import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.ReceivedChain.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was checked of a path that is valid, from the peer's own certificate to the anchor. The details are values, not
 * sentences.
 */
final class PathReport {
    private PathReport() {}

    static List<CertificateCheck> of(CandidatePath path, Purpose purpose, String store) throws TlsException {
        List<CertificateCheck> checks = new ArrayList<>();
        for (int i = 0; i < path.certificates().size(); i++) {
            Received certificate = path.certificates().get(i);
            if (!path.isAnchorItself()) {
                checks.add(check(Kind.SIGNATURE, certificate, signature(certificate, path.issuerOf(i))));
            }
            checks.add(check(Kind.VALIDITY, certificate, validity(certificate)));
            checks.add(
                    i == 0
                            ? check(Kind.USAGE, certificate, usage(certificate, purpose))
                            : check(Kind.AUTHORITY, certificate, authority(certificate)));
        }
        checks.add(new CertificateCheck(Kind.TRUST_ANCHOR, path.anchor().subject(), store));
        return checks;
    }

    private static CertificateCheck check(Kind kind, Received certificate, String detail) {
        return new CertificateCheck(kind, certificate.subject(), detail);
    }

    private static String signature(Received certificate, String issuer) {
        return CertificateSignatures.name(certificate.reader()) + ", " + issuer;
    }

    private static String validity(Received certificate) {
        return certificate.reader().notBefore() + " / " + certificate.reader().notAfter();
    }

    private static String usage(Received certificate, Purpose purpose) throws TlsException {
        List<String> keyUsage = certificate.reader().mayAuthenticate()
                        && certificate.reader().keyUsage().isPresent()
                ? List.of("digitalSignature")
                : List.of();
        return Stream.concat(Stream.of(purpose.rfcName()), keyUsage.stream()).collect(Collectors.joining(", "));
    }

    private static String authority(Received certificate) throws TlsException {
        int pathLength = certificate.x509().getBasicConstraints();
        String constraint = pathLength == Integer.MAX_VALUE ? "cA" : "cA, pathLenConstraint " + pathLength;
        return certificate.reader().keyUsage().isPresent() ? constraint + ", keyCertSign" : constraint;
    }
}
