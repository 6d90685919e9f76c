package dev.akushu.curves;

import java.math.BigInteger;

/** edwards25519 by its affine law, RFC 7748 section 4.1: slow, and short enough to be seen to be right. */
final class PlainEdwards {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);
    static final Point BASE = new Point(
            new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
            new BigInteger("46316835694926478169428394003475163141307993866256225615783033603165251855960"));

    private PlainEdwards() {}

    record Point(BigInteger x, BigInteger y) {
        Point plus(Point that) {
            BigInteger xy = x.multiply(that.y).add(y.multiply(that.x));
            BigInteger yy = y.multiply(that.y).add(x.multiply(that.x));
            BigInteger k = D.multiply(x).multiply(that.x).multiply(y).multiply(that.y);
            return new Point(quotient(xy, BigInteger.ONE.add(k)), quotient(yy, BigInteger.ONE.subtract(k)));
        }
    }

    private static BigInteger quotient(BigInteger a, BigInteger b) {
        return a.multiply(b.modInverse(P)).mod(P);
    }
}
