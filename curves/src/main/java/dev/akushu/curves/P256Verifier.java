package dev.akushu.curves;

import java.util.Optional;

/**
 * Verifies ECDSA signatures under one public key of P-256. With a {@linkplain #withTable table}, verification takes
 * less than half the time; making it takes about as long as one and a half without. Immutable.
 */
public final class P256Verifier implements EcdsaVerifier {
    private static final long[] NO_TABLE = {};

    private final PointP256 key;
    private final long[] table;

    private P256Verifier(PointP256 key, long[] table) {
        this.key = key;
        this.table = table;
    }

    /** For an uncompressed point, if it is one on the curve. */
    public static Optional<P256Verifier> of(byte[] point, int offset, int length) {
        PointP256 key = new PointP256();
        return key.decode(point, offset, length) ? Optional.of(new P256Verifier(key, NO_TABLE)) : Optional.empty();
    }

    @Override
    public P256Verifier withTable() {
        return hasTable() ? this : new P256Verifier(key, PublicMultiplyP256.tableOf(key));
    }

    @Override
    public boolean hasTable() {
        return table.length > 0;
    }

    @Override
    public boolean verify(byte[] digest, byte[] signature, int offset) {
        long[] r = new long[CurveP256.WORDS];
        long[] s = new long[CurveP256.WORDS];
        Words.readBig(r, signature, offset);
        Words.readBig(s, signature, offset + CurveP256.OCTETS);
        ScalarField scalars = CurveP256.SCALARS;
        if (!scalars.isInRange(r) || !scalars.isInRange(s)) {
            return false;
        }
        scalars.invert(s);
        long[] u1 = new long[CurveP256.WORDS];
        long[] u2 = new long[CurveP256.WORDS];
        scalars.multiply(u1, P256.integer(digest), s);
        scalars.multiply(u2, r, s);
        PointP256 point = new PointP256();
        if (hasTable()) {
            PublicMultiplyP256.multiply(point, u1, u2, key, table);
        } else {
            PublicMultiplyP256.multiply(point, u1, u2, key);
        }
        return point.z.isZero() == 0 && hasCoordinate(point, r);
    }

    /**
     * Whether the affine x-coordinate is r modulo the order, without the inversion: x is r, or r + n if that is below
     * p.
     */
    private static boolean hasCoordinate(PointP256 point, long[] r) {
        FieldP256 square = new FieldP256();
        FieldP256.sqr(square, point.z);
        if (isCoordinate(point, r, square)) {
            return true;
        }
        long[] sum = new long[CurveP256.WORDS];
        return addOrder(sum, r) && isCoordinate(point, sum, square);
    }

    private static boolean isCoordinate(PointP256 point, long[] x, FieldP256 square) {
        FieldP256 difference = new FieldP256();
        difference.setWords(x);
        FieldP256.mul(difference, difference, square);
        FieldP256.sub(difference, difference, point.x);
        return difference.isZero() != 0;
    }

    /** sum = r + n; false if that is not below p. Here everything is public. */
    private static boolean addOrder(long[] sum, long[] r) {
        if (Words.subtract(sum, r, CurveP256.PRIME_MINUS_ORDER) == 0) {
            return false;
        }
        // r + n = p - (p - n - r)
        Words.subtract(sum, CurveP256.PRIME_MINUS_ORDER, r);
        Words.subtract(sum, CurveP256.PRIME, sum);
        return true;
    }
}
