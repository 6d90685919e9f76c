package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The point formulas of P-256 and P-384 against the affine law of y^2 = x^3 - 3 x + b, and their bounds, whatever chain
 * they are called in.
 */
class WeierstrassProofTest {
    /** Bounds of products, once proved, hold in all tests. */
    private static final Map<String, Map<List<Box>, Box>> PROVED = new HashMap<>();

    private static FormulaMachine machine(String curve) {
        FieldModel field = curve.equals("P256") ? FieldModel.P256 : FieldModel.P384;
        return new FormulaMachine(
                field,
                Sources.of("Field" + curve, "Point" + curve, "Complete" + curve),
                PROVED.computeIfAbsent(curve, c -> new HashMap<>()));
    }

    /**
     * A coordinate of an affine point, with either sign: limbs of a product, of a canonical value or of a weakly
     * reduced one.
     */
    static Box affine(FieldModel field) {
        int top = field.prime().bitLength() - field.bits() * (field.limbs() - 1);
        return field.box(
                Interval.within(BigInteger.TWO.pow(field.bits()).add(BigInteger.TWO.pow(field.bits() - 3))),
                Interval.within(BigInteger.TWO.pow(top).add(BigInteger.TWO.pow(top - 1))));
    }

    private static Thing coordinate(Thing point, String name) {
        return (Thing) point.fields().get(name);
    }

    /** The intervals of a point's coordinates. */
    record Bounds(Box x, Box y, Box z) {
        static Bounds of(FieldModel field, Thing point) {
            return new Bounds(
                    field.ranges(coordinate(point, "x")),
                    field.ranges(coordinate(point, "y")),
                    field.ranges(coordinate(point, "z")));
        }

        Bounds widened(Bounds that) {
            return new Bounds(widen(x, that.x), widen(y, that.y), widen(z, that.z));
        }

        /** The hull, if it is not the first already, a little more than that, so that repetition ends. */
        private static Box widen(Box a, Box b) {
            return new Box(IntStream.range(0, a.limbs().size())
                    .mapToObj(i -> widen(a.limbs().get(i), b.limbs().get(i)))
                    .toList());
        }

        private static Interval widen(Interval a, Interval b) {
            if (b.isWithin(a)) {
                return a;
            }
            Interval hull = a.hull(b);
            BigInteger margin = hull.high().subtract(hull.low()).shiftRight(6);
            return new Interval(hull.low().subtract(margin), hull.high().add(margin));
        }
    }

    private static final class Run {
        final FormulaMachine formulas;
        final String type;
        final Thing point;
        final Polynomial x;
        final Polynomial y;
        final Polynomial z;

        Run(String curve, Bounds bounds) {
            formulas = machine(curve);
            type = "Point" + curve;
            point = formulas.machine.create(type);
            x = formulas.unknown("x");
            y = formulas.unknown("y");
            z = formulas.unknown("z");
            formulas.define(coordinate(point, "x"), x, bounds.x);
            formulas.define(coordinate(point, "y"), y, bounds.y);
            formulas.define(coordinate(point, "z"), z, bounds.z);
        }

        Polynomial result(String name) {
            return formulas.element(coordinate(point, name));
        }

        void dbl() {
            formulas.machine.call(type, "dbl", null, List.of(point, point, formulas.machine.create("Temporaries")));
        }

        Polynomial[] add() {
            Thing qx = formulas.machine.create(formulas.field.type());
            Thing qy = formulas.machine.create(formulas.field.type());
            Polynomial x2 = formulas.unknown("x2");
            Polynomial y2 = formulas.unknown("y2");
            formulas.define(qx, x2, affine(formulas.field));
            formulas.define(qy, y2, affine(formulas.field));
            formulas.machine.call(
                    type, "add", null, List.of(point, point, qx, qy, formulas.machine.create("Temporaries")));
            return new Polynomial[] {x2, y2};
        }

        /**
         * That (X : Y : Z) is the point with slope n / d through (x / z^2, y / z^3) whose other point has the abscissa
         * {@code other} / z^2.
         */
        void assertLaw(Polynomial n, Polynomial d, Polynomial other) {
            BigInteger p = formulas.field.prime();
            Polynomial resultX = result("x");
            Polynomial resultZ = result("z");
            // All of the affine law times a power of z: slope = n / (d z), x3 z^2 = (n / d)^2 - x - other.
            Polynomial zz = z.square();
            Polynomial dd = d.square();
            Polynomial x3 = n.square().minus(x.plus(other).times(dd));
            assertZero(resultX.times(zz).times(dd).minus(x3.times(resultZ.square())), p);
            // y3 z^3 = (n / d) (x - x3 z^2) - y
            Polynomial y3 = n.times(x.times(dd).minus(x3)).minus(y.times(dd).times(d));
            assertZero(
                    result("y")
                            .times(zz)
                            .times(z)
                            .times(dd)
                            .times(d)
                            .minus(y3.times(resultZ.square().times(resultZ))),
                    p);
        }
    }

    private static void assertZero(Polynomial polynomial, BigInteger p) {
        assertThat(polynomial.mod(p)).isEqualTo(Polynomial.ZERO);
    }

    static Bounds start(String curve) {
        Box affine = affine(machine(curve).field);
        return new Bounds(affine, affine, affine);
    }

    /**
     * Bounds that hold before and after every doubling and addition. All intermediates in them are exact, or this
     * throws.
     */
    static Bounds closed(String curve) {
        Bounds bounds = start(curve);
        for (int round = 0; round < 30; round++) {
            Run doubling = new Run(curve, bounds);
            doubling.dbl();
            Run addition = new Run(curve, bounds);
            addition.add();
            Bounds next = bounds.widened(Bounds.of(doubling.formulas.field, doubling.point))
                    .widened(Bounds.of(addition.formulas.field, addition.point));
            if (next.equals(bounds)) {
                return bounds;
            }
            bounds = next;
        }
        throw new ProofFailure("the bounds grow with every operation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void boundsHoldInEveryChainOfDoublingsAndAdditions(String curve) {
        Bounds bounds = closed(curve);
        System.out.printf(
                "%s: closed under doubling and addition:%n  x %s%n  y %s%n  z %s%n",
                curve, bounds.x, bounds.y, bounds.z);
        assertThat(bounds.widened(start(curve))).isEqualTo(bounds);
    }

    /** In the table of odd multiples, 2 p is added as if it were affine, on another curve. */
    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void aDoubledPointMayBeAddedAsAnAffineOne(String curve) {
        Run run = new Run(curve, closed(curve));
        run.dbl();
        Bounds bounds = Bounds.of(run.formulas.field, run.point);
        assertThat(bounds.x).matches(b -> b.isWithin(affine(run.formulas.field)));
        assertThat(bounds.y).matches(b -> b.isWithin(affine(run.formulas.field)));
    }

    /** Slope (3 x^2 - 3 z^4) / (2 y z). Z3 = 2 y z is 0 only for infinity, as no point of odd order has y = 0. */
    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void doublingFollowsTheLaw(String curve) {
        Run run = new Run(curve, start(curve));
        run.dbl();
        run.assertLaw(run.x.square().minus(run.z.square().square()).times(3), run.y.times(2), run.x);
        assertZero(run.result("z").minus(run.y.times(run.z).times(2)), run.formulas.field.prime());
    }

    /**
     * Slope (y2 z^3 - y) / ((x2 z^2 - x) z). Z3 is z (x2 z^2 - x): 0 exactly for infinity, equal or opposite points.
     */
    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void additionFollowsTheLaw(String curve) {
        Run run = new Run(curve, start(curve));
        Polynomial[] q = run.add();
        Polynomial zz = run.z.square();
        Polynomial h = q[0].times(zz).minus(run.x);
        run.assertLaw(q[1].times(zz).times(run.z).minus(run.y), h, q[0].times(zz));
        assertZero(run.result("z").minus(run.z.times(h)), run.formulas.field.prime());
    }

    /**
     * The complete formulas in homogeneous coordinates, for different points (x1, y1), (x2, y2), modulo the curve's
     * equation.
     */
    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void completeAdditionFollowsTheLawForDifferentPoints(String curve) {
        Complete c = new Complete(curve);
        Thing p = c.point("1");
        Thing q = c.point("2");
        c.add(p, q);
        Polynomial n = c.y("2").minus(c.y("1"));
        Polynomial d = c.x("2").minus(c.x("1"));
        c.assertLaw(n, d, c.x("2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void completeAdditionFollowsTheLawForEqualPoints(String curve) {
        Complete c = new Complete(curve);
        Thing p = c.point("1");
        c.add(p, p);
        c.assertLaw(c.x("1").square().minus(Polynomial.of(1)).times(3), c.y("1").times(2), c.x("1"));
    }

    /** Complete formulas on points x z, y z, z with free x, y, z, and y^2 replaced by x^3 - 3 x + b. */
    private static final class Complete {
        final FormulaMachine formulas;
        final String curve;
        final Thing result;
        final Polynomial b;
        final Map<String, Polynomial> unknowns = new HashMap<>();

        Complete(String curve) {
            this.curve = curve;
            formulas = machine(curve);
            b = formulas.unknown("b");
            Thing constant = formulas.machine.create(formulas.field.type());
            formulas.define(constant, b, affine(formulas.field));
            formulas.machine.define("Complete" + curve + ".B", constant);
            result = formulas.machine.create("Point" + curve);
        }

        Thing point(String name) {
            Thing point = formulas.machine.create("Point" + curve);
            for (String v : List.of("x", "y", "z")) {
                unknowns.put(v + name, formulas.unknown(v + name));
            }
            Polynomial z = unknowns.get("z" + name);
            formulas.define(coordinate(point, "x"), x(name).times(z), affine(formulas.field));
            formulas.define(coordinate(point, "y"), y(name).times(z), affine(formulas.field));
            formulas.define(coordinate(point, "z"), z, affine(formulas.field));
            return point;
        }

        Polynomial x(String name) {
            return unknowns.get("x" + name);
        }

        Polynomial y(String name) {
            return unknowns.get("y" + name);
        }

        void add(Thing p, Thing q) {
            formulas.machine.call("Complete" + curve, "add", null, List.of(result, p, q));
        }

        /** x3 = (n / d)^2 - x1 - other, y3 = (n / d) (x1 - x3) - y1, both times Z3. */
        void assertLaw(Polynomial n, Polynomial d, Polynomial other) {
            Polynomial z3 = formulas.element(coordinate(result, "z"));
            Polynomial dd = d.square();
            Polynomial x3 = n.square().minus(x("1").plus(other).times(dd));
            assertZeroOnCurve(
                    formulas.element(coordinate(result, "x")).times(dd).minus(x3.times(z3)));
            Polynomial y3 =
                    n.times(x("1").times(dd).minus(x3)).minus(y("1").times(dd).times(d));
            assertZeroOnCurve(
                    formulas.element(coordinate(result, "y")).times(dd).times(d).minus(y3.times(z3)));
            assertThat(z3).isNotEqualTo(Polynomial.ZERO);
        }

        private void assertZeroOnCurve(Polynomial polynomial) {
            Polynomial reduced = polynomial;
            for (String name : List.of("1", "2")) {
                if (unknowns.containsKey("x" + name)) {
                    Polynomial x = x(name);
                    Polynomial square = x.square().times(x).minus(x.times(3)).plus(b);
                    reduced = reduced.replaceSquare(y(name).variables().getFirst(), square);
                }
            }
            assertZero(reduced, formulas.field.prime());
        }
    }
}
