package dev.akushu.tls.identity;

import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.ReceivedChain.Received;
import java.security.PublicKey;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a path that are checked before the JDK's validator: because it does not know them, or would not say
 * precisely which was broken. Signatures and policies are left to it, and {@link NameRules} knows those for names.
 */
final class PathRules {
    /** What NIST SP 800-131A and the CA/Browser Forum ask for since 2014. */
    private static final int LEAST_RSA_BITS = 2048;

    /** The cost of a verification grows with the modulus, and a peer chooses those of the certificates that it sends. */
    private static final int MOST_RSA_BITS = 8192;

    private final CandidatePath path;
    private final CheckProgress progress;
    private final Purpose purpose;
    private final Instant now;
    private final List<SignatureScheme> schemes;

    /**
     * At one moment, against one peer.
     *
     * @param now in whole seconds
     * @param schemes that signatures may be by, empty for all that are not weak
     */
    PathRules(CandidatePath path, CheckProgress progress, Purpose purpose, Instant now, List<SignatureScheme> schemes) {
        this.path = path;
        this.progress = progress;
        this.purpose = purpose;
        this.now = now;
        this.schemes = schemes;
    }

    /**
     * Throws for the first certificate, from the peer's own upwards, that breaks a rule.
     *
     * @param hostName whom the peer has to be, or null if that is not known here
     */
    void check(@Nullable String hostName) throws TlsException {
        for (int i = 0; i < path.certificates().size(); i++) {
            Received certificate = path.certificates().get(i);
            progress.begin(Kind.VALIDITY, i);
            expectValidity(certificate.subject(), certificate.x509());
            progress.passed(Kind.VALIDITY, i, PathReport.validity(certificate));
            progress.begin(Kind.SIGNATURE, i);
            expectStrongKey(certificate.subject(), certificate.x509().getPublicKey());
            expectBearableKey(certificate.subject(), certificate.x509().getPublicKey());
            if (!path.isAnchorItself()) {
                expectStrongSignature(certificate);
                expectAcceptedScheme(certificate);
                expectStrictSignature(certificate);
            }
        }
        for (int i = 1; i < path.certificates().size(); i++) {
            progress.begin(Kind.AUTHORITY, i);
            expectAuthority(path.certificates().get(i));
        }
        checkAnchor();
        checkPathLengths();
        checkNames(hostName);
    }

    /**
     * RFC 5280 leaves an anchor's own fields open, but one that is expired, weak or no CA is none that anybody wants to
     * trust.
     */
    private void checkAnchor() throws TlsException {
        X509Certificate anchor = path.anchor().certificate();
        String subject = path.anchor().subject();
        progress.begin(Kind.TRUST_ANCHOR, progress.anchorIndex());
        // RFC 5280 4.2: what is critical and not understood may be a limit on what the anchor is good for.
        if (anchor.hasUnsupportedCriticalExtension()) {
            throw Problem.CERTIFICATE_PATH_INVALID.with(subject, PathValidator.words(PKIXReason.UNRECOGNIZED_CRIT_EXT));
        }
        if (path.isAnchorItself()) {
            return;
        }
        progress.begin(Kind.VALIDITY, progress.anchorIndex());
        expectValidity(subject, anchor);
        progress.begin(Kind.TRUST_ANCHOR, progress.anchorIndex());
        expectStrongKey(subject, anchor.getPublicKey());
        progress.begin(Kind.AUTHORITY, progress.anchorIndex());
        if (!path.anchor().mayIssue()) {
            throw Problem.NOT_A_CA.with(subject);
        }
    }

    /** RFC 5280 4.2.1.9: certificates that a CA issues to itself do not count, nor does the last one. */
    private void checkPathLengths() throws TlsException {
        List<Received> intermediates = path.intermediates();
        int below = 0;
        for (int i = 0; i < intermediates.size(); i++) {
            progress.begin(Kind.AUTHORITY, i + 1);
            expectLengthWithin(intermediates.get(i).x509().getBasicConstraints(), below);
            below += intermediates.get(i).isSelfIssued() ? 0 : 1;
        }
        progress.begin(Kind.AUTHORITY, progress.anchorIndex());
        expectLengthWithin(path.anchor().pathLengthConstraint(), below);
    }

    /** Whether the issuers may issue for these names, the last of what makes an authority. */
    private void checkNames(@Nullable String hostName) throws TlsException {
        if (!path.isAnchorItself()) {
            NameRules.of(path).check(hostName);
        }
        for (int i = 1; i < path.certificates().size(); i++) {
            progress.passed(
                    Kind.AUTHORITY, i, PathReport.authority(path.certificates().get(i)));
        }
    }

    private void expectLengthWithin(int pathLengthConstraint, int below) throws TlsException {
        if (below > pathLengthConstraint) {
            throw Problem.CERTIFICATE_PATH_INVALID.with(
                    path.intermediates().getFirst().subject(), PathValidator.words(PKIXReason.PATH_TOO_LONG));
        }
    }

    private void expectValidity(String subject, X509Certificate certificate) throws TlsException {
        Instant notBefore = certificate.getNotBefore().toInstant();
        Instant notAfter = certificate.getNotAfter().toInstant();
        if (now.isBefore(notBefore)) {
            throw Problem.CERTIFICATE_NOT_YET_VALID.with(subject, notBefore, now);
        }
        if (now.isAfter(notAfter)) {
            throw Problem.CERTIFICATE_EXPIRED.with(subject, notAfter, now);
        }
        progress.holdsUntil(notAfter);
    }

    private static void expectStrongSignature(Received certificate) throws TlsException {
        if (!CertificateSignatures.isAccepted(certificate.reader())) {
            throw Problem.WEAK_CERTIFICATE.with(
                    certificate.subject(), CertificateSignatures.name(certificate.reader()));
        }
    }

    /** RFC 9846 4.3.3: what the peer was told in signature_algorithms_cert, or in signature_algorithms in its place. */
    private void expectAcceptedScheme(Received certificate) throws TlsException {
        List<SignatureScheme> counts = CertificateSignatures.schemes(certificate.reader());
        if (!schemes.isEmpty() && Collections.disjoint(counts, schemes)) {
            throw Problem.CERTIFICATE_SCHEME_NOT_ACCEPTED.with(
                    certificate.subject(), CertificateSignatures.name(certificate.reader()), schemes);
        }
    }

    /** The JDK takes what is not quite DER for the same signature, so that one certificate could have many encodings. */
    private static void expectStrictSignature(Received certificate) throws TlsException {
        if (!CertificateSignatures.isEcdsa(certificate.reader())) {
            return;
        }
        try {
            DerReader whole = DerReader.of(certificate.reader().signature().toArray());
            DerReader value = whole.enter(DerReader.SEQUENCE, "ECDSA-Sig-Value");
            whole.expectEnd("ECDSA-Sig-Value");
            for (String number : List.of("r", "s")) {
                if (value.integer(number).at(0) >= 0x80) {
                    throw new DerException(0, number + " is negative");
                }
            }
            value.expectEnd("ECDSA-Sig-Value");
        } catch (DerException e) {
            throw Problem.CERTIFICATE_PATH_INVALID.causedBy(
                    e, certificate.subject(), "its signature is not in DER: " + e.reason());
        }
    }

    private static void expectStrongKey(String subject, PublicKey key) throws TlsException {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw Problem.WEAK_CERTIFICATE.with(
                    subject, "RSA " + rsa.getModulus().bitLength() + " bits");
        }
        // Of whatever size: TLS 1.3 has no use for it (RFC 9846 4.3.3), and its signatures are refused as well.
        if (key instanceof DSAKey) {
            throw Problem.WEAK_CERTIFICATE.with(subject, "DSA");
        }
    }

    private static void expectBearableKey(String subject, PublicKey key) throws TlsException {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() > MOST_RSA_BITS) {
            int bits = rsa.getModulus().bitLength();
            throw Problem.CERTIFICATE_PATH_INVALID.with(
                    subject, "its RSA key has " + bits + " bits, and " + MOST_RSA_BITS + " is the limit here");
        }
    }

    private void expectAuthority(Received certificate) throws TlsException {
        CertificateReader reader = certificate.reader();
        boolean maySign = reader.keyUsage()
                .map(bits -> (bits & CertificateReader.KEY_CERT_SIGN) != 0)
                .orElse(true);
        if (!reader.isCertificateAuthority() || !maySign) {
            throw Problem.NOT_A_CA.with(certificate.subject());
        }
        // Not in RFC 5280, but what CAs rely on and other stacks do: an extKeyUsage of a CA limits what it issues.
        expectPurpose(certificate);
    }

    /** Whether the peer's own certificate may be used by a peer of this role. To be called when the path is valid. */
    void checkUsage() throws TlsException {
        progress.begin(Kind.USAGE, 0);
        expectPurpose(path.own());
        CertificateReader reader = path.own().reader();
        if (!reader.mayAuthenticate()) {
            throw Problem.CERTIFICATE_USAGE.with(path.own().subject(), "digitalSignature", reader.keyUsageNames());
        }
        progress.passed(Kind.USAGE, 0, PathReport.usage(path.own(), purpose));
    }

    private void expectPurpose(Received certificate) throws TlsException {
        List<String> purposes = certificate.reader().extendedKeyUsage().orElse(List.of());
        if (!purposes.isEmpty() && !purpose.isIn(purposes)) {
            throw Problem.CERTIFICATE_USAGE.with(certificate.subject(), purpose.rfcName(), Purpose.names(purposes));
        }
    }
}
