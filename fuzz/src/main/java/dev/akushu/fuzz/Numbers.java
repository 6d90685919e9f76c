package dev.akushu.fuzz;

import java.math.BigInteger;

/**
 * Numbers told by short scripts, so that a fuzzer's small steps lead from one edge to the next: each two octets add or
 * take away a power of two, flip a run of bits, or go to the other side of the modulus.
 */
final class Numbers {
    private final byte[] script;
    private int at;

    Numbers(byte[] script) {
        this.script = script;
    }

    /** The next number, from 0 to {@code modulus} - 1; it takes at most 16 octets of the script. */
    BigInteger below(BigInteger modulus) {
        BigInteger value = BigInteger.ZERO;
        for (int steps = 0; steps < 8 && at + 2 <= script.length; steps++) {
            int act = script[at++] & 0xff;
            int place = (script[at++] & 0xff) + ((act & 0x80) << 1);
            BigInteger power = BigInteger.ONE.shiftLeft(place);
            switch (act & 7) {
                case 0, 1 -> value = value.add(power);
                case 2, 3 -> value = value.subtract(power);
                case 4, 5 -> {
                    int length = 1 + (act >> 3 & 0xf) * 8;
                    BigInteger run = BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE);
                    value = value.mod(modulus).xor(run.shiftLeft(place));
                }
                case 6 -> value = modulus.subtract(value);
                default -> {
                    return value.mod(modulus);
                }
            }
        }
        return value.mod(modulus);
    }

    /** Big-endian, in {@code length} octets. */
    static byte[] octets(BigInteger value, int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[length - 1 - i] = value.shiftRight(8 * i).byteValue();
        }
        return octets;
    }
}
