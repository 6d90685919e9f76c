package dev.akushu.curves;

import java.math.BigInteger;

/** y^2 = x^3 - 3 x + b by its affine law: slow, and short enough to be seen to be right. Not for infinity. */
record PlainWeierstrass(BigInteger p, BigInteger n, Point base) {
    static final PlainWeierstrass P256 =
            new PlainWeierstrass(CurveP256.P, CurveP256.N, new Point(CurveP256.GX, CurveP256.GY));
    static final PlainWeierstrass P384 =
            new PlainWeierstrass(CurveP384.P, CurveP384.N, new Point(CurveP384.GX, CurveP384.GY));

    record Point(BigInteger x, BigInteger y) {}

    Point add(Point a, Point b) {
        BigInteger slope = a.equals(b)
                ? quotient(a.x().pow(2).subtract(BigInteger.ONE).multiply(BigInteger.valueOf(3)), a.y().shiftLeft(1))
                : quotient(b.y().subtract(a.y()), b.x().subtract(a.x()));
        BigInteger x = slope.pow(2).subtract(a.x()).subtract(b.x()).mod(p);
        return new Point(x, slope.multiply(a.x().subtract(x)).subtract(a.y()).mod(p));
    }

    private BigInteger quotient(BigInteger a, BigInteger b) {
        return a.multiply(b.modInverse(p)).mod(p);
    }
}
