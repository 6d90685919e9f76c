package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.util.Map;

/**
 * The algorithms that certificates are signed with: their names, and which are accepted. RFC 9846 section 4.5.1.3
 * forbids MD5 and recommends to refuse SHA-1; what is not known here is refused with them.
 */
final class CertificateSignatures {
    private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";

    private static final Map<String, String> ACCEPTED = Map.ofEntries(
            Map.entry("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
            Map.entry("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
            Map.entry("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
            Map.entry("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
            Map.entry("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
            Map.entry(KeyKind.ED25519, "Ed25519"),
            Map.entry(KeyKind.ED448, "Ed448"),
            Map.entry(KeyKind.MLDSA44, "ML-DSA-44"),
            Map.entry(KeyKind.MLDSA65, "ML-DSA-65"),
            Map.entry(KeyKind.MLDSA87, "ML-DSA-87"));

    private static final Map<String, String> REFUSED = Map.of(
            "1.2.840.113549.1.1.2", "md2WithRSAEncryption",
            "1.2.840.113549.1.1.4", "md5WithRSAEncryption",
            "1.2.840.113549.1.1.5", "sha1WithRSAEncryption",
            "1.2.840.113549.1.1.14", "sha224WithRSAEncryption",
            "1.2.840.10045.4.1", "ecdsa-with-SHA1",
            "1.2.840.10045.4.3.1", "ecdsa-with-SHA224",
            "1.2.840.10040.4.3", "dsa-with-sha1",
            "2.16.840.1.101.3.4.3.2", "dsa-with-sha256");

    private static final Map<String, String> HASHES = Map.of(
            PssParameters.SHA1, "SHA-1",
            PssParameters.SHA256, "SHA-256",
            PssParameters.SHA384, "SHA-384",
            PssParameters.SHA512, "SHA-512");

    private CertificateSignatures() {}

    /** The name of the algorithm as the RFCs spell it, or its object identifier. */
    static String name(CertificateReader certificate) {
        String identifier = certificate.signatureAlgorithm();
        if (identifier.equals(RSASSA_PSS)) {
            String hash = pssHash(certificate.signatureAlgorithmIdentifier());
            return "RSASSA-PSS with " + HASHES.getOrDefault(hash, hash);
        }
        return ACCEPTED.getOrDefault(identifier, REFUSED.getOrDefault(identifier, identifier));
    }

    static boolean isAccepted(CertificateReader certificate) {
        if (!certificate.signatureAlgorithm().equals(RSASSA_PSS)) {
            return ACCEPTED.containsKey(certificate.signatureAlgorithm());
        }
        String hash = pssHash(certificate.signatureAlgorithmIdentifier());
        return HASHES.containsKey(hash) && !hash.equals(PssParameters.SHA1);
    }

    /**
     * The object identifier of the hash, or a few words if the parameters cannot be read or name two different hashes.
     */
    private static String pssHash(Bytes algorithmIdentifier) {
        try {
            DerReader algorithm = DerReader.of(algorithmIdentifier.toArray()).enter(DerReader.SEQUENCE, "signature");
            algorithm.objectIdentifier("signature");
            PssParameters parameters = PssParameters.read(algorithm);
            return parameters.hash().equals(parameters.maskHash()) ? parameters.hash() : "two different hashes";
        } catch (DerException _) {
            return "malformed parameters";
        }
    }
}
