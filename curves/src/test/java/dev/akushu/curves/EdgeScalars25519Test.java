package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.PlainEdwards.Point;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scalars at the edges of digits and words and points of small order, on both forms of the curve, against the affine law. */
class EdgeScalars25519Test {
    private static final BigInteger LIMIT = BigInteger.TWO.pow(256);

    /** All powers of two with what is a digit of 4 or 5 bits away, what lies as far below 2^256, and runs of the digits at which a carry begins. */
    private static List<BigInteger> scalars() {
        List<BigInteger> scalars = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            for (int j : new int[] {-16, -9, -8, -1, 0, 1, 7, 8, 15}) {
                BigInteger k = BigInteger.TWO.pow(i).add(BigInteger.valueOf(j)).mod(LIMIT);
                scalars.add(k);
                scalars.add(LIMIT.subtract(BigInteger.ONE).subtract(k));
            }
        }
        for (String digits : List.of("7", "8", "9", "f", "78", "87", "f0", "0f", "7ff8", "8007")) {
            scalars.add(new BigInteger(digits.repeat(64 / digits.length()), 16));
        }
        return scalars;
    }

    @Test
    void x25519MultipliesByEveryEdgeScalarAsBouncyCastleDoes() {
        byte[] peer = new byte[32];
        org.bouncycastle.math.ec.rfc7748.X25519.scalarMultBase(little(BigInteger.valueOf(123456789)), 0, peer, 0);
        for (BigInteger k : scalars()) {
            byte[] secret = little(k);
            byte[] ours = new byte[32];
            byte[] theirs = new byte[32];
            assertThat(X25519.agree(secret, peer, 0, ours, 0)).isTrue();
            org.bouncycastle.math.ec.rfc7748.X25519.scalarMult(secret, 0, peer, 0, theirs, 0);
            assertThat(ours).as("agreement with %s", k).isEqualTo(theirs);
            X25519.publicKey(secret, ours, 0);
            org.bouncycastle.math.ec.rfc7748.X25519.scalarMultBase(secret, 0, theirs, 0);
            assertThat(ours).as("public key of %s", k).isEqualTo(theirs);
        }
    }

    /** Where no hash stands before the scalar: below 2^255, as RFC 8032 section 5.1.5 makes them. */
    @Test
    void edwardsBasePointIsMultipliedByEveryEdgeScalarAsByTheAffineLaw() {
        List<Point> powers = new ArrayList<>(List.of(PlainEdwards.BASE));
        for (int i = 1; i < 255; i++) {
            powers.add(powers.getLast().plus(powers.getLast()));
        }
        for (int i = 0; i < 255; i++) {
            for (int j : new int[] {-8, -1, 0, 1, 7, 8}) {
                BigInteger k = BigInteger.TWO.pow(i).add(BigInteger.valueOf(j));
                if (k.signum() >= 0 && k.bitLength() < 256) {
                    Edwards25519 ours = new Edwards25519();
                    ours.multiplyBase(little(k));
                    Point theirs = powers.get(i).plus(PlainEdwards.BASE.times(BigInteger.valueOf(j)));
                    assertThat(encoded(ours)).as("%s B", k).isEqualTo(theirs.encoded());
                }
            }
        }
    }

    /** With the key B, -B or one of small order and scalars as small or opposite, the sums meet equal and opposite points and the neutral one. */
    @Test
    void sumsOfDegenerateMultiplesAreThoseOfTheAffineLaw() {
        List<Point> keys = new ArrayList<>(PlainEdwards.smallOrder());
        keys.add(PlainEdwards.BASE);
        keys.add(PlainEdwards.BASE.negated());
        List<BigInteger> few = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            few.add(BigInteger.valueOf(i));
        }
        few.add(PlainEdwards.ORDER.subtract(BigInteger.ONE));
        few.add(PlainEdwards.ORDER.subtract(BigInteger.valueOf(8)));
        for (Point key : keys) {
            Edwards25519 ofKey = new Edwards25519();
            assertThat(ofKey.decode(key.encoded(), 0)).isTrue();
            for (BigInteger k : few) {
                for (BigInteger l : List.of(k, BigInteger.ZERO, BigInteger.valueOf(7), BigInteger.valueOf(16))) {
                    Edwards25519 sum = PublicMultiply25519.multiply(Words.of(k, 4), Words.of(l, 4), ofKey);
                    assertThat(encoded(sum))
                            .as("%s B + %s (%s)", k, l, key)
                            .isEqualTo(PlainEdwards.BASE
                                    .times(k)
                                    .plus(key.times(l))
                                    .encoded());
                }
            }
        }
    }

    /** RFC 7748 section 6.1 and RFC 9846 section 7.4.2: points of small order give zeros, in every encoding that they have. */
    @Test
    void x25519RefusesEveryPointOfSmallOrder() {
        List<BigInteger> small = new ArrayList<>(PlainEdwards.smallOrder().stream()
                .filter(point -> !point.equals(PlainEdwards.NEUTRAL))
                .map(Point::u)
                .distinct()
                .toList());
        // On the twist, u = -1 has order 4.
        small.add(PlainEdwards.P.subtract(BigInteger.ONE));
        assertThat(small).hasSize(5);
        int encodings = 0;
        for (BigInteger u : small) {
            for (BigInteger more : List.of(BigInteger.ZERO, PlainEdwards.P)) {
                for (BigInteger top : List.of(BigInteger.ZERO, BigInteger.TWO.pow(255))) {
                    if (u.add(more).bitLength() < 256) {
                        encodings++;
                        assertGivesZeros(u.add(more).or(top));
                    }
                }
            }
        }
        assertThat(encodings).isEqualTo(14);
    }

    private static void assertGivesZeros(BigInteger u) {
        for (BigInteger k : List.of(BigInteger.ZERO, BigInteger.valueOf(123456789), LIMIT.subtract(BigInteger.ONE))) {
            byte[] out = new byte[32];
            out[7] = 1;
            assertThat(X25519.agree(little(k), little(u), 0, out, 0))
                    .as("u = %s", u)
                    .isFalse();
            assertThat(out).containsOnly(0);
        }
    }

    private static byte[] encoded(Edwards25519 point) {
        byte[] octets = new byte[32];
        point.encode(octets, 0);
        return octets;
    }

    private static byte[] little(BigInteger number) {
        return PlainEdwards.little(number);
    }
}
