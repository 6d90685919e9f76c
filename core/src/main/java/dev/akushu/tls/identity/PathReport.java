package dev.akushu.tls.identity;

import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.ReceivedChain.Received;

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
        boolean isSaid = certificate.reader().keyUsage().isPresent()
                && certificate.reader().mayAuthenticate();
        return isSaid ? purpose.rfcName() + ", digitalSignature" : purpose.rfcName();
    }

    static String authority(Received certificate) throws TlsException {
        int pathLength = certificate.x509().getBasicConstraints();
        String constraint = pathLength == Integer.MAX_VALUE ? "cA" : "cA, pathLenConstraint " + pathLength;
        return certificate.reader().keyUsage().isPresent() ? constraint + ", keyCertSign" : constraint;
    }
}
