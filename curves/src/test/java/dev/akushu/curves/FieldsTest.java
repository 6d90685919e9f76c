package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What the prover does not reach: words to limbs and back, canonical values, inversion; and the rest once more with
 * numbers.
 */
class FieldsTest {
    private static final int CASES = 20_000;

    private static FieldP256 p256(BigInteger value) {
        FieldP256 f = new FieldP256();
        f.setWords(Words.of(value, 4));
        return f;
    }

    private static BigInteger value(FieldP256 f) {
        long[] w = new long[4];
        f.toWords(w);
        return Edgy.number(w);
    }

    private static FieldP384 p384(BigInteger value) {
        FieldP384 f = new FieldP384();
        f.setWords(Words.of(value, 6));
        return f;
    }

    private static BigInteger value(FieldP384 f) {
        long[] w = new long[6];
        f.toWords(w);
        return Edgy.number(w);
    }

    private static Field25519 f25519(BigInteger value) {
        Field25519 f = new Field25519();
        long[] w = Words.of(value, 4);
        f.setWords(w[0], w[1], w[2], w[3]);
        return f;
    }

    private static BigInteger value(Field25519 f) {
        Field25519 copy = new Field25519();
        copy.set(f);
        long[] w = new long[4];
        copy.toWords(w);
        return Edgy.number(w);
    }

    private static BigInteger inverse(BigInteger a, BigInteger p) {
        return a.signum() == 0 ? a : a.modInverse(p);
    }

    @Test
    void p256ComputesAsBigIntegersDo() {
        Random random = new Random(1);
        BigInteger p = CurveP256.P;
        for (int i = 0; i < CASES; i++) {
            BigInteger a = Edgy.number(random, p);
            BigInteger b = Edgy.number(random, p);
            FieldP256 x = p256(a);
            FieldP256 y = p256(b);
            FieldP256 r = new FieldP256();
            assertThat(value(x)).isEqualTo(a);
            FieldP256.sub(r, x, y);
            assertThat(value(r)).isEqualTo(a.subtract(b).mod(p));
            FieldP256.mul(r, x, y);
            assertThat(value(r)).isEqualTo(a.multiply(b).mod(p));
            FieldP256.minusAndMinusTwice(r, x, y, r);
            assertThat(value(r))
                    .isEqualTo(
                            a.subtract(b).subtract(a.multiply(b).shiftLeft(1)).mod(p));
            FieldP256.sqr(r, x);
            assertThat(value(r)).isEqualTo(a.pow(2).mod(p));
            if (i % 20 == 0) {
                FieldP256.invert(r, x);
                assertThat(value(r)).isEqualTo(inverse(a, p));
            }
        }
    }

    @Test
    void p384ComputesAsBigIntegersDo() {
        Random random = new Random(2);
        BigInteger p = CurveP384.P;
        for (int i = 0; i < CASES; i++) {
            BigInteger a = Edgy.number(random, p);
            BigInteger b = Edgy.number(random, p);
            FieldP384 x = p384(a);
            FieldP384 y = p384(b);
            FieldP384 r = new FieldP384();
            assertThat(value(x)).isEqualTo(a);
            FieldP384.sub(r, x, y);
            assertThat(value(r)).isEqualTo(a.subtract(b).mod(p));
            FieldP384.mul(r, x, y);
            assertThat(value(r)).isEqualTo(a.multiply(b).mod(p));
            FieldP384.minusAndMinusTwice(r, x, y, r);
            assertThat(value(r))
                    .isEqualTo(
                            a.subtract(b).subtract(a.multiply(b).shiftLeft(1)).mod(p));
            FieldP384.sqr(r, x);
            assertThat(value(r)).isEqualTo(a.pow(2).mod(p));
            if (i % 20 == 0) {
                FieldP384.invert(r, x);
                assertThat(value(r)).isEqualTo(inverse(a, p));
            }
        }
    }

    @Test
    void field25519ComputesAsBigIntegersDo() {
        Random random = new Random(3);
        BigInteger p = PlainEdwards.P;
        for (int i = 0; i < CASES; i++) {
            BigInteger a = Edgy.number(random, p);
            BigInteger b = Edgy.number(random, p);
            Field25519 x = f25519(a);
            Field25519 y = f25519(b);
            Field25519 r = new Field25519();
            assertThat(value(x)).isEqualTo(a);
            Field25519.sub(r, x, y);
            assertThat(value(r)).isEqualTo(a.subtract(b).mod(p));
            Field25519.mul(r, r, y);
            assertThat(value(r)).isEqualTo(a.subtract(b).multiply(b).mod(p));
            if (i % 20 == 0) {
                Field25519.invert(r, x);
                assertThat(value(r)).isEqualTo(inverse(a, p));
            }
        }
    }

    @Test
    void field25519TakesWordsModuloThePrimeAndIgnoresTheHighestBit() {
        BigInteger p = PlainEdwards.P;
        for (int i = -40; i < 19; i++) {
            BigInteger value = p.add(BigInteger.valueOf(i));
            assertThat(value(f25519(value))).isEqualTo(value.mod(p));
            assertThat(value(f25519(value.setBit(255)))).isEqualTo(value.mod(p));
        }
    }

    @Test
    void scalarsComputeAsBigIntegersDo() {
        Random random = new Random(4);
        for (BigInteger n : new BigInteger[] {CurveP256.N, CurveP384.N}) {
            int words = n.bitLength() / 64;
            ScalarField scalars = new ScalarField(n);
            for (int i = 0; i < CASES / 4; i++) {
                BigInteger a = Edgy.number(random, n);
                BigInteger b = Edgy.number(random, n);
                BigInteger any = Edgy.number(random, BigInteger.TWO.pow(64 * words));
                long[] r = new long[words];
                scalars.multiply(r, Words.of(any, words), Words.of(b, words));
                assertThat(Edgy.number(r)).isEqualTo(any.multiply(b).mod(n));
                scalars.add(r, Words.of(a, words), Words.of(b, words));
                assertThat(Edgy.number(r)).isEqualTo(a.add(b).mod(n));
                r = Words.of(any, words);
                scalars.reduce(r);
                assertThat(Edgy.number(r)).isEqualTo(any.mod(n));
                assertThat(scalars.isInRange(Words.of(any, words))).isEqualTo(any.signum() > 0 && any.compareTo(n) < 0);
                r = Words.of(a, words);
                scalars.invert(r);
                assertThat(Edgy.number(r)).isEqualTo(inverse(a, n));
            }
        }
    }

    @Test
    void theOrderAndItsNeighboursAreOnTheRightSide() {
        for (BigInteger n : new BigInteger[] {CurveP256.N, CurveP384.N}) {
            int words = n.bitLength() / 64;
            ScalarField scalars = new ScalarField(n);
            assertThat(scalars.isInRange(new long[words])).isFalse();
            assertThat(scalars.isInRange(Words.of(BigInteger.ONE, words))).isTrue();
            assertThat(scalars.isInRange(Words.of(n.subtract(BigInteger.ONE), words)))
                    .isTrue();
            assertThat(scalars.isInRange(Words.of(n, words))).isFalse();
            assertThat(scalars.isInRange(Words.of(n.add(BigInteger.ONE), words)))
                    .isFalse();
        }
    }
}
