package dev.akushu.curves;

/**
 * Complete formulas on P-256, for the scalars that the fast ones cannot serve: Renes, Costello and Batina, "Complete
 * addition formulas for prime order elliptic curves" (2016), algorithm 4 for a = -3. Points here are homogeneous: x = X
 * / Z, y = Y / Z, and infinity is (0 : 1 : 0). Slow, and rarely run.
 */
final class CompleteP256 {
    private static final FieldP256 B = PointP256.field(CurveP256.B);

    private CompleteP256() {}

    /**
     * r = k p in Jacobian coordinates, for a secret k and an affine p; without a branch or an index that depends on k.
     */
    static void multiply(PointP256 r, long[] k, PointP256 p) {
        PointP256 homogeneous = multiple(k, p);
        toJacobian(r, homogeneous);
        homogeneous.wipe();
    }

    /** r = k p + l q in Jacobian coordinates, for affine p and q. */
    static void multiply(PointP256 r, long[] k, PointP256 p, long[] l, PointP256 q) {
        PointP256 sum = new PointP256();
        add(sum, multiple(k, p), multiple(l, q));
        toJacobian(r, sum);
    }

    /** From (X : Y : Z) to (X Z, Y Z^2, Z). */
    private static void toJacobian(PointP256 r, PointP256 p) {
        FieldP256 square = new FieldP256();
        FieldP256.sqr(square, p.z);
        FieldP256.mul(r.y, p.y, square);
        FieldP256.mul(r.x, p.x, p.z);
        r.z.set(p.z);
        square.wipe();
    }

    private static PointP256 multiple(long[] k, PointP256 p) {
        PointP256 r = new PointP256();
        r.y.setOne();
        PointP256 sum = new PointP256();
        for (int i = 64 * CurveP256.WORDS - 1; i >= 0; i--) {
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
    static void add(PointP256 r, PointP256 p, PointP256 q) {
        FieldP256 xx = product(p.x, q.x);
        FieldP256 yy = product(p.y, q.y);
        FieldP256 zz = product(p.z, q.z);
        FieldP256 xy = difference(product(sum(p.x, p.y), sum(q.x, q.y)), sum(xx, yy)); // X1 Y2 + X2 Y1
        FieldP256 yz = difference(product(sum(p.y, p.z), sum(q.y, q.z)), sum(yy, zz)); // Y1 Z2 + Y2 Z1
        FieldP256 xz = difference(product(sum(p.x, p.z), sum(q.x, q.z)), sum(xx, zz)); // X1 Z2 + X2 Z1
        FieldP256 t = triple(difference(xz, product(B, zz)));
        FieldP256 below = difference(yy, t);
        FieldP256 above = sum(yy, t);
        FieldP256 zz3 = triple(zz);
        FieldP256 u = triple(difference(difference(product(B, xz), zz3), xx));
        FieldP256 w = difference(triple(xx), zz3);
        r.x.set(difference(product(xy, above), product(yz, u)));
        r.y.set(sum(product(above, below), product(w, u)));
        r.z.set(sum(product(yz, below), product(xy, w)));
    }

    private static FieldP256 product(FieldP256 a, FieldP256 b) {
        FieldP256 r = new FieldP256();
        FieldP256.mul(r, a, b);
        return r;
    }

    private static FieldP256 sum(FieldP256 a, FieldP256 b) {
        FieldP256 r = new FieldP256();
        FieldP256.add(r, a, b);
        r.weak();
        return r;
    }

    private static FieldP256 difference(FieldP256 a, FieldP256 b) {
        FieldP256 r = new FieldP256();
        FieldP256.sub(r, a, b);
        r.weak();
        return r;
    }

    private static FieldP256 triple(FieldP256 a) {
        FieldP256 r = new FieldP256();
        FieldP256.triple(r, a);
        r.weak();
        return r;
    }
}
