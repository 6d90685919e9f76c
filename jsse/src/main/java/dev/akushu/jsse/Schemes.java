package dev.akushu.jsse;

import dev.akushu.tls.SignatureScheme;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Signature schemes in the words of JCA and JSSE. */
final class Schemes {
    private static final Map<SignatureScheme, String> ALGORITHMS = Map.ofEntries(
            Map.entry(SignatureScheme.RSA_PKCS1_SHA256, "SHA256withRSA"),
            Map.entry(SignatureScheme.RSA_PKCS1_SHA384, "SHA384withRSA"),
            Map.entry(SignatureScheme.RSA_PKCS1_SHA512, "SHA512withRSA"),
            Map.entry(SignatureScheme.ECDSA_SECP256R1_SHA256, "SHA256withECDSA"),
            Map.entry(SignatureScheme.ECDSA_SECP384R1_SHA384, "SHA384withECDSA"),
            Map.entry(SignatureScheme.ECDSA_SECP521R1_SHA512, "SHA512withECDSA"),
            Map.entry(SignatureScheme.RSA_PSS_RSAE_SHA256, "RSASSA-PSS"),
            Map.entry(SignatureScheme.RSA_PSS_RSAE_SHA384, "RSASSA-PSS"),
            Map.entry(SignatureScheme.RSA_PSS_RSAE_SHA512, "RSASSA-PSS"),
            Map.entry(SignatureScheme.RSA_PSS_PSS_SHA256, "RSASSA-PSS"),
            Map.entry(SignatureScheme.RSA_PSS_PSS_SHA384, "RSASSA-PSS"),
            Map.entry(SignatureScheme.RSA_PSS_PSS_SHA512, "RSASSA-PSS"),
            Map.entry(SignatureScheme.ED25519, "Ed25519"),
            Map.entry(SignatureScheme.ED448, "Ed448"),
            Map.entry(SignatureScheme.MLDSA44, "ML-DSA-44"),
            Map.entry(SignatureScheme.MLDSA65, "ML-DSA-65"),
            Map.entry(SignatureScheme.MLDSA87, "ML-DSA-87"));

    private static final Map<SignatureScheme, String> KEY_TYPES = Map.ofEntries(
            Map.entry(SignatureScheme.ECDSA_SECP256R1_SHA256, "EC"),
            Map.entry(SignatureScheme.ECDSA_SECP384R1_SHA384, "EC"),
            Map.entry(SignatureScheme.ECDSA_SECP521R1_SHA512, "EC"),
            Map.entry(SignatureScheme.RSA_PSS_RSAE_SHA256, "RSA"),
            Map.entry(SignatureScheme.RSA_PSS_RSAE_SHA384, "RSA"),
            Map.entry(SignatureScheme.RSA_PSS_RSAE_SHA512, "RSA"),
            Map.entry(SignatureScheme.RSA_PSS_PSS_SHA256, "RSASSA-PSS"),
            Map.entry(SignatureScheme.RSA_PSS_PSS_SHA384, "RSASSA-PSS"),
            Map.entry(SignatureScheme.RSA_PSS_PSS_SHA512, "RSASSA-PSS"),
            Map.entry(SignatureScheme.ED25519, "EdDSA"),
            Map.entry(SignatureScheme.ED448, "EdDSA"),
            Map.entry(SignatureScheme.MLDSA44, "ML-DSA"),
            Map.entry(SignatureScheme.MLDSA65, "ML-DSA"),
            Map.entry(SignatureScheme.MLDSA87, "ML-DSA"));

    private Schemes() {}

    /** The JCA names of the signatures, each once, as trust and key managers compare them. */
    static String[] algorithms(List<SignatureScheme> schemes) {
        return schemes.stream()
                .map(ALGORITHMS::get)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(String[]::new);
    }

    /** The key types to ask a key manager for, in the order of {@code schemes}. */
    static List<String> keyTypes(List<SignatureScheme> schemes) {
        return schemes.stream()
                .map(KEY_TYPES::get)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
