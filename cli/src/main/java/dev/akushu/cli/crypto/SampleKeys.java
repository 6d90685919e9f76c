package dev.akushu.cli.crypto;

import dev.akushu.tls.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.HashMap;
import java.util.Map;

/** Keys of the JDK to sign with, each made once. RSA keys have 2048 bits. */
final class SampleKeys {
    private final Map<String, KeyPair> made = new HashMap<>();

    /** A key for {@code scheme}. */
    KeyPair of(SignatureScheme scheme) throws GeneralSecurityException {
        String type = type(scheme);
        KeyPair known = made.get(type);
        if (known != null) {
            return known;
        }
        KeyPair pair = generate(type);
        made.put(type, pair);
        return pair;
    }

    /** A curve or what the JCA calls the algorithm. */
    private static String type(SignatureScheme scheme) {
        String name = scheme.toString();
        if (name.startsWith("ecdsa_")) {
            return name.split("_", -1)[1];
        }
        if (name.startsWith("rsa_")) {
            return name.startsWith("rsa_pss_pss") ? "RSASSA-PSS" : "RSA";
        }
        return name.startsWith("mldsa") ? "ML-DSA-" + name.substring("mldsa".length()) : name;
    }

    private static KeyPair generate(String type) throws GeneralSecurityException {
        if (type.startsWith("secp")) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(type));
            return generator.generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        if (type.startsWith("RSA")) {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }
}
