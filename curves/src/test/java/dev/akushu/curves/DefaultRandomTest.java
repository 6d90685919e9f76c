package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serial;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A random generator is not made for each signature and each key: making one looks through all providers. */
class DefaultRandomTest {
    /** In first place, it makes every {@code new SecureRandom()}, and counts them. */
    private static final class Counting extends Provider {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient AtomicInteger made = new AtomicInteger();

        Counting() {
            super("Counting", "1", "counts random generators");
            putService(new Service(this, "SecureRandom", "Counted", "Counted", null, null) {
                @Override
                public Object newInstance(Object parameter) {
                    made.incrementAndGet();
                    return new Octets();
                }
            });
        }
    }

    private static final class Octets extends SecureRandomSpi {
        @Serial
        private static final long serialVersionUID = 1;

        private final transient java.util.Random random = new java.util.Random(1);

        @Override
        protected void engineSetSeed(byte[] seed) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineNextBytes(byte[] octets) {
            random.nextBytes(octets);
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            throw new UnsupportedOperationException();
        }
    }

    private static void generateAndSign(Provider curves) throws Exception {
        KeyPairGenerator.getInstance("X25519", curves).generateKeyPair();
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC", curves);
        ec.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = ec.generateKeyPair();
        Signature signature = Signature.getInstance("SHA256withECDSA", curves);
        signature.initSign(pair.getPrivate());
        signature.update((byte) 1);
        signature.sign();
    }

    @Test
    void keysAndSignaturesShareOneGenerator() throws Exception {
        Provider curves = new AkushuCurves();
        Counting counting = new Counting();
        Security.insertProviderAt(counting, 1);
        try {
            new SecureRandom();
            // Here the JDK makes the one that it hands to initialize().
            generateAndSign(curves);
            int made = counting.made.get();
            assertThat(made).isPositive();
            for (int i = 0; i < 3; i++) {
                generateAndSign(curves);
            }
            assertThat(counting.made).hasValue(made);
        } finally {
            Security.removeProvider(counting.getName());
        }
    }
}
