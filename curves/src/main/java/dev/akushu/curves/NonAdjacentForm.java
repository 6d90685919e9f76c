package dev.akushu.curves;

import java.util.Arrays;

/**
 * The width-w non-adjacent form of a public scalar (Hankerson, Menezes and Vanstone, "Guide to Elliptic Curve
 * Cryptography", algorithm 3.35): digits that are 0 or odd and below 2^(w - 1), of which at most one in w is not 0. Its
 * running time depends on the scalar.
 */
final class NonAdjacentForm {
    private NonAdjacentForm() {}

    /**
     * Writes the digits of the bits {@code from} to {@code to} of k, least significant first, to {@code out}, which has
     * room for a digit a bit and width + 1 more, and zeros behind them; returns their number.
     */
    static int digits(byte[] out, long[] k, int from, int to, int width) {
        int bits = to - from;
        int carry = 0;
        int length = 0;
        int i = 0;
        Arrays.fill(out, (byte) 0);
        while (i <= bits) {
            int window = i < bits ? window(k, from + i, to) : 0;
            if ((window & 1) == carry) {
                i++;
                continue;
            }
            int digit = (window & (1 << width) - 1) + carry;
            carry = digit >> width - 1 & 1;
            out[i] = (byte) (digit - (carry << width));
            length = i + 1;
            i += width;
        }
        return length;
    }

    /** The 32 bits from bit i on, those from {@code to} on as 0. */
    private static int window(long[] k, int i, int to) {
        int word = i >>> 6;
        int shift = i & 63;
        long bits = k[word] >>> shift;
        if (shift > 32 && word + 1 < k.length) {
            bits |= k[word + 1] << 64 - shift;
        }
        return to - i < 32 ? (int) bits & (1 << to - i) - 1 : (int) bits;
    }
}
