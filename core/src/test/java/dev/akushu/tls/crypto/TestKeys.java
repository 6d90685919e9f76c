package dev.akushu.tls.crypto;

import dev.akushu.tls.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Key pairs for the signature schemes, each made once. */
final class TestKeys {
    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

    private TestKeys() {}

    /** The type of key that {@code scheme} wants; schemes with the same type share their keys. */
    static String type(SignatureScheme scheme) {
        String name = scheme.toString();
        if (name.startsWith("rsa_pss_pss")) {
            return "RSASSA-PSS";
        }
        if (name.startsWith("rsa")) {
            return "RSA";
        }
        if (name.startsWith("ecdsa")) {
            return name.substring("ecdsa_".length(), name.lastIndexOf('_'));
        }
        return name.startsWith("mldsa") ? "ML-DSA-" + name.substring("mldsa".length()) : name;
    }

    /** The key pair for {@code scheme}. */
    static KeyPair of(SignatureScheme scheme) {
        return PAIRS.computeIfAbsent(type(scheme), TestKeys::generate);
    }

    /** Another key pair for {@code scheme}. */
    static KeyPair another(SignatureScheme scheme) {
        return PAIRS.computeIfAbsent(type(scheme) + " again", again -> generate(type(scheme)));
    }

    /** A key of type RSASSA-PSS whose parameters bind it to one hash and one salt length. */
    static KeyPair restrictedPss(String hash, String mgf1Hash, int saltLength) {
        PSSParameterSpec parameters =
                new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(mgf1Hash), saltLength, 1);
        return generate("RSASSA-PSS", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4, parameters));
    }

    /** A key of type rsaEncryption with a modulus of {@code bits}. */
    static KeyPair rsa(int bits) {
        return generate("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
    }

    private static KeyPair generate(String type) {
        if (type.startsWith("secp")) {
            return generate("EC", new ECGenParameterSpec(type));
        }
        if (type.startsWith("RSA")) {
            return generate(type, new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
        }
        try {
            return KeyPairGenerator.getInstance(type).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair generate(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
