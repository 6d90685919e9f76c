package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** The certificates that are trusted without proof, indexed by subject once. Immutable. */
final class TrustAnchors {
    /** More names than this would only bloat a CertificateRequest; peers then choose by themselves. */
    private static final int MOST_AUTHORITIES = 30;

    private final Map<X500Principal, List<Anchor>> bySubject;
    private final Map<Bytes, Anchor> byEncoding;
    private final String store;
    private final Bytes fingerprint;

    private TrustAnchors(Map<X500Principal, List<Anchor>> bySubject, Map<Bytes, Anchor> byEncoding, String store) {
        this.bySubject = bySubject;
        this.byEncoding = byEncoding;
        this.store = store;
        this.fingerprint = fingerprint(byEncoding.keySet());
    }

    /** The set called {@code store}; the same certificate twice counts once. */
    static TrustAnchors of(Collection<X509Certificate> certificates, String store) {
        Map<X500Principal, List<Anchor>> bySubject = new HashMap<>();
        Map<Bytes, Anchor> byEncoding = new HashMap<>();
        for (X509Certificate certificate : new LinkedHashSet<>(certificates)) {
            X500Principal subject = certificate.getSubjectX500Principal();
            Anchor anchor = new Anchor(certificate, DistinguishedName.text(Bytes.wrap(subject.getEncoded())));
            bySubject.computeIfAbsent(subject, _ -> new ArrayList<>()).add(anchor);
            byEncoding.put(encoded(certificate), anchor);
        }
        bySubject.replaceAll((_, anchors) -> List.copyOf(anchors));
        return new TrustAnchors(Map.copyOf(bySubject), Map.copyOf(byEncoding), store);
    }

    /** How texts call the set. */
    String store() {
        return store;
    }

    int size() {
        return byEncoding.size();
    }

    /** The anchors by the name of the issuer of {@code certificate}, the likeliest first. */
    List<Anchor> issuersOf(X509Certificate certificate) {
        List<Anchor> issuers = bySubject.getOrDefault(certificate.getIssuerX500Principal(), List.of());
        if (issuers.size() <= 1) {
            return issuers;
        }
        return issuers.stream()
                .sorted(Comparator.comparing(anchor -> !KeyIdentifiers.mayMatch(certificate, anchor.certificate())))
                .toList();
    }

    /** The anchor that is this very certificate. */
    Optional<Anchor> same(Bytes der) {
        return Optional.ofNullable(byEncoding.get(der));
    }

    /** The distinguished names in DER; none if there are many. */
    List<Bytes> authorities() {
        if (bySubject.size() > MOST_AUTHORITIES) {
            return List.of();
        }
        return bySubject.keySet().stream()
                .map(subject -> Bytes.wrap(subject.getEncoded()))
                .sorted(Comparator.comparing(Bytes::hex))
                .toList();
    }

    /** SHA-256 over all certificates, whatever their order. */
    Bytes fingerprint() {
        return fingerprint;
    }

    private static Bytes fingerprint(Collection<Bytes> certificates) {
        MessageDigest digest = Sha256.fresh();
        certificates.stream()
                .map(Bytes::hex)
                .sorted()
                .forEach(hex -> digest.update(hex.getBytes(StandardCharsets.US_ASCII)));
        return Bytes.wrap(digest.digest());
    }

    private static Bytes encoded(X509Certificate certificate) {
        try {
            return Bytes.wrap(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("cannot encode " + certificate.getSubjectX500Principal(), e);
        }
    }

    /**
     * One anchor.
     *
     * @param certificate as the application gave it
     * @param subject its name for people
     */
    record Anchor(X509Certificate certificate, String subject) {
        /** Version 1 has no extensions to say so; whoever made it an anchor did. */
        boolean mayIssue() {
            if (certificate.getVersion() < 3) {
                return true;
            }
            boolean maySign = keyUsage()
                    .map(bits -> (bits & CertificateReader.KEY_CERT_SIGN) != 0)
                    .orElse(true);
            return certificate.getBasicConstraints() >= 0 && maySign;
        }

        /** The bits of keyUsage, the first the lowest; empty without the extension. */
        Optional<Integer> keyUsage() {
            boolean[] usage = certificate.getKeyUsage();
            if (usage == null) {
                return Optional.empty();
            }
            int bits = 0;
            for (int i = 0; i < usage.length; i++) {
                bits |= usage[i] ? 1 << i : 0;
            }
            return Optional.of(bits);
        }

        /** How many certificates of other CAs may be below it. */
        int pathLengthConstraint() {
            return certificate.getBasicConstraints() < 0 ? Integer.MAX_VALUE : certificate.getBasicConstraints();
        }

        /** The value of its extension, in DER. */
        Optional<Bytes> nameConstraints() {
            return Extensions.value(certificate, NameConstraints.OBJECT_IDENTIFIER);
        }
    }
}
