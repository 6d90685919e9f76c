package dev.akushu.curves;

import java.math.BigInteger;
import java.security.spec.ECPoint;
import java.util.Arrays;

/** The JCA's BigIntegers as octets of fixed length, and back. */
final class BigEndianOctets {
    private BigEndianOctets() {}

    /** The octets of a number that {@linkplain #fits fits}. */
    static byte[] of(BigInteger value, int length) {
        byte[] octets = new byte[length];
        byte[] signed = value.toByteArray();
        int count = Math.min(length, signed.length);
        System.arraycopy(signed, signed.length - count, octets, length - count, count);
        Arrays.fill(signed, (byte) 0);
        return octets;
    }

    /** Whether a number is not negative and has at most {@code length} octets. */
    static boolean fits(BigInteger value, int length) {
        return value.signum() >= 0 && value.bitLength() <= 8 * length;
    }

    /** The uncompressed point, whose coordinates fit. */
    static byte[] point(ECPoint point, int length) {
        byte[] octets = new byte[2 * length + 1];
        octets[0] = 4;
        System.arraycopy(of(point.getAffineX(), length), 0, octets, 1, length);
        System.arraycopy(of(point.getAffineY(), length), 0, octets, 1 + length, length);
        return octets;
    }
}
