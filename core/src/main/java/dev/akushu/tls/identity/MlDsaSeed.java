package dev.akushu.tls.identity;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * A private key of ML-DSA that is kept as its seed, which RFC 9881 section 6 recommends. FIPS 204 makes a key pair of 32 random bytes, which are the seed, and of nothing else (algorithms 1 and 6): so the JVM's generator, given the seed
 * for random bytes, makes the same key again.
 */
final class MlDsaSeed {
    private static final int LENGTH = 32;

    private MlDsaSeed() {}

    /** The key of this algorithm, such as {@code ML-DSA-65}; {@code seed} stays the caller's to wipe. */
    static PrivateKey expand(Path file, String algorithm, byte[] seed) throws TlsException {
        if (seed.length != LENGTH) {
            throw Problem.PRIVATE_KEY_UNSUPPORTED.with(
                    file.toString(), "its seed has " + seed.length + " bytes, not " + LENGTH);
        }
        SeedAlone random = new SeedAlone(seed.clone());
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("ML-DSA");
            generator.initialize(new NamedParameterSpec(algorithm), random);
            PrivateKey key = generator.generateKeyPair().getPrivate();
            random.requireUsed();
            return key;
        } catch (GeneralSecurityException unsuitable) {
            throw Problem.PRIVATE_KEY_UNSUPPORTED.causedBy(
                    unsuitable, file.toString(), "it holds the seed only, which this JVM cannot expand");
        } finally {
            random.wipe();
        }
    }

    /** Gives out the seed, once and as a whole; a generator that wants anything else would make another key. */
    private static final class SeedAlone extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final transient byte[] seed;
        private int asked;
        private boolean whole;

        SeedAlone(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            asked++;
            whole = bytes.length == seed.length;
            System.arraycopy(seed, 0, bytes, 0, Math.min(bytes.length, seed.length));
        }

        void requireUsed() throws GeneralSecurityException {
            if (asked != 1 || !whole) {
                throw new GeneralSecurityException("the generator does not go by a seed of " + LENGTH + " bytes");
            }
        }

        void wipe() {
            Arrays.fill(seed, (byte) 0);
        }
    }
}
