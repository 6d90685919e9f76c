package dev.akushu.tls.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.concurrent.ConcurrentHashMap;

/** Kinds of keys for certificates in tests. */
public enum TestKey {
    P256("EC", "SHA256withECDSA"),
    P384("EC", "SHA384withECDSA"),
    P521("EC", "SHA512withECDSA"),
    RSA_1024("RSA", "SHA256withRSA"),
    RSA_2048("RSA", "SHA256withRSA"),
    RSA_PSS("RSASSA-PSS", "RSASSA-PSS"),
    RSA_PSS_SHA256_ONLY("RSASSA-PSS", "RSASSA-PSS"),
    ED25519("Ed25519", "Ed25519"),
    ED448("Ed448", "Ed448"),
    ML_DSA_65("ML-DSA", "ML-DSA-65");

    // Keys are costly, RSA above all, and no test needs one that no other test has seen.
    private static final ConcurrentHashMap<TestKey, KeyPair> SHARED = new ConcurrentHashMap<>();

    private final String generator;
    private final String signature;

    TestKey(String generator, String signature) {
        this.generator = generator;
        this.signature = signature;
    }

    /** A key pair that others use too. */
    public KeyPair shared() {
        return SHARED.computeIfAbsent(this, TestKey::fresh);
    }

    /** A key pair that nobody else has. */
    public KeyPair fresh() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance(generator);
            keys.initialize(parameters());
            return keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The algorithm that an issuer with such a key signs certificates with. */
    public String signature() {
        return signature;
    }

    private AlgorithmParameterSpec parameters() {
        return switch (this) {
            case P256 -> new ECGenParameterSpec("secp256r1");
            case P384 -> new ECGenParameterSpec("secp384r1");
            case P521 -> new ECGenParameterSpec("secp521r1");
            case RSA_1024 -> rsa(1024);
            case RSA_2048, RSA_PSS -> rsa(2048);
            case RSA_PSS_SHA256_ONLY -> sha256Only();
            case ED25519 -> NamedParameterSpec.ED25519;
            case ED448 -> NamedParameterSpec.ED448;
            case ML_DSA_65 -> NamedParameterSpec.ML_DSA_65;
        };
    }

    private static RSAKeyGenParameterSpec rsa(int bits) {
        return new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4);
    }

    private static RSAKeyGenParameterSpec sha256Only() {
        return new RSAKeyGenParameterSpec(
                2048,
                RSAKeyGenParameterSpec.F4,
                new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
}
