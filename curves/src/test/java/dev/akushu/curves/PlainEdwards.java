package dev.akushu.curves;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** edwards25519 by its affine law, RFC 7748 section 4.1: slow, and short enough to be seen to be right. */
final class PlainEdwards {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);
    /** Of the base point; the curve has eight times as many points. */
    static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    static final Point BASE = new Point(
            new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
            new BigInteger("46316835694926478169428394003475163141307993866256225615783033603165251855960"));
    static final Point NEUTRAL = new Point(BigInteger.ZERO, BigInteger.ONE);

    private PlainEdwards() {}

    record Point(BigInteger x, BigInteger y) {
        Point plus(Point that) {
            BigInteger xy = x.multiply(that.y).add(y.multiply(that.x));
            BigInteger yy = y.multiply(that.y).add(x.multiply(that.x));
            BigInteger k = D.multiply(x).multiply(that.x).multiply(y).multiply(that.y);
            return new Point(quotient(xy, BigInteger.ONE.add(k)), quotient(yy, BigInteger.ONE.subtract(k)));
        }

        Point negated() {
            return new Point(x.negate().mod(P), y);
        }

        Point times(BigInteger k) {
            if (k.signum() < 0) {
                return negated().times(k.negate());
            }
            Point sum = NEUTRAL;
            for (int i = k.bitLength() - 1; i >= 0; i--) {
                sum = sum.plus(sum);
                sum = k.testBit(i) ? sum.plus(this) : sum;
            }
            return sum;
        }

        /** RFC 8032 section 5.1.2. */
        byte[] encoded() {
            return little(x.testBit(0) ? y.setBit(255) : y);
        }

        /** On curve25519, RFC 7748 section 4.1. The neutral element has none. */
        BigInteger u() {
            return quotient(BigInteger.ONE.add(y), BigInteger.ONE.subtract(y));
        }
    }

    /** The eight points whose order divides 8, from the neutral one on: multiples of one of order 8. */
    static List<Point> smallOrder() {
        Point generator = pointOfOrder8();
        List<Point> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(generator.times(BigInteger.valueOf(i)));
        }
        return all;
    }

    /** What is left of a point when the order of the base point is taken out. */
    private static Point pointOfOrder8() {
        for (int y = 2; ; y++) {
            BigInteger square = BigInteger.valueOf((long) y * y);
            BigInteger ofX =
                    quotient(square.subtract(BigInteger.ONE), D.multiply(square).add(BigInteger.ONE));
            // RFC 8032 section 5.1.1: a candidate, or one with the root of -1.
            BigInteger x = ofX.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
            if (!x.multiply(x).mod(P).equals(ofX)) {
                x = x.multiply(BigInteger.TWO.modPow(P.shiftRight(2), P)).mod(P);
            }
            if (x.multiply(x).mod(P).equals(ofX)) {
                Point point = new Point(x, BigInteger.valueOf(y)).times(ORDER);
                if (!point.times(BigInteger.valueOf(4)).equals(NEUTRAL)) {
                    return point;
                }
            }
        }
    }

    /** In 32 octets, little-endian. */
    static byte[] little(BigInteger number) {
        byte[] octets = new byte[32];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = number.shiftRight(8 * i).byteValue();
        }
        return octets;
    }

    private static BigInteger quotient(BigInteger a, BigInteger b) {
        return a.multiply(b.modInverse(P)).mod(P);
    }
}
