package dev.akushu.curves;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The scalars c0 + c1 i + c2 i (i - 1) / 2 and the points that they make of the base point, for i = 0, 1, 2 ... By BouncyCastle's additions, two a point, where a multiplication
 * takes hundreds: so an independent answer costs next to nothing, and cases by the hundred thousand can be compared.
 */
final class Progression {
    private final BigInteger n;
    private BigInteger scalar;
    private BigInteger scalarStep;
    private final BigInteger scalarStepOfStep;
    private ECPoint point;
    private ECPoint step;
    private final ECPoint stepOfStep;

    private Progression(ECPoint base, BigInteger n, BigInteger c0, BigInteger c1, BigInteger c2) {
        this.n = n;
        this.scalar = c0.mod(n);
        this.scalarStep = c1.mod(n);
        this.scalarStepOfStep = c2.mod(n);
        this.point = base.multiply(scalar);
        this.step = base.multiply(scalarStep);
        this.stepOfStep = base.multiply(scalarStepOfStep);
    }

    /** start + i step. */
    static Progression linear(ECPoint base, BigInteger n, BigInteger start, BigInteger step) {
        return new Progression(base, n, start, step, BigInteger.ZERO);
    }

    /** (a + i c) (b + i d). */
    static Progression product(ECPoint base, BigInteger n, BigInteger a, BigInteger c, BigInteger b, BigInteger d) {
        BigInteger cd = c.multiply(d);
        return new Progression(
                base, n, a.multiply(b), a.multiply(d).add(b.multiply(c)).add(cd), cd.shiftLeft(1));
    }

    /** The first scalars. Their points are in {@code points}, in affine coordinates. */
    BigInteger[] take(ECPoint[] points) {
        BigInteger[] scalars = new BigInteger[points.length];
        for (int i = 0; i < points.length; i++) {
            scalars[i] = scalar;
            points[i] = point;
            scalar = scalar.add(scalarStep).mod(n);
            scalarStep = scalarStep.add(scalarStepOfStep).mod(n);
            point = point.add(step);
            step = step.add(stepOfStep);
        }
        point.getCurve().normalizeAll(points);
        return scalars;
    }
}
