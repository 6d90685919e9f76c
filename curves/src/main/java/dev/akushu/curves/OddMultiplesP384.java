package dev.akushu.curves;

/** Makes tables of odd multiples p, 3 p, 5 p ... in affine coordinates. */
final class OddMultiplesP384 {
    /** Longs of an affine point in a table. */
    static final int ENTRY = 2 * FieldP384.LIMBS;

    /** Bits of a part of a scalar, for each of which a table may have multiples. */
    static final int PART = 32;

    private final int count;
    private final PointP384.Temporaries t;
    private final PointP384 twice = new PointP384();
    private final PointP384 current = new PointP384();
    /** What the denominator of an entry was multiplied by to make that of the next. */
    private final long[] ratios;

    /**
     * @param count entries of a table, at most 32: then points of prime order have no exceptions here
     * @param temporaries that others may use between two calls
     */
    OddMultiplesP384(int count, PointP384.Temporaries temporaries) {
        this.count = count;
        this.t = temporaries;
        this.ratios = new long[(count - 1) * FieldP384.LIMBS];
    }

    /** The points (2 i + 1) 2^(32 j) p for i below {@code count} and j below {@code parts}: entry j count + i. */
    static long[] table(PointP384 p, int count, int parts) {
        PointP384.Temporaries temporaries = new PointP384.Temporaries();
        OddMultiplesP384 multiples = new OddMultiplesP384(count, temporaries);
        long[] table = new long[parts * count * ENTRY];
        PointP384 base = new PointP384();
        base.set(p);
        for (int j = 0; j < parts; j++) {
            multiples.write(table, j * count, base);
            for (int i = 0; i < PART && j + 1 < parts; i++) {
                PointP384.dbl(base, base, temporaries);
            }
        }
        return table;
    }

    /**
     * Writes the points (2 i + 1) p for i below the count, x before y, from entry {@code first} on. Nothing is secret.
     *
     * <p>Addition does not use the curve's coefficients, so it may run on the isomorphic curve with (x Z^2, y Z^3), Z
     * that of 2 p, where 2 p is affine: 8 multiplications and 3 squarings instead of 12 and 4.
     */
    void write(long[] table, int first, PointP384 p) {
        PointP384.dbl(twice, p, t);
        FieldP384.sqr(t.a, twice.z);
        FieldP384.mul(current.x, p.x, t.a);
        FieldP384.mul(t.a, t.a, twice.z);
        FieldP384.mul(current.y, p.y, t.a);
        current.z.set(p.z);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                PointP384.add(current, current, twice.x, twice.y, t);
                t.ratioOfZ().store(ratios, (i - 1) * FieldP384.LIMBS);
            }
            current.x.store(table, (first + i) * ENTRY);
            current.y.store(table, (first + i) * ENTRY + FieldP384.LIMBS);
        }
        FieldP384.mul(current.z, current.z, twice.z);
        toAffine(table, first);
    }

    /** Divides x by z^2 and y by z^3. One inversion: 1 / z of an entry is that of the next times their ratio. */
    private void toAffine(long[] table, int first) {
        FieldP384 inverse = current.z;
        FieldP384 power = t.a;
        FieldP384 other = t.b;
        FieldP384.invert(inverse, inverse);
        for (int i = count - 1; i >= 0; i--) {
            FieldP384.sqr(power, inverse);
            multiply(table, (first + i) * ENTRY, power, other);
            FieldP384.mul(power, power, inverse);
            multiply(table, (first + i) * ENTRY + FieldP384.LIMBS, power, other);
            if (i > 0) {
                other.load(ratios, (i - 1) * FieldP384.LIMBS);
                FieldP384.mul(inverse, inverse, other);
            }
        }
    }

    private static void multiply(long[] table, int at, FieldP384 factor, FieldP384 temporary) {
        temporary.load(table, at);
        FieldP384.mul(temporary, temporary, factor);
        temporary.store(table, at);
    }
}
