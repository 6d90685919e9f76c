package dev.akushu.curves;

import java.security.SecureRandom;

/** Makes C2 compile all methods that handle secrets, for the machine-code gate. */
final class SecretWork {
    private SecretWork() {}

    public static void main(String[] arguments) {
        SecureRandom random = new SecureRandom();
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3_000;
        for (int i = 0; i < rounds; i++) {
            x25519(random);
            p256(random);
            p384(random);
        }
    }

    private static void x25519(SecureRandom random) {
        byte[] secret = new byte[32];
        byte[] key = new byte[32];
        X25519.generate(random, secret, key, 0);
        X25519.agree(secret, key, 0, new byte[32], 0);
        Ed25519.generate(random, secret, key, 0);
        Ed25519.sign(secret, key, new byte[64], 0);
    }

    private static void p256(SecureRandom random) {
        byte[] secret = new byte[32];
        byte[] key = new byte[65];
        P256.generate(random, secret, key, 0);
        P256.agree(secret, key, 0, 65, new byte[32], 0);
        P256.sign(secret, "SHA256", secret, random, new byte[64], 0);
        long[] scalar = new long[CurveP256.WORDS];
        Words.readBig(scalar, secret, 0);
        CompleteP256.multiply(new PointP256(), scalar, PointP256.base());
    }

    private static void p384(SecureRandom random) {
        byte[] secret = new byte[48];
        byte[] key = new byte[97];
        P384.generate(random, secret, key, 0);
        P384.agree(secret, key, 0, 97, new byte[48], 0);
        P384.sign(secret, "SHA384", secret, random, new byte[96], 0);
        long[] scalar = new long[CurveP384.WORDS];
        Words.readBig(scalar, secret, 0);
        CompleteP384.multiply(new PointP384(), scalar, PointP384.base());
    }
}
