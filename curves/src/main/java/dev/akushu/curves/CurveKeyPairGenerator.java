package dev.akushu.curves;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Key pairs of X25519 and Ed25519. Other curves of these families are another provider's. */
final class CurveKeyPairGenerator extends KeyPairGeneratorSpi {
    private final String curve;
    private final Generation generation;
    private @Nullable SecureRandom random;

    private interface Generation {
        KeyPair with(SecureRandom random);
    }

    private CurveKeyPairGenerator(String curve, Generation generation) {
        this.curve = curve;
        this.generation = generation;
    }

    static CurveKeyPairGenerator x25519() {
        return new CurveKeyPairGenerator("X25519", random -> {
            byte[] secret = new byte[X25519.LENGTH];
            byte[] publicKey = new byte[X25519.LENGTH];
            X25519.generate(random, secret, publicKey, 0);
            KeyPair pair = JdkKeys.x25519(secret, publicKey);
            Arrays.fill(secret, (byte) 0);
            return pair;
        });
    }

    static CurveKeyPairGenerator ed25519() {
        return new CurveKeyPairGenerator("Ed25519", random -> {
            byte[] secret = new byte[Ed25519.LENGTH];
            byte[] publicKey = new byte[Ed25519.LENGTH];
            Ed25519.generate(random, secret, publicKey, 0);
            KeyPair pair = JdkKeys.ed25519(secret, publicKey);
            Arrays.fill(secret, (byte) 0);
            return pair;
        });
    }

    @Override
    public void initialize(int bits, @Nullable SecureRandom newRandom) {
        if (bits != 255) {
            throw new InvalidParameterException(curve + " has keys of 255 bits, not " + bits);
        }
        random = newRandom;
    }

    @Override
    public void initialize(AlgorithmParameterSpec parameters, @Nullable SecureRandom newRandom)
            throws InvalidAlgorithmParameterException {
        if (!(parameters instanceof NamedParameterSpec named)
                || !named.getName().equalsIgnoreCase(curve)) {
            throw new InvalidAlgorithmParameterException("Not " + curve + ": " + parameters);
        }
        random = newRandom;
    }

    @Override
    public KeyPair generateKeyPair() {
        return generation.with(DefaultRandom.unless(random));
    }
}
