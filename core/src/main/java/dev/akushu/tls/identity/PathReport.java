package dev.akushu.tls.identity;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.ReceivedChain.Received;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The details of checks that have passed. They are values, not sentences. */
final class PathReport {
    private PathReport() {}

    static String signature(CandidatePath path, int index) {
        return CertificateSignatures.name(path.certificates().get(index).reader()) + ", " + path.issuerOf(index);
    }

    static String validity(Received certificate) {
        return certificate.reader().notBefore() + " / " + certificate.reader().notAfter();
    }

    static String usage(Received certificate, Purpose purpose) throws TlsException {
        List<String> keyUsage = certificate.reader().mayAuthenticate()
                        && certificate.reader().keyUsage().isPresent()
                ? List.of("digitalSignature")
                : List.of();
        return Stream.concat(Stream.of(purpose.rfcName()), keyUsage.stream()).collect(Collectors.joining(", "));
    }

    static String authority(Received certificate) throws TlsException {
        int pathLength = certificate.x509().getBasicConstraints();
        String constraint = pathLength == Integer.MAX_VALUE ? "cA" : "cA, pathLenConstraint " + pathLength;
        return certificate.reader().keyUsage().isPresent() ? constraint + ", keyCertSign" : constraint;
    }
}
