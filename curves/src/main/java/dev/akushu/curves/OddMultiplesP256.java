package dev.akushu.curves;

/** Tables of odd multiples p, 3 p, 5 p ... in affine coordinates. */
final class OddMultiplesP256 {
    private OddMultiplesP256() {}

    /** Longs of an affine point in a table. */
    static final int ENTRY = 2 * FieldP256.LIMBS;

    /**
     * The points (2 i + 1) 2^(64 j) p for i below {@code count} and j below {@code parts}: entry j count + i, x before
     * y. p is affine. Points of prime order have no exceptions here, as 64 is below the order.
     */
    static long[] table(PointP256 p, int count, int parts, PointP256.Temporaries t) {
        PointP256[] multiples = new PointP256[parts * count];
        PointP256 base = new PointP256();
        base.set(p);
        for (int j = 0; j < parts; j++) {
            multiples(multiples, j * count, count, base, t);
            for (int i = 0; i < 64 && j + 1 < parts; i++) {
                PointP256.dbl(base, base, t);
            }
        }
        long[] table = new long[multiples.length * ENTRY];
        toAffine(table, multiples, t);
        return table;
    }

    /**
     * p, 3 p, 5 p ... in Jacobian coordinates. Addition does not use the curve's coefficients, so it may run on the
     * isomorphic curve with (x Z^2, y Z^3), Z that of 2 p, where 2 p is affine: 8 multiplications and 3 squarings
     * instead of 12 and 4.
     */
    private static void multiples(PointP256[] out, int from, int count, PointP256 p, PointP256.Temporaries t) {
        PointP256 twice = new PointP256();
        PointP256 current = new PointP256();
        PointP256.dbl(twice, p, t);
        FieldP256.sqr(t.a, twice.z);
        FieldP256.mul(current.x, p.x, t.a);
        FieldP256.mul(t.a, t.a, twice.z);
        FieldP256.mul(current.y, p.y, t.a);
        current.z.set(p.z);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                PointP256.add(current, current, twice.x, twice.y, t);
            }
            PointP256 multiple = new PointP256();
            multiple.x.set(current.x);
            multiple.y.set(current.y);
            FieldP256.mul(multiple.z, current.z, twice.z);
            out[from + i] = multiple;
        }
    }

    /** With one inversion for all points (Montgomery's trick). */
    private static void toAffine(long[] table, PointP256[] points, PointP256.Temporaries t) {
        int n = points.length;
        FieldP256[] products = new FieldP256[n];
        products[0] = points[0].z;
        for (int i = 1; i < n; i++) {
            products[i] = new FieldP256();
            FieldP256.mul(products[i], products[i - 1], points[i].z);
        }
        FieldP256 inverse = t.a;
        FieldP256 inverseOfZ = t.b;
        FieldP256 power = t.c;
        FieldP256.invert(inverse, products[n - 1]);
        for (int i = n - 1; i >= 0; i--) {
            if (i > 0) {
                FieldP256.mul(inverseOfZ, inverse, products[i - 1]);
                FieldP256.mul(inverse, inverse, points[i].z);
            } else {
                inverseOfZ.set(inverse);
            }
            FieldP256.sqr(power, inverseOfZ);
            FieldP256.mul(points[i].x, points[i].x, power);
            FieldP256.mul(power, power, inverseOfZ);
            FieldP256.mul(points[i].y, points[i].y, power);
            points[i].x.store(table, i * ENTRY);
            points[i].y.store(table, i * ENTRY + FieldP256.LIMBS);
        }
    }
}
