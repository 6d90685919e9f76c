package dev.akushu.curves;

/**
 * Complete formulas on P-384, for the scalars that the fast ones cannot serve: Renes, Costello and Batina, "Complete
 * addition formulas for prime order elliptic curves" (2016), algorithm 4 for a = -3. Points here are homogeneous: x = X
 * / Z, y = Y / Z, and infinity is (0 : 1 : 0). Slow, and rarely run.
 */
final class CompleteP384 {
    private static final FieldP384 B = PointP384.field(CurveP384.B);

    private CompleteP384() {}

    /**
     * r = k p in Jacobian coordinates, for a secret k and an affine p; without a branch or an index that depends on k.
     */
    static void multiply(PointP384 r, long[] k, PointP384 p) {
        PointP384 homogeneous = multiple(k, p);
        toJacobian(r, homogeneous);
        homogeneous.wipe();
    }

    /** r = k p + l q in Jacobian coordinates, for affine p and q. */
    static void multiply(PointP384 r, long[] k, PointP384 p, long[] l, PointP384 q) {
        PointP384 sum = new PointP384();
        add(sum, multiple(k, p), multiple(l, q));
        toJacobian(r, sum);
    }

    /** From (X : Y : Z) to (X Z, Y Z^2, Z). */
    private static void toJacobian(PointP384 r, PointP384 p) {
        FieldP384 square = new FieldP384();
        FieldP384.sqr(square, p.z);
        FieldP384.mul(r.y, p.y, square);
        FieldP384.mul(r.x, p.x, p.z);
        r.z.set(p.z);
        square.wipe();
    }

    private static PointP384 multiple(long[] k, PointP384 p) {
        PointP384 r = new PointP384();
        r.y.setOne();
        PointP384 sum = new PointP384();
        for (int i = 64 * CurveP384.WORDS - 1; i >= 0; i--) {
            add(r, r, r);
            add(sum, r, p);
            long bit = -(k[i >>> 6] >>> i & 1);
            r.x.cmov(sum.x, bit);
            r.y.cmov(sum.y, bit);
            r.z.cmov(sum.z, bit);
        }
        sum.wipe();
        return r;
    }

    /** r = p + q, for all p and q. r may be one of them. */
    static void add(PointP384 r, PointP384 p, PointP384 q) {
        FieldP384 xx = product(p.x, q.x);
        FieldP384 yy = product(p.y, q.y);
        FieldP384 zz = product(p.z, q.z);
        FieldP384 xy = difference(product(sum(p.x, p.y), sum(q.x, q.y)), sum(xx, yy)); // X1 Y2 + X2 Y1
        FieldP384 yz = difference(product(sum(p.y, p.z), sum(q.y, q.z)), sum(yy, zz)); // Y1 Z2 + Y2 Z1
        FieldP384 xz = difference(product(sum(p.x, p.z), sum(q.x, q.z)), sum(xx, zz)); // X1 Z2 + X2 Z1
        FieldP384 t = triple(difference(xz, product(B, zz)));
        FieldP384 below = difference(yy, t);
        FieldP384 above = sum(yy, t);
        FieldP384 zz3 = triple(zz);
        FieldP384 u = triple(difference(difference(product(B, xz), zz3), xx));
        FieldP384 w = difference(triple(xx), zz3);
        r.x.set(difference(product(xy, above), product(yz, u)));
        r.y.set(sum(product(above, below), product(w, u)));
        r.z.set(sum(product(yz, below), product(xy, w)));
    }

    private static FieldP384 product(FieldP384 a, FieldP384 b) {
        FieldP384 r = new FieldP384();
        FieldP384.mul(r, a, b);
        return r;
    }

    private static FieldP384 sum(FieldP384 a, FieldP384 b) {
        FieldP384 r = new FieldP384();
        FieldP384.add(r, a, b);
        r.weak();
        return r;
    }

    private static FieldP384 difference(FieldP384 a, FieldP384 b) {
        FieldP384 r = new FieldP384();
        FieldP384.sub(r, a, b);
        r.weak();
        return r;
    }

    private static FieldP384 triple(FieldP384 a) {
        FieldP384 r = new FieldP384();
        FieldP384.triple(r, a);
        r.weak();
        return r;
    }
}
