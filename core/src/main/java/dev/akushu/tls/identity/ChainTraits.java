package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a peer may have wishes about in a chain of our own.
 *
 * @param issuers the distinguished names (DER) of all issuers in it
 * @param signatures for each certificate that is not self-signed, the schemes that its signature counts as; empty if it
 *     is by an algorithm that has none, or if the certificate cannot be read
 * @param deprecated whether one of those signatures is by SHA-1 or by something older still
 */
public record ChainTraits(List<Bytes> issuers, List<List<SignatureScheme>> signatures, boolean deprecated) {
    /** Reads {@code chain}, in DER. Only what was asked for is read of it: a peer decides whether the rest is of use. */
    public static ChainTraits of(List<Bytes> chain) {
        List<Bytes> issuers = new ArrayList<>();
        List<List<SignatureScheme>> signatures = new ArrayList<>();
        boolean deprecated = false;
        for (Bytes der : chain) {
            try {
                CertificateReader certificate = CertificateReader.of(der);
                issuers.add(certificate.issuer());
                // RFC 9846 4.5.1.3: signatures of what is self-signed are not verified, so any will do.
                if (!certificate.isSelfIssued()) {
                    signatures.add(CertificateSignatures.schemes(certificate));
                    deprecated |= CertificateSignatures.isDeprecated(certificate);
                }
            } catch (TlsException _) {
                signatures.add(List.of());
            }
        }
        return new ChainTraits(List.copyOf(issuers), List.copyOf(signatures), deprecated);
    }

    /** Whether one of {@code authorities} issued one of the certificates; true too if none is named. RFC 9846 section 4.3.4. */
    public boolean leadsToOneOf(List<Bytes> authorities) {
        return authorities.isEmpty() || issuers.stream().anyMatch(authorities::contains);
    }

    /** Whether all signatures are by one of {@code schemes}. RFC 9846 section 4.5.1.2. */
    public boolean isSignedBy(List<SignatureScheme> schemes) {
        return signatures.stream().allMatch(counts -> counts.stream().anyMatch(schemes::contains));
    }

    /**
     * Whether a server may show the chain to a client that accepts {@code schemes}. RFC 9846 section 4.5.1.2: one that the
     * client cannot verify is better than none, but not one by SHA-1.
     */
    public boolean mayBeShown(List<SignatureScheme> schemes) {
        return !deprecated || isSignedBy(schemes);
    }
}
