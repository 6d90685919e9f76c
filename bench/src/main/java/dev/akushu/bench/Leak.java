package dev.akushu.bench;

import dev.akushu.curves.Ed25519;
import dev.akushu.curves.P256;
import dev.akushu.curves.P384;
import dev.akushu.curves.X25519;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.WNafL2RMultiplier;

/**
 * Whether the time of an operation tells its secret: the test of dudect (Reparaz, Balasch and Verbauwhede, "Dude, is my code constant time?", 2017). Two controls whose time does
 * tell it must be caught, or the run says nothing and fails. Signatures are tried with keys for secrets, and with short nonces among others ({@link ShortNonces}).
 * Argument: the number of samples of each.
 */
final class Leak {
    /** What is not constant: it must be caught. */
    private static final Map<String, Secretive> CONTROLS = new LinkedHashMap<>();

    private static final Map<String, Secretive> OPERATIONS = new LinkedHashMap<>();

    /** With the octets that make the nonce, and a value of them that makes it short. */
    private static final Map<String, Nonced> NONCES = new LinkedHashMap<>();

    private Leak() {}

    /** Does something with a secret. */
    interface Secretive {
        Object with(byte[] secret);
    }

    /**
     * A signature of one message under one key.
     *
     * @param isShort octets for which the nonce is short
     * @param signature made with the octets that it is given
     */
    private record Nonced(byte[] isShort, Secretive signature) {}

    private static void gather() {
        BigInteger p = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
        CONTROLS.put("BigInteger.modPow", secret -> BigInteger.TWO.modPow(new BigInteger(1, secret), p));
        ECPoint base = CustomNamedCurves.getByName("secp256r1").getG();
        WNafL2RMultiplier multiplier = new WNafL2RMultiplier();
        CONTROLS.put("BouncyCastle's wNAF on P-256", secret -> multiplier.multiply(base, new BigInteger(1, secret)));

        SecureRandom random = new SecureRandom();
        byte[] peer25519 = new byte[32];
        X25519.generate(random, new byte[32], peer25519, 0);
        byte[] peer256 = new byte[P256.POINT_LENGTH];
        P256.generate(random, new byte[32], peer256, 0);
        byte[] peer384 = new byte[P384.POINT_LENGTH];
        P384.generate(random, new byte[48], peer384, 0);
        byte[] out = new byte[P384.POINT_LENGTH];
        byte[] digest = new byte[48];
        OPERATIONS.put("X25519 public key", secret -> {
            X25519.publicKey(secret, out, 0);
            return out;
        });
        OPERATIONS.put("X25519 agreement", secret -> X25519.agree(secret, peer25519, 0, out, 0));
        OPERATIONS.put("P-256 public key", secret -> {
            P256.publicKey(secret, out, 0);
            return out;
        });
        OPERATIONS.put("P-256 agreement", secret -> P256.agree(secret, peer256, 0, peer256.length, out, 0));
        OPERATIONS.put("P-256 signature", secret -> {
            P256.sign(secret, "SHA256", digest, random, out, 0);
            return out;
        });
        OPERATIONS.put("P-384 public key", secret -> {
            P384.publicKey(extended(secret), out, 0);
            return out;
        });
        OPERATIONS.put("P-384 agreement", secret -> P384.agree(extended(secret), peer384, 0, peer384.length, out, 0));
        OPERATIONS.put("P-384 signature", secret -> {
            P384.sign(extended(secret), "SHA384", digest, random, out, 0);
            return out;
        });
        OPERATIONS.put("Ed25519 public key", secret -> {
            Ed25519.publicKey(secret, out, 0);
            return out;
        });
        OPERATIONS.put("Ed25519 signature", secret -> {
            Ed25519.sign(secret, digest, out, 0);
            return out;
        });
    }

    private static void gatherNonces() {
        byte[] out = new byte[P384.SIGNATURE_LENGTH];
        byte[] digest = new byte[48];
        ShortNonces.Given given = new ShortNonces.Given();
        NONCES.put("P-256 signature", new Nonced(ShortNonces.p256(digest), octets -> {
            P256.sign(ShortNonces.KEY, "SHA256", digest, given.octets(octets), out, 0);
            return out;
        }));
        byte[] longer = extended(ShortNonces.KEY);
        NONCES.put("P-384 signature", new Nonced(ShortNonces.p384(longer, digest), octets -> {
            P384.sign(longer, "SHA384", digest, given.octets(octets), out, 0);
            return out;
        }));
        // Its nonce follows from key and message, and nothing else.
        NONCES.put("Ed25519 signature", new Nonced(ShortNonces.ed25519(), octets -> {
            Ed25519.sign(ShortNonces.KEY, octets, out, 0);
            return out;
        }));
    }

    private static byte[] extended(byte[] secret) {
        byte[] longer = new byte[48];
        System.arraycopy(secret, 0, longer, 16, 32);
        return longer;
    }

    public static void main(String[] arguments) {
        int samples = Integer.parseInt(arguments[0]);
        gather();
        gatherNonces();
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        secrets.put("3", fixed(BigInteger.valueOf(3)));
        secrets.put("2^255 - 1", fixed(BigInteger.TWO.pow(255).subtract(BigInteger.ONE)));
        boolean isSound = true;
        System.out.println("| operation | fixed secret | greatest t | |");
        System.out.println("| --- | --- | --: | --- |");
        for (Map.Entry<String, byte[]> secret : secrets.entrySet()) {
            for (Map.Entry<String, Secretive> control : CONTROLS.entrySet()) {
                boolean isCaught = isLeak("control: " + control.getKey(), secret, control.getValue(), samples / 10);
                isSound &= isCaught;
            }
            for (Map.Entry<String, Secretive> operation : OPERATIONS.entrySet()) {
                boolean isLeak = isLeak(operation.getKey(), secret, operation.getValue(), samples);
                isSound &= !isLeak;
            }
        }
        for (Map.Entry<String, Nonced> nonce : NONCES.entrySet()) {
            Map.Entry<String, byte[]> isShort = Map.entry(
                    "a nonce " + ShortNonces.MISSING_BITS + " bits shorter",
                    nonce.getValue().isShort());
            boolean isLeak = isLeak(nonce.getKey(), isShort, nonce.getValue().signature(), samples);
            isSound &= !isLeak;
        }
        if (!isSound) {
            System.out.println("A control was not caught, or an operation was.");
            System.exit(1);
        }
    }

    private static boolean isLeak(String name, Map.Entry<String, byte[]> secret, Secretive operation, int samples) {
        double t = Timing.greatestT(samples, secret.getValue(), Leak::random, operation);
        boolean isLeak = Math.abs(t) > Timing.LEAK;
        System.out.printf("| %s | %s | %.1f | %s |%n", name, secret.getKey(), t, isLeak ? "tells its secret" : "");
        return isLeak;
    }

    /** Below all orders of groups here, and not 0. */
    private static byte[] random(RandomGenerator random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        secret[0] &= 0x7f;
        return secret;
    }

    private static byte[] fixed(BigInteger value) {
        byte[] octets = value.toByteArray();
        byte[] secret = new byte[32];
        System.arraycopy(octets, 0, secret, 32 - octets.length, octets.length);
        return Arrays.copyOf(secret, 32);
    }
}
