package dev.akushu.curves;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A point of P-384 in Jacobian coordinates: x = X / Z^2, y = Y / Z^3; the point at infinity has Z = 0.
 *
 * <p>The additions are incomplete: they give Z3 = Z1 H, where H = 0 exactly if both points are equal or opposite, and
 * Z1 = 0 for infinity. A zero Z stays zero in all later additions and doublings. So a whole chain is checked once, at
 * its end: Z != 0 proves that it met no exception. If it did, it is computed again with complete formulas, see
 * {@link CompleteP384}; for a secret scalar that happens for a handful of all scalars only.
 *
 * <p>Bounds of the limbs, in units of the field's radix, of the highest in units of 2^48. The tests read them here and
 * prove that dbl and add, with a summand within those of x and y, keep them, and that all else bears them:
 *
 * <ul>
 *   <li>x and y: -1.125 to 1.125, the highest -1.5 to 1.5.
 *   <li>z: -2.0625 to 1.1875, the highest -2.75 to 2.25.
 * </ul>
 */
final class PointP384 {
    private static final FieldP384 B = field(CurveP384.B);

    final FieldP384 x = new FieldP384();
    final FieldP384 y = new FieldP384();
    final FieldP384 z = new FieldP384();

    /** Room for intermediates, so that no operation allocates. */
    static final class Temporaries {
        final FieldP384 a = new FieldP384();
        final FieldP384 b = new FieldP384();
        final FieldP384 c = new FieldP384();
        final FieldP384 d = new FieldP384();
        final FieldP384 e = new FieldP384();
        final FieldP384 f = new FieldP384();

        /** After an addition: z of the sum by z of the summand. */
        FieldP384 ratioOfZ() {
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

    static FieldP384 field(BigInteger value) {
        FieldP384 element = new FieldP384();
        element.setWords(Words.of(value, CurveP384.WORDS));
        return element;
    }

    /** A new object for the base point, z = 1. */
    static PointP384 base() {
        PointP384 base = new PointP384();
        base.setAffine(field(CurveP384.GX), field(CurveP384.GY));
        return base;
    }

    void set(PointP384 p) {
        x.set(p.x);
        y.set(p.y);
        z.set(p.z);
    }

    void setAffine(FieldP384 newX, FieldP384 newY) {
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
    static void dbl(PointP384 r, PointP384 p, Temporaries t) {
        FieldP384 delta = t.a;
        FieldP384 gamma = t.b;
        FieldP384 beta = t.c;
        FieldP384 alpha = t.d;
        FieldP384 u = t.e;
        FieldP384 v = t.f;
        FieldP384.sqr(delta, p.z);
        FieldP384.sqr(gamma, p.y);
        FieldP384.mul(beta, p.x, gamma);
        FieldP384.sub(u, p.x, delta);
        FieldP384.add(v, p.x, delta);
        FieldP384.triple(v, v);
        FieldP384.mul(alpha, u, v);
        FieldP384.add(u, p.y, p.z);
        FieldP384.sqr(u, u);
        FieldP384.add(v, gamma, delta);
        FieldP384.sub(r.z, u, v);
        FieldP384.sqr(v, alpha);
        FieldP384.minusEightfold(r.x, v, beta);
        FieldP384.quadrupleMinus(v, beta, r.x);
        // In this order: P-384's field wants its first operand within 2^58, which 4 beta - x may exceed.
        FieldP384.mul(v, alpha, v);
        FieldP384.sqr(gamma, gamma);
        FieldP384.minusEightfold(r.y, v, gamma);
    }

    /** r = p + (qx, qy), unless an exception of above. 8 multiplications and 3 squarings. r may be p. */
    static void add(PointP384 r, PointP384 p, FieldP384 qx, FieldP384 qy, Temporaries t) {
        FieldP384 h = t.ratioOfZ();
        FieldP384 slope = t.b;
        FieldP384 hh = t.c;
        FieldP384 hhh = t.d;
        FieldP384 v = t.e;
        FieldP384 w = t.f;
        FieldP384.sqr(hh, p.z);
        FieldP384.mul(h, qx, hh);
        FieldP384.mul(hh, hh, p.z);
        FieldP384.mul(slope, qy, hh);
        FieldP384.sub(h, h, p.x);
        FieldP384.sub(slope, slope, p.y);
        FieldP384.mul(r.z, p.z, h);
        FieldP384.sqr(hh, h);
        FieldP384.mul(hhh, h, hh);
        FieldP384.mul(v, p.x, hh);
        FieldP384.sqr(w, slope);
        FieldP384.minusAndMinusTwice(r.x, w, hhh, v);
        FieldP384.sub(v, v, r.x);
        FieldP384.mul(v, v, slope);
        FieldP384.mul(w, p.y, hhh);
        FieldP384.sub(r.y, v, w);
    }

    /** To affine coordinates, z = 1. */
    void normalize() {
        FieldP384 inverse = new FieldP384();
        FieldP384 power = new FieldP384();
        FieldP384.invert(inverse, z);
        FieldP384.sqr(power, inverse);
        FieldP384.mul(x, x, power);
        FieldP384.mul(power, power, inverse);
        FieldP384.mul(y, y, power);
        z.setOne();
        inverse.wipe();
        power.wipe();
    }

    /** The affine x-coordinate as words, for less than {@link #normalize}. Infinity gives 0. */
    void affineX(long[] w) {
        FieldP384 inverse = new FieldP384();
        FieldP384.invert(inverse, z);
        FieldP384.sqr(inverse, inverse);
        FieldP384.mul(inverse, inverse, x);
        inverse.toWords(w);
        inverse.wipe();
    }

    /** Whether y^2 = x^3 - 3 x + b. */
    private static boolean isOnCurve(FieldP384 x, FieldP384 y) {
        FieldP384 cube = new FieldP384();
        FieldP384 difference = new FieldP384();
        FieldP384.sqr(cube, x);
        FieldP384.mul(cube, cube, x);
        FieldP384.sqr(difference, y);
        FieldP384.sub(difference, difference, cube);
        FieldP384.triple(cube, x);
        FieldP384.add(difference, difference, cube);
        FieldP384.sub(difference, difference, B);
        return difference.isZero() != 0;
    }

    /**
     * Reads an uncompressed point (SEC 1 section 2.3.4) and validates it: coordinates below p, on the curve. As the
     * order is prime, nothing else has to be checked.
     *
     * @return whether it is valid; if not, this is undefined
     */
    boolean decode(byte[] octets, int offset, int length) {
        if (length != 2 * CurveP384.OCTETS + 1 || octets[offset] != 4) {
            return false;
        }
        z.setOne();
        return decodeCoordinate(x, octets, offset + 1)
                && decodeCoordinate(y, octets, offset + 1 + CurveP384.OCTETS)
                && isOnCurve(x, y);
    }

    private static boolean decodeCoordinate(FieldP384 coordinate, byte[] octets, int offset) {
        long[] w = new long[CurveP384.WORDS];
        Words.readBig(w, octets, offset);
        long[] reduced = new long[CurveP384.WORDS];
        if (Words.subtract(reduced, w, CurveP384.PRIME) == 0) {
            return false;
        }
        coordinate.setWords(w);
        return true;
    }

    /** Writes this point, which must not be infinity, uncompressed, and makes it affine. */
    void encode(byte[] octets, int offset) {
        normalize();
        octets[offset] = 4;
        long[] w = new long[CurveP384.WORDS];
        x.toWords(w);
        Words.writeBig(w, octets, offset + 1);
        y.toWords(w);
        Words.writeBig(w, octets, offset + 1 + CurveP384.OCTETS);
        Arrays.fill(w, 0);
    }
}
