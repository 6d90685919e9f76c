package dev.akushu.curves;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/** Octets as words of 64 bits, and multi-word numbers: {@code w[0]} is the least significant word. */
final class Words {
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Words() {}

    /** The words of a number that is not secret. */
    static long[] of(BigInteger value, int words) {
        long[] w = new long[words];
        for (int i = 0; i < words; i++) {
            w[i] = value.shiftRight(64 * i).longValue();
        }
        return w;
    }

    static long little(byte[] octets, int offset) {
        return (long) LITTLE_ENDIAN.get(octets, offset);
    }

    static void putLittle(byte[] octets, int offset, long word) {
        LITTLE_ENDIAN.set(octets, offset, word);
    }

    /** Reads a big-endian number of {@code 8 w.length} octets. */
    static void readBig(long[] w, byte[] octets, int offset) {
        for (int i = 0; i < w.length; i++) {
            w[i] = (long) BIG_ENDIAN.get(octets, offset + 8 * (w.length - 1 - i));
        }
    }

    /** Writes a big-endian number of {@code 8 w.length} octets. */
    static void writeBig(long[] w, byte[] octets, int offset) {
        for (int i = 0; i < w.length; i++) {
            BIG_ENDIAN.set(octets, offset + 8 * (w.length - 1 - i), w[i]);
        }
    }

    /** r = a - b modulo 2^(64 n), without a branch; returns 1 if a is below b, else 0. r may be a or b. */
    static long subtract(long[] r, long[] a, long[] b) {
        long borrow = 0;
        for (int i = 0; i < a.length; i++) {
            long x = a[i];
            long y = b[i];
            long d = x - y;
            long e = d - borrow;
            // The borrow out of x - y by the signs of x, y and the difference, likewise of taking the borrow away.
            borrow = (~x & y | ~(x ^ y) & d | ~d & e) >>> 63;
            r[i] = e;
        }
        return borrow;
    }

    /** -1 if all words are 0, else 0; without a branch. */
    static long isZero(long[] w) {
        long all = 0;
        for (long word : w) {
            all |= word;
        }
        return ~((all | -all) >> 63);
    }

    /** The table of longs in a resource of this package. */
    static long[] table(String name) {
        try (InputStream in = Words.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The module is incomplete: it has no " + name);
            }
            byte[] octets = in.readAllBytes();
            long[] table = new long[octets.length / 8];
            for (int i = 0; i < table.length; i++) {
                table[i] = little(octets, 8 * i);
            }
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException("The module's table " + name + " cannot be read", e);
        }
    }
}
