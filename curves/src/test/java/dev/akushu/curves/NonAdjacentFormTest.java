package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NonAdjacentFormTest {
    private static final int WORDS = 4;
    private static final int BITS = 64 * WORDS;

    /** Random words, and those whose carries go furthest. */
    static Stream<long[]> scalars() {
        Random random = new Random(1);
        Stream<long[]> edges = Stream.of(
                        0L, -1L, 1L, Long.MIN_VALUE, 0xFFFFFFFFL, 0xFFFFFFFF00000000L, 0x5555555555555555L)
                .map(word -> IntStream.range(0, WORDS).mapToLong(i -> word).toArray());
        return Stream.concat(
                edges, Stream.generate(() -> random.longs(WORDS).toArray()).limit(100));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void digitsOfAnyBitsAreTheirNumberAndFarApart(long[] k) {
        for (int part : new int[] {32, 64, 128, BITS}) {
            for (int from = 0; from < BITS; from += part) {
                for (int width = 2; width <= 8; width++) {
                    byte[] out = new byte[part + width + 1];
                    Arrays.fill(out, (byte) 77);
                    int length = NonAdjacentForm.digits(out, k, from, from + part, width);
                    assertThat(number(out)).isEqualTo(number(k).shiftRight(from).mod(BigInteger.TWO.pow(part)));
                    assertThat(length).isEqualTo(lastDigit(out) + 1);
                    requireDigits(out, width);
                }
            }
        }
    }

    private static void requireDigits(byte[] digits, int width) {
        int free = 0;
        for (int i = 0; i < digits.length; i++) {
            if (digits[i] != 0) {
                assertThat(Math.floorMod(digits[i], 2)).isOne();
                assertThat(Math.abs(digits[i])).isLessThan(1 << width - 1);
                assertThat(i).isGreaterThanOrEqualTo(free);
                free = i + width;
            }
        }
    }

    private static int lastDigit(byte[] digits) {
        return IntStream.range(0, digits.length)
                .filter(i -> digits[i] != 0)
                .max()
                .orElse(-1);
    }

    private static BigInteger number(byte[] digits) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < digits.length; i++) {
            number = number.add(BigInteger.valueOf(digits[i]).shiftLeft(i));
        }
        return number;
    }

    private static BigInteger number(long[] words) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < words.length; i++) {
            number = number.add(new BigInteger(Long.toUnsignedString(words[i])).shiftLeft(64 * i));
        }
        return number;
    }
}
