package dev.akushu.curves;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.Arrays;

/**
 * Keys of the JDK's classes from our octets. The JDK's provider is named, because the one that is asked first may be
 * ours.
 */
final class JdkKeys {
    private static final String JDK = "SunEC";
    private static final byte[] X25519_PREFIX = {0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 3, 0x21, 0};
    private static final byte[] ED25519_PREFIX = {0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0};

    private JdkKeys() {}

    static KeyPair x25519(byte[] secret, byte[] publicKey) {
        return pair(
                "X25519",
                new X509EncodedKeySpec(concat(X25519_PREFIX, publicKey)),
                new XECPrivateKeySpec(NamedParameterSpec.X25519, secret));
    }

    static KeyPair ed25519(byte[] secret, byte[] publicKey) {
        return pair(
                "Ed25519",
                new X509EncodedKeySpec(concat(ED25519_PREFIX, publicKey)),
                new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret));
    }

    static KeyPair ec(EcdsaCurve curve, byte[] secret, byte[] point) {
        int length = curve.length();
        ECPoint w = new ECPoint(new BigInteger(1, point, 1, length), new BigInteger(1, point, 1 + length, length));
        ECParameterSpec parameters = parameters(curve);
        return pair(
                "EC", new ECPublicKeySpec(w, parameters), new ECPrivateKeySpec(new BigInteger(1, secret), parameters));
    }

    private static ECParameterSpec parameters(EcdsaCurve curve) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC", JDK);
            parameters.init(new ECGenParameterSpec(curve.standardName()));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new ProviderException("The JDK does not know " + curve.standardName(), e);
        }
    }

    private static KeyPair pair(String algorithm, KeySpec publicSpec, KeySpec privateSpec) {
        try {
            KeyFactory keys = KeyFactory.getInstance(algorithm, JDK);
            PublicKey publicKey = keys.generatePublic(publicSpec);
            PrivateKey privateKey = keys.generatePrivate(privateSpec);
            return new KeyPair(publicKey, privateKey);
        } catch (GeneralSecurityException e) {
            throw new ProviderException("The JDK does not take a fresh key of " + algorithm, e);
        }
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
