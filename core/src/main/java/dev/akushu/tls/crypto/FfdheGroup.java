package dev.akushu.tls.crypto;

import java.math.BigInteger;
import javax.crypto.spec.DHParameterSpec;

/**
 * The finite fields of RFC 7919 appendix A, computed from the definition given there instead of copied as digits: for b
 * bits the prime is 2^b - 2^(b-64) + (floor(2^(b-130) * e) + X) * 2^64 - 1, with the smallest X that makes it a safe
 * prime. The generator is 2.
 */
enum FfdheGroup {
    FFDHE2048(2048, 560_316, 225),
    FFDHE3072(3072, 2_625_351, 275),
    FFDHE4096(4096, 5_736_041, 325);

    private final int primeBits;
    private final long offset;
    private final int secretBits;

    /**
     * A group.
     *
     * @param primeBits length of the prime
     * @param offset X of the definition
     * @param secretBits length of secret exponents, the minimum that appendix A names for this group: twice its
     * strength
     */
    FfdheGroup(int primeBits, long offset, int secretBits) {
        this.primeBits = primeBits;
        this.offset = offset;
        this.secretBits = secretBits;
    }

    /** Prime, generator and length of the secret exponents. */
    DHParameterSpec parameters() {
        return new DHParameterSpec(prime(), BigInteger.TWO, secretBits);
    }

    /** A few additions and shifts of the number e, which is not computed before the first of these groups is used: that takes longer than the handshakes of most programs. */
    BigInteger prime() {
        BigInteger middle = Euler.timesPowerOfTwo(primeBits - 130).add(BigInteger.valueOf(offset));
        return powerOfTwo(primeBits)
                .subtract(powerOfTwo(primeBits - 64))
                .add(middle.shiftLeft(64))
                .subtract(BigInteger.ONE);
    }

    /** Length of a share and of a secret in bytes. */
    int length() {
        return primeBits / Byte.SIZE;
    }

    private static BigInteger powerOfTwo(int exponent) {
        return BigInteger.ONE.shiftLeft(exponent);
    }

    /** The number e, as precisely as the largest group needs it. */
    private static final class Euler {
        /** The exponent of the largest group, and as many bits more as the errors of all terms cannot reach. */
        private static final int FRACTION_BITS = 4096 - 130 + 64;

        private static final BigInteger SCALED = scaled();

        /** The integer part of e * 2^exponent. */
        static BigInteger timesPowerOfTwo(int exponent) {
            return SCALED.shiftRight(FRACTION_BITS - exponent);
        }

        /** The series e = 1/0! + 1/1! + 1/2! + ..., times 2^FRACTION_BITS; each term is too small by less than 2. */
        private static BigInteger scaled() {
            BigInteger term = powerOfTwo(FRACTION_BITS);
            BigInteger sum = term;
            for (long k = 1; term.signum() > 0; k++) {
                term = term.divide(BigInteger.valueOf(k));
                sum = sum.add(term);
            }
            return sum;
        }
    }
}
