package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final long[] EDGES = {
        0, 1, 2, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1, -2, -1
    };

    /**
     * The borrow out of a word is told by the signs of x, y, x - y and x - y - borrow. These depend on the signs of x
     * and y, on which of their other 63 bits are the greater number, on whether x = y, and on the borrow into the word:
     * all such combinations are here, in the higher word of two, so this is every case there is.
     */
    @Test
    void subtractionBorrowsAsBigIntegersDo() {
        BigInteger modulus = BigInteger.TWO.pow(128);
        for (long a0 : EDGES) {
            for (long a1 : EDGES) {
                for (long b0 : EDGES) {
                    for (long b1 : EDGES) {
                        long[] a = {a0, a1};
                        long[] b = {b0, b1};
                        BigInteger difference = Edgy.number(a).subtract(Edgy.number(b));
                        long[] r = new long[2];
                        assertThat(Words.subtract(r, a, b)).isEqualTo(difference.signum() < 0 ? 1 : 0);
                        assertThat(Edgy.number(r)).isEqualTo(difference.mod(modulus));
                    }
                }
            }
        }
    }

    /** all | -all has its highest bit set but for 0. */
    @Test
    void onlyZeroIsZero() {
        assertThat(Words.isZero(new long[6])).isEqualTo(-1);
        for (int i = 0; i < 384; i++) {
            long[] w = new long[6];
            w[i >>> 6] = 1L << i;
            assertThat(Words.isZero(w)).as("bit %d", i).isZero();
        }
        for (long edge : EDGES) {
            assertThat(Words.isZero(new long[] {0, edge})).isEqualTo(edge == 0 ? -1 : 0);
        }
    }
}
