package dev.akushu.tls.identity;

import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the AlgorithmIdentifier of a SubjectPublicKeyInfo says about the key.
 *
 * @param name as people call it, for RSA without the size
 * @param keyFactory the JCA name of its KeyFactory
 * @param schemes what it signs with, for RSA whatever the modulus; the cheapest first
 */
record KeyKind(String name, String keyFactory, List<SignatureScheme> schemes) {
    static final String RSA = "1.2.840.113549.1.1.1";
    static final String RSASSA_PSS = "1.2.840.113549.1.1.10";
    static final String EC = "1.2.840.10045.2.1";
    static final String ED25519 = "1.3.101.112";
    static final String ED448 = "1.3.101.113";
    static final String MLDSA44 = "2.16.840.1.101.3.4.3.17";
    static final String MLDSA65 = "2.16.840.1.101.3.4.3.18";
    static final String MLDSA87 = "2.16.840.1.101.3.4.3.19";

    /**
     * Reads a SubjectPublicKeyInfo: its form, its algorithm with parameters, and that the key has the length or shape
     * it must have.
     */
    static KeyKind read(DerReader in) throws DerException, TlsException {
        DerReader info = in.enter(DerReader.SEQUENCE, "SubjectPublicKeyInfo");
        in.expectEnd("SubjectPublicKeyInfo");
        DerReader algorithm = info.enter(DerReader.SEQUENCE, "algorithm");
        int keyOffset = info.position();
        int keyLength = info.octetsInBitString("subjectPublicKey").length();
        info.expectEnd("SubjectPublicKeyInfo");
        String identifier = algorithm.objectIdentifier("algorithm");
        KeyKind kind = of(identifier, algorithm);
        algorithm.expectEnd("algorithm");
        int expected = keyLength(identifier);
        if (expected != 0 && keyLength != expected) {
            throw new DerException(keyOffset, kind.name() + " keys have " + expected + " bytes, not " + keyLength);
        }
        return kind;
    }

    /** Length of the hash of an RSA scheme in bytes. */
    static int digestLength(SignatureScheme scheme) {
        return switch (scheme.code() & 0xff) {
            case 0x04, 0x09 -> 32;
            case 0x05, 0x0a -> 48;
            default -> 64;
        };
    }

    private static KeyKind of(String identifier, DerReader parameters) throws DerException, TlsException {
        return switch (identifier) {
            case RSA -> rsa(parameters);
            case RSASSA_PSS -> rsassaPss(parameters);
            case EC -> ec(parameters.objectIdentifier("namedCurve"));
            case ED25519 -> new KeyKind("Ed25519", "Ed25519", List.of(SignatureScheme.ED25519));
            case ED448 -> new KeyKind("Ed448", "Ed448", List.of(SignatureScheme.ED448));
            case MLDSA44 -> new KeyKind("ML-DSA-44", "ML-DSA-44", List.of(SignatureScheme.MLDSA44));
            case MLDSA65 -> new KeyKind("ML-DSA-65", "ML-DSA-65", List.of(SignatureScheme.MLDSA65));
            case MLDSA87 -> new KeyKind("ML-DSA-87", "ML-DSA-87", List.of(SignatureScheme.MLDSA87));
            case "1.2.840.10040.4.1" -> throw Problem.CERTIFICATE_KEY_UNSUPPORTED.with("DSA");
            default -> throw Problem.CERTIFICATE_KEY_UNSUPPORTED.with(identifier);
        };
    }

    private static KeyKind rsa(DerReader parameters) throws DerException {
        // RFC 3279 2.3.1: NULL, and nothing else.
        parameters.nullValue("parameters of rsaEncryption");
        return new KeyKind(
                "RSA",
                "RSA",
                List.of(
                        SignatureScheme.RSA_PSS_RSAE_SHA256,
                        SignatureScheme.RSA_PSS_RSAE_SHA384,
                        SignatureScheme.RSA_PSS_RSAE_SHA512));
    }

    private static KeyKind rsassaPss(DerReader parameters) throws DerException {
        List<SignatureScheme> schemes = List.of(
                SignatureScheme.RSA_PSS_PSS_SHA256,
                SignatureScheme.RSA_PSS_PSS_SHA384,
                SignatureScheme.RSA_PSS_PSS_SHA512);
        // RFC 4055 1.2: a key without parameters may sign with any.
        return new KeyKind(
                "RSASSA-PSS",
                "RSASSA-PSS",
                parameters.hasMore() ? allowed(schemes, PssParameters.read(parameters)) : schemes);
    }

    private static List<SignatureScheme> allowed(List<SignatureScheme> schemes, PssParameters parameters) {
        List<String> digests = List.of(PssParameters.SHA256, PssParameters.SHA384, PssParameters.SHA512);
        List<SignatureScheme> allowed = new ArrayList<>();
        for (int i = 0; i < schemes.size(); i++) {
            if (parameters.allow(digests.get(i), digestLength(schemes.get(i)))) {
                allowed.add(schemes.get(i));
            }
        }
        return List.copyOf(allowed);
    }

    private static KeyKind ec(String curve) throws TlsException {
        return switch (curve) {
            case "1.2.840.10045.3.1.7" ->
                new KeyKind("EC P-256", "EC", List.of(SignatureScheme.ECDSA_SECP256R1_SHA256));
            case "1.3.132.0.34" -> new KeyKind("EC P-384", "EC", List.of(SignatureScheme.ECDSA_SECP384R1_SHA384));
            case "1.3.132.0.35" -> new KeyKind("EC P-521", "EC", List.of(SignatureScheme.ECDSA_SECP521R1_SHA512));
            default -> throw Problem.CERTIFICATE_KEY_UNSUPPORTED.with("EC on the curve " + curve);
        };
    }

    /** The one length in bytes that keys of this algorithm have, or 0 where its own encoding says it. */
    private static int keyLength(String identifier) {
        return switch (identifier) {
            case ED25519 -> 32;
            case ED448 -> 57;
            case MLDSA44 -> 1312;
            case MLDSA65 -> 1952;
            case MLDSA87 -> 2592;
            default -> 0;
        };
    }
}
