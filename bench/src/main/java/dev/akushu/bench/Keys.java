package dev.akushu.bench;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Keys and signatures that everybody is measured with: the JDK's own objects, made by SunEC. */
final class Keys {
    /** More than anybody keeps in a cache. */
    static final int MANY = 4096;

    /** As long as what a CertificateVerify signs. RFC 9846 section 4.5.3. */
    static final byte[] MESSAGE = new byte[130];

    private Keys() {}

    static KeyPair pair(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm, "SunEC").generateKeyPair();
    }

    static KeyPair ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    static byte[] signature(String algorithm, KeyPair pair) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(algorithm, "SunEC");
        signer.initSign(pair.getPrivate());
        signer.update(MESSAGE);
        return signer.sign();
    }

    /** A key of P-256 and its signature. */
    static Signed p256() throws GeneralSecurityException {
        KeyPair pair = ec("secp256r1");
        return new Signed(pair.getPublic(), signature("SHA256withECDSA", pair));
    }

    /** Many keys, each with its signature of {@link #MESSAGE}. */
    static List<Signed> many(String algorithm, String curve) throws GeneralSecurityException {
        List<Signed> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            KeyPair pair = ec(curve);
            all.add(new Signed(pair.getPublic(), signature(algorithm, pair)));
        }
        return all;
    }

    /**
     * A key and what it signed.
     *
     * @param signature in DER
     */
    record Signed(PublicKey key, byte[] signature) {
        /** As two words in hexadecimal, for the command line of another JVM. */
        List<String> words() {
            HexFormat hex = HexFormat.of();
            return List.of(hex.formatHex(key.getEncoded()), hex.formatHex(signature));
        }

        static Signed of(String key, String signature) throws GeneralSecurityException {
            HexFormat hex = HexFormat.of();
            KeyFactory factory = KeyFactory.getInstance("EC", "SunEC");
            return new Signed(
                    factory.generatePublic(new X509EncodedKeySpec(hex.parseHex(key))), hex.parseHex(signature));
        }
    }
}
