package dev.akushu.tls.identity;

import dev.akushu.tls.SignatureScheme;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    private static final Map<String, SignatureScheme> SCHEMES = Map.ofEntries(
            Map.entry("1.2.840.113549.1.1.5", SignatureScheme.RSA_PKCS1_SHA1),
            Map.entry("1.2.840.113549.1.1.11", SignatureScheme.RSA_PKCS1_SHA256),
            Map.entry("1.2.840.113549.1.1.12", SignatureScheme.RSA_PKCS1_SHA384),
            Map.entry("1.2.840.113549.1.1.13", SignatureScheme.RSA_PKCS1_SHA512),
            Map.entry("1.2.840.10045.4.1", SignatureScheme.ECDSA_SHA1),
            Map.entry("1.2.840.10045.4.3.2", SignatureScheme.ECDSA_SECP256R1_SHA256),
            Map.entry("1.2.840.10045.4.3.3", SignatureScheme.ECDSA_SECP384R1_SHA384),
            Map.entry("1.2.840.10045.4.3.4", SignatureScheme.ECDSA_SECP521R1_SHA512),
            Map.entry(KeyKind.ED25519, SignatureScheme.ED25519),
            Map.entry(KeyKind.ED448, SignatureScheme.ED448),
            Map.entry(KeyKind.MLDSA44, SignatureScheme.MLDSA44),
            Map.entry(KeyKind.MLDSA65, SignatureScheme.MLDSA65),
            Map.entry(KeyKind.MLDSA87, SignatureScheme.MLDSA87));

    private static final Map<String, String> ECDSA_HASHES = Map.of(
            "1.2.840.10045.4.3.2", "SHA-256",
            "1.2.840.10045.4.3.3", "SHA-384",
            "1.2.840.10045.4.3.4", "SHA-512");

    private static final Map<String, String> HASHES = Map.of(
            PssParameters.SHA1, "SHA-1",
            PssParameters.SHA256, "SHA-256",
            PssParameters.SHA384, "SHA-384",
            PssParameters.SHA512, "SHA-512");

    private CertificateSignatures() {}

    /** The name of the algorithm as the RFCs spell it, or its object identifier. */
    static String name(CertificateReader certificate) {
        return name(certificate.signatureAlgorithm(), parameters(certificate));
    }

    /** The same of an algorithm with its parameters in DER, which may be null or empty for none. */
    static String name(String identifier, byte @Nullable [] parameters) {
        if (identifier.equals(RSASSA_PSS)) {
            String hash = pssHash(parameters);
            return "RSASSA-PSS with " + HASHES.getOrDefault(hash, hash);
        }
        return ACCEPTED.getOrDefault(identifier, REFUSED.getOrDefault(identifier, identifier));
    }

    static boolean isAccepted(CertificateReader certificate) {
        return isAccepted(certificate.signatureAlgorithm(), parameters(certificate));
    }

    /** The same of an algorithm with its parameters in DER, which may be null or empty for none. */
    static boolean isAccepted(String identifier, byte @Nullable [] parameters) {
        if (!identifier.equals(RSASSA_PSS)) {
            return ACCEPTED.containsKey(identifier);
        }
        String hash = pssHash(parameters);
        return HASHES.containsKey(hash) && !hash.equals(PssParameters.SHA1);
    }

    /** Whether it is by a hash or an algorithm that RFC 9846 section 4.3.3 has given up: SHA-1 and what is older, SHA-224, DSA. */
    static boolean isDeprecated(CertificateReader certificate) {
        String identifier = certificate.signatureAlgorithm();
        return identifier.equals(RSASSA_PSS)
                ? pssHash(parameters(certificate)).equals(PssParameters.SHA1)
                : REFUSED.containsKey(identifier);
    }

    /**
     * The schemes of signature_algorithms_cert that allow the signature. The curve of the issuer's key, which a scheme of
     * ECDSA names too, and the kind of its RSA key do not stand in the certificate: any will do.
     */
    static List<SignatureScheme> schemes(CertificateReader certificate) {
        String identifier = certificate.signatureAlgorithm();
        if (identifier.equals(RSASSA_PSS)) {
            return switch (pssHash(parameters(certificate))) {
                case PssParameters.SHA256 ->
                    List.of(SignatureScheme.RSA_PSS_RSAE_SHA256, SignatureScheme.RSA_PSS_PSS_SHA256);
                case PssParameters.SHA384 ->
                    List.of(SignatureScheme.RSA_PSS_RSAE_SHA384, SignatureScheme.RSA_PSS_PSS_SHA384);
                case PssParameters.SHA512 ->
                    List.of(SignatureScheme.RSA_PSS_RSAE_SHA512, SignatureScheme.RSA_PSS_PSS_SHA512);
                default -> List.of();
            };
        }
        SignatureScheme scheme = SCHEMES.get(identifier);
        return scheme == null ? List.of() : List.of(scheme);
    }

    /**
     * The scheme of TLS that is the algorithm with the issuer's key, or null: RSASSA-PSS has several. For ECDSA it is that of the key's curve, which the algorithm does not name; its hash may
     * be another one ({@link #otherHash}).
     */
    static @Nullable SignatureScheme scheme(String identifier, PublicKey key) {
        if (ECDSA_HASHES.containsKey(identifier) && key instanceof ECKey ec) {
            return switch (ec.getParams().getOrder().bitLength()) {
                case 256 -> SignatureScheme.ECDSA_SECP256R1_SHA256;
                case 384 -> SignatureScheme.ECDSA_SECP384R1_SHA384;
                case 521 -> SignatureScheme.ECDSA_SECP521R1_SHA512;
                default -> null;
            };
        }
        return SCHEMES.get(identifier);
    }

    /** The hash of the algorithm, which is ECDSA, in the names of MessageDigest, if it is another than that of {@code scheme}; else null. */
    static @Nullable String otherHash(String identifier, SignatureScheme scheme) {
        return scheme.equals(SCHEMES.get(identifier)) ? null : ECDSA_HASHES.get(identifier);
    }

    /** Whether the signature is by ECDSA, and so an ECDSA-Sig-Value. */
    static boolean isEcdsa(CertificateReader certificate) {
        return certificate.signatureAlgorithm().startsWith("1.2.840.10045.4.");
    }

    private static byte[] parameters(CertificateReader certificate) {
        try {
            DerReader algorithm = DerReader.of(
                            certificate.signatureAlgorithmIdentifier().toArray())
                    .enter(DerReader.SEQUENCE, "signature");
            algorithm.objectIdentifier("signature");
            return algorithm.rest().toArray();
        } catch (DerException e) {
            throw new IllegalStateException("the certificate was read before", e);
        }
    }

    /**
     * The object identifier of the hash, or a few words if the parameters cannot be read or name two different hashes.
     */
    private static String pssHash(byte @Nullable [] der) {
        try {
            PssParameters parameters = PssParameters.read(DerReader.of(der == null ? new byte[0] : der));
            return parameters.hash().equals(parameters.maskHash()) ? parameters.hash() : "two different hashes";
        } catch (DerException _) {
            return "malformed parameters";
        }
    }
}
