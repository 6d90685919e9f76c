package dev.akushu.curves;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A point of P-256 in Jacobian coordinates: x = X / Z^2, y = Y / Z^3; the point at infinity has Z = 0.
 *
 * <p>The additions are incomplete: they give Z3 = Z1 H, where H = 0 exactly if both points are equal or opposite, and
 * Z1 = 0 for infinity. A zero Z stays zero in all later additions and doublings. So a whole chain is checked once, at
 * its end: Z != 0 proves that it met no exception. If it did, it is computed again with complete formulas, see
 * {@link CompleteP256}; for a secret scalar that happens for a handful of all scalars only.
 *
 * <p>Bounds of the limbs, in units of the field's radix, of the highest in units of 2^48. The tests read them here and
 * prove that dbl and add, with a summand within those of x and y, keep them, and that all else bears them:
 *
 * <ul>
 *   <li>x and y: -1.125 to 1.125, the highest -1.5 to 1.5.
 *   <li>z: -2.0625 to 1.1875, the highest -2.75 to 2.25.
 * </ul>
 */
final class PointP256 {
    private static final FieldP256 B = field(CurveP256.B);

    final FieldP256 x = new FieldP256();
    final FieldP256 y = new FieldP256();
    final FieldP256 z = new FieldP256();

    /** Room for intermediates, so that no operation allocates. */
    static final class Temporaries {
        final FieldP256 a = new FieldP256();
        final FieldP256 b = new FieldP256();
        final FieldP256 c = new FieldP256();
        final FieldP256 d = new FieldP256();
        final FieldP256 e = new FieldP256();
        final FieldP256 f = new FieldP256();

        /** After an addition: z of the sum by z of the summand. */
        FieldP256 ratioOfZ() {
            return a;
        }

        void wipe() {
            a.wipe();
            b.wipe();
            c.wipe();
            d.wipe();
            e.wipe();
            f.wipe();
        }
    }

    static FieldP256 field(BigInteger value) {
        FieldP256 element = new FieldP256();
        element.setWords(Words.of(value, CurveP256.WORDS));
        return element;
    }

    /** A new object for the base point, z = 1. */
    static PointP256 base() {
        PointP256 base = new PointP256();
        base.setAffine(field(CurveP256.GX), field(CurveP256.GY));
        return base;
    }

    void set(PointP256 p) {
        x.set(p.x);
        y.set(p.y);
        z.set(p.z);
    }

    void setAffine(FieldP256 newX, FieldP256 newY) {
        x.set(newX);
        y.set(newY);
        z.setOne();
    }

    void wipe() {
        x.wipe();
        y.wipe();
        z.wipe();
    }

    /** r = 2 p. EFD: dbl-2001-b, for a = -3. r may be p. */
    static void dbl(PointP256 r, PointP256 p, Temporaries t) {
        FieldP256 delta = t.a;
        FieldP256 gamma = t.b;
        FieldP256 beta = t.c;
        FieldP256 alpha = t.d;
        FieldP256 u = t.e;
        FieldP256 v = t.f;
        FieldP256.sqr(delta, p.z);
        FieldP256.sqr(gamma, p.y);
        FieldP256.mul(beta, p.x, gamma);
        FieldP256.sub(u, p.x, delta);
        FieldP256.add(v, p.x, delta);
        FieldP256.triple(v, v);
        FieldP256.mul(alpha, u, v);
        FieldP256.add(u, p.y, p.z);
        FieldP256.sqr(u, u);
        FieldP256.add(v, gamma, delta);
        FieldP256.sub(r.z, u, v);
        FieldP256.sqr(v, alpha);
        FieldP256.minusEightfold(r.x, v, beta);
        FieldP256.quadrupleMinus(v, beta, r.x);
        // In this order: P-384's field wants its first operand within 2^58, which 4 beta - x may exceed.
        FieldP256.mul(v, alpha, v);
        FieldP256.sqr(gamma, gamma);
        FieldP256.minusEightfold(r.y, v, gamma);
    }

    /** r = p + (qx, qy), unless an exception of above. 8 multiplications and 3 squarings. r may be p. */
    static void add(PointP256 r, PointP256 p, FieldP256 qx, FieldP256 qy, Temporaries t) {
        FieldP256 h = t.ratioOfZ();
        FieldP256 slope = t.b;
        FieldP256 hh = t.c;
        FieldP256 hhh = t.d;
        FieldP256 v = t.e;
        FieldP256 w = t.f;
        FieldP256.sqr(hh, p.z);
        FieldP256.mul(h, qx, hh);
        FieldP256.mul(hh, hh, p.z);
        FieldP256.mul(slope, qy, hh);
        FieldP256.sub(h, h, p.x);
        FieldP256.sub(slope, slope, p.y);
        FieldP256.mul(r.z, p.z, h);
        FieldP256.sqr(hh, h);
        FieldP256.mul(hhh, h, hh);
        FieldP256.mul(v, p.x, hh);
        FieldP256.sqr(w, slope);
        FieldP256.minusAndMinusTwice(r.x, w, hhh, v);
        FieldP256.sub(v, v, r.x);
        FieldP256.mul(v, v, slope);
        FieldP256.mul(w, p.y, hhh);
        FieldP256.sub(r.y, v, w);
    }

    /** To affine coordinates, z = 1. */
    void normalize() {
        FieldP256 inverse = new FieldP256();
        FieldP256 power = new FieldP256();
        FieldP256.invert(inverse, z);
        FieldP256.sqr(power, inverse);
        FieldP256.mul(x, x, power);
        FieldP256.mul(power, power, inverse);
        FieldP256.mul(y, y, power);
        z.setOne();
        inverse.wipe();
        power.wipe();
    }

    /** The affine x-coordinate as words, for less than {@link #normalize}. Infinity gives 0. */
    void affineX(long[] w) {
        FieldP256 inverse = new FieldP256();
        FieldP256.invert(inverse, z);
        FieldP256.sqr(inverse, inverse);
        FieldP256.mul(inverse, inverse, x);
        inverse.toWords(w);
        inverse.wipe();
    }

    /** Whether y^2 = x^3 - 3 x + b. */
    private static boolean isOnCurve(FieldP256 x, FieldP256 y) {
        FieldP256 cube = new FieldP256();
        FieldP256 difference = new FieldP256();
        FieldP256.sqr(cube, x);
        FieldP256.mul(cube, cube, x);
        FieldP256.sqr(difference, y);
        FieldP256.sub(difference, difference, cube);
        FieldP256.triple(cube, x);
        FieldP256.add(difference, difference, cube);
        FieldP256.sub(difference, difference, B);
        return difference.isZero() != 0;
    }

    /**
     * Reads an uncompressed point (SEC 1 section 2.3.4) and validates it: coordinates below p, on the curve. As the
     * order is prime, nothing else has to be checked.
     *
     * @return whether it is valid; if not, this is undefined
     */
    boolean decode(byte[] octets, int offset, int length) {
        if (length != 2 * CurveP256.OCTETS + 1 || octets[offset] != 4) {
            return false;
        }
        z.setOne();
        return decodeCoordinate(x, octets, offset + 1)
                && decodeCoordinate(y, octets, offset + 1 + CurveP256.OCTETS)
                && isOnCurve(x, y);
    }

    private static boolean decodeCoordinate(FieldP256 coordinate, byte[] octets, int offset) {
        long[] w = new long[CurveP256.WORDS];
        Words.readBig(w, octets, offset);
        long[] reduced = new long[CurveP256.WORDS];
        if (Words.subtract(reduced, w, CurveP256.PRIME) == 0) {
            return false;
        }
        coordinate.setWords(w);
        return true;
    }

    /** Writes this point, which must not be infinity, uncompressed, and makes it affine. */
    void encode(byte[] octets, int offset) {
        normalize();
        octets[offset] = 4;
        long[] w = new long[CurveP256.WORDS];
        x.toWords(w);
        Words.writeBig(w, octets, offset + 1);
        y.toWords(w);
        Words.writeBig(w, octets, offset + 1 + CurveP256.OCTETS);
        Arrays.fill(w, 0);
    }
}
