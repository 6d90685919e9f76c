package dev.akushu.curves;

/** Tables of odd multiples p, 3 p, 5 p ... in affine coordinates. */
final class OddMultiplesP384 {
    private OddMultiplesP384() {}

    /** Longs of an affine point in a table. */
    static final int ENTRY = 2 * FieldP384.LIMBS;

    /**
     * The points (2 i + 1) 2^(64 j) p for i below {@code count} and j below {@code parts}: entry j count + i, x before
     * y. p is affine. Points of prime order have no exceptions here, as 64 is below the order.
     */
    static long[] table(PointP384 p, int count, int parts, PointP384.Temporaries t) {
        PointP384[] multiples = new PointP384[parts * count];
        PointP384 base = new PointP384();
        base.set(p);
        for (int j = 0; j < parts; j++) {
            multiples(multiples, j * count, count, base, t);
            for (int i = 0; i < 64 && j + 1 < parts; i++) {
                PointP384.dbl(base, base, t);
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
    private static void multiples(PointP384[] out, int from, int count, PointP384 p, PointP384.Temporaries t) {
        PointP384 twice = new PointP384();
        PointP384 current = new PointP384();
        PointP384.dbl(twice, p, t);
        FieldP384.sqr(t.a, twice.z);
        FieldP384.mul(current.x, p.x, t.a);
        FieldP384.mul(t.a, t.a, twice.z);
        FieldP384.mul(current.y, p.y, t.a);
        current.z.set(p.z);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                PointP384.add(current, current, twice.x, twice.y, t);
            }
            PointP384 multiple = new PointP384();
            multiple.x.set(current.x);
            multiple.y.set(current.y);
            FieldP384.mul(multiple.z, current.z, twice.z);
            out[from + i] = multiple;
        }
    }

    /** With one inversion for all points (Montgomery's trick). */
    private static void toAffine(long[] table, PointP384[] points, PointP384.Temporaries t) {
        int n = points.length;
        FieldP384[] products = new FieldP384[n];
        products[0] = points[0].z;
        for (int i = 1; i < n; i++) {
            products[i] = new FieldP384();
            FieldP384.mul(products[i], products[i - 1], points[i].z);
        }
        FieldP384 inverse = t.a;
        FieldP384 inverseOfZ = t.b;
        FieldP384 power = t.c;
        FieldP384.invert(inverse, products[n - 1]);
        for (int i = n - 1; i >= 0; i--) {
            if (i > 0) {
                FieldP384.mul(inverseOfZ, inverse, products[i - 1]);
                FieldP384.mul(inverse, inverse, points[i].z);
            } else {
                inverseOfZ.set(inverse);
            }
            FieldP384.sqr(power, inverseOfZ);
            FieldP384.mul(points[i].x, points[i].x, power);
            FieldP384.mul(power, power, inverseOfZ);
            FieldP384.mul(points[i].y, points[i].y, power);
            points[i].x.store(table, i * ENTRY);
            points[i].y.store(table, i * ENTRY + FieldP384.LIMBS);
        }
    }
}
