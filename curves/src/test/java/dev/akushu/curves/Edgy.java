package dev.akushu.curves;

import java.math.BigInteger;
import java.util.Random;

/** Numbers near the edges of limbs, digits and moduli, where carry bugs live, mixed with uniform ones. */
final class Edgy {
    private Edgy() {}

    static BigInteger number(Random random, BigInteger modulus) {
        int bits = modulus.bitLength();
        BigInteger value = switch (random.nextInt(7)) {
            case 0 -> modulus.subtract(new BigInteger(1 + random.nextInt(100), random));
            case 1 -> new BigInteger(1 + random.nextInt(bits), random);
            case 2 -> power(random, bits).subtract(power(random, bits));
            case 3 -> power(random, bits).add(power(random, bits));
            case 4 -> runs(random, bits);
            default -> new BigInteger(bits, random);
        };
        return value.mod(modulus);
    }

    /** Half of the time those of a number near an edge, little-endian; else uniform ones. */
    static byte[] octets(Random random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        if (random.nextBoolean()) {
            BigInteger number = number(random, BigInteger.TWO.pow(8 * length));
            for (int i = 0; i < length; i++) {
                octets[i] = number.shiftRight(8 * i).byteValue();
            }
        }
        return octets;
    }

    private static BigInteger power(Random random, int bits) {
        return BigInteger.TWO.pow(random.nextInt(bits));
    }

    /** Long runs of ones and zeros. */
    private static BigInteger runs(Random random, int bits) {
        BigInteger value = BigInteger.ZERO;
        int at = 0;
        while (at < bits) {
            int length = 1 + random.nextInt(70);
            if (random.nextBoolean()) {
                value = value.or(
                        BigInteger.TWO.pow(length).subtract(BigInteger.ONE).shiftLeft(at));
            }
            at += length;
        }
        return value;
    }

    static BigInteger number(long[] words) {
        BigInteger value = BigInteger.ZERO;
        for (int i = words.length - 1; i >= 0; i--) {
            value = value.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(words[i])));
        }
        return value;
    }
}
