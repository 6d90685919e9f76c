package dev.akushu.curves.proof;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The complete formulas of P-256 and P-384 against the affine law, as the given sources have them, for every pair of
 * points: both finite and different, equal, opposite; one or both at infinity. Every result is compared with
 * polynomials that are not all zero, and is within the bounds that the operands have: those of x and y in the Javadoc
 * of the Jacobian point's class, so that it may be an operand again. Every method fails if what it is named after does
 * not hold.
 *
 * <p>No finite point has y = 0, because the order is odd.
 */
final class CompleteLaws {
    private final String type;
    private final String point;
    private final FieldModel field;
    private final FormulaMachine formulas;
    private final Box bounds;
    private final boolean isBounded;
    private final Polynomial b;

    /** The square of each y that was made. */
    private final Map<Polynomial, Polynomial> squares = new HashMap<>();

    CompleteLaws(String curve, Sources sources) {
        this(curve, sources, true);
    }

    /** @param newIsBounded whether bounds are looked at; without them, much less work shows that a law does not hold */
    CompleteLaws(String curve, Sources sources, boolean newIsBounded) {
        type = "Complete" + curve;
        point = "Point" + curve;
        field = WeierstrassLaws.field(curve);
        isBounded = newIsBounded;
        formulas = new FormulaMachine(
                field, sources, isBounded ? WeierstrassLaws.products(field) : operands -> field.canonical());
        bounds = PointBounds.statedBy(point, field).x();
        Conversions conversions = new Conversions(formulas);
        b = formulas.unknown("b");
        Thing constant = formulas.machine.create(field.type());
        Word[] words = conversions.words(b);
        formulas.machine.call(field.type(), "setWords", constant, List.of((Object) words));
        formulas.machine.define(type + ".B", constant);
    }

    static Sources sources(String curve) {
        return Sources.of("Field" + curve, "Point" + curve, "Complete" + curve);
    }

    /** The finite point (x, y) as (x z : y z : z). */
    private record Point(Thing thing, Polynomial x, Polynomial y, Polynomial z) {}

    private static Thing coordinate(Thing point, String name) {
        return (Thing) point.fields().get(name);
    }

    private Polynomial element(Thing thing, String name) {
        return formulas.element(coordinate(thing, name));
    }

    private Thing thing(Polynomial x, Polynomial y, Polynomial z) {
        Thing thing = formulas.machine.create(point);
        formulas.define(coordinate(thing, "x"), x, bounds);
        formulas.define(coordinate(thing, "y"), y, bounds);
        formulas.define(coordinate(thing, "z"), z, bounds);
        return thing;
    }

    private Point finite() {
        Polynomial x = formulas.unknown("x");
        Polynomial y = formulas.unknown("y");
        squares.put(y, x.square().times(x).minus(x.times(3)).plus(b));
        return withZ(x, y);
    }

    private Point withZ(Polynomial x, Polynomial y) {
        Polynomial z = formulas.unknown("z");
        return new Point(thing(x.times(z), y.times(z), z), x, y, z);
    }

    /** (0 : y : 0) for any y but 0. */
    private Point infinity() {
        Polynomial y = formulas.unknown("y");
        return new Point(thing(Polynomial.ZERO, y, Polynomial.ZERO), Polynomial.ZERO, y, Polynomial.ZERO);
    }

    private Thing add(Thing p, Thing q) {
        Thing r = formulas.machine.create(point);
        formulas.machine.call(type, "add", null, List.of(r, p, q));
        checkBounds(r);
        return r;
    }

    private void checkBounds(Thing p) {
        for (String name : List.of("x", "y", "z")) {
            if (isBounded && !field.ranges(coordinate(p, name)).isWithin(bounds)) {
                throw new ProofFailure(name + " may leave its bounds: " + field.ranges(coordinate(p, name)));
            }
        }
    }

    /** Modulo p and the equations of the points. */
    private void checkEqual(Polynomial a, Polynomial c, String what) {
        Polynomial difference = a.minus(c).mod(field.prime());
        for (Map.Entry<Polynomial, Polynomial> square : squares.entrySet()) {
            difference = difference.replaceSquare(square.getKey().variables().getFirst(), square.getValue());
        }
        if (!difference.mod(field.prime()).equals(Polynomial.ZERO)) {
            throw new ProofFailure(what);
        }
    }

    /**
     * That r is the point with slope n / d through p whose other point has the abscissa {@code other}: x3 = (n / d)^2 -
     * x - other, y3 = (n / d) (x - x3) - y, both times Z3, which is not 0, and powers of d.
     */
    private void checkLaw(Thing r, Point p, Polynomial n, Polynomial d, Polynomial other) {
        Polynomial dd = d.square();
        Polynomial x3 = n.square().minus(p.x.plus(other).times(dd));
        Polynomial y3 = n.times(p.x.times(dd).minus(x3)).minus(p.y.times(dd).times(d));
        Polynomial z3 = element(r, "z");
        checkEqual(element(r, "x").times(dd), x3.times(z3), "X");
        checkEqual(element(r, "y").times(dd).times(d), y3.times(z3), "Y");
    }

    /**
     * (n / d) (x - x4) - y, the ordinate of the point with slope n / d through p whose other point has the abscissa
     * {@code other}, times d^3.
     */
    private static Polynomial ordinate(Point p, Polynomial n, Polynomial d, Polynomial other) {
        Polynomial dd = d.square();
        Polynomial x4 = n.square().minus(p.x.plus(other).times(dd));
        return n.times(p.x.times(dd).minus(x4)).minus(p.y.times(dd).times(d));
    }

    /**
     * With x1 and x2 different. Z3 is (x2 - x1)^3 times the ordinate of P - Q, which is finite, so that this is not 0.
     */
    void differentPoints() {
        Point p = finite();
        Point q = finite();
        Thing r = add(p.thing, q.thing);
        Polynomial d = q.x.minus(p.x);
        Polynomial difference = ordinate(p, q.y.negate().minus(p.y), d, q.x);
        checkEqual(element(r, "z"), p.z.times(q.z).square().times(difference), "Z");
        checkLaw(r, p, q.y.minus(p.y), d, q.x);
        checkEqual(element(p.thing, "x"), p.x.times(p.z), "x changed");
        checkEqual(element(q.thing, "x"), q.x.times(q.z), "the summand's x changed");
    }

    /** Z3 is 8 y^3. In two objects and in one, which may be the result, too. */
    void equalPoints() {
        Point p = finite();
        Point q = withZ(p.x, p.y);
        checkDouble(add(p.thing, q.thing), p, p.z.times(q.z).square());
        checkDouble(add(p.thing, p.thing), p, p.z.square().square());
        formulas.machine.call(type, "add", null, List.of(p.thing, p.thing, p.thing));
        checkBounds(p.thing);
        checkDouble(p.thing, p, p.z.square().square());
    }

    private void checkDouble(Thing r, Point p, Polynomial scale) {
        Polynomial n = p.x.square().minus(Polynomial.of(1)).times(3);
        checkEqual(element(r, "z"), p.y.square().times(p.y).times(8).times(scale), "Z");
        checkLaw(r, p, n, p.y.times(2), p.x);
    }

    /** (0 : Y : 0), where Y is (2 y)^3 times the ordinate of 2 P, which is finite. */
    void oppositePoints() {
        Point p = finite();
        Point q = withZ(p.x, p.y.negate());
        Thing r = add(p.thing, q.thing);
        Polynomial n = p.x.square().minus(Polynomial.of(1)).times(3);
        Polynomial twice = ordinate(p, n, p.y.times(2), p.x);
        checkEqual(element(r, "x"), Polynomial.ZERO, "X");
        checkEqual(element(r, "z"), Polynomial.ZERO, "Z");
        checkEqual(element(r, "y"), p.z.times(q.z).square().times(twice), "Y");
    }

    /** All coordinates are multiplied by the same number that is not 0: y1 z1 y2^2. */
    void infinityAndAPoint() {
        Point p = finite();
        Point q = infinity();
        for (Thing r : List.of(add(p.thing, q.thing), add(q.thing, p.thing))) {
            Polynomial scale = p.y.times(p.z).times(q.y.square());
            checkEqual(element(r, "x"), scale.times(p.x).times(p.z), "X");
            checkEqual(element(r, "y"), scale.times(p.y).times(p.z), "Y");
            checkEqual(element(r, "z"), scale.times(p.z), "Z");
        }
    }

    /** (0 : Y : 0), where Y is the square of the product of both y. */
    void infinityTwice() {
        Point p = infinity();
        Point q = infinity();
        checkInfinity(add(p.thing, q.thing), p.y.times(q.y).square());
        formulas.machine.call(type, "add", null, List.of(p.thing, p.thing, p.thing));
        checkBounds(p.thing);
        checkInfinity(p.thing, p.y.square().square());
    }

    private void checkInfinity(Thing r, Polynomial y) {
        checkEqual(element(r, "x"), Polynomial.ZERO, "X");
        checkEqual(element(r, "y"), y, "Y");
        checkEqual(element(r, "z"), Polynomial.ZERO, "Z");
    }

    /** The point (x, y) is that of (x, y, 1), and what the loop starts with is infinity; both are within the bounds. */
    void operandsOfTheLoop() {
        Thing r = formulas.machine.create(point);
        formulas.machine.call(field.type(), "setOne", coordinate(r, "y"), List.of());
        checkBounds(r);
        checkInfinity(r, Polynomial.of(1));
    }

    /** (X Z, Y Z^2, Z), within the bounds of a Jacobian point. Infinity has Z = 0 in both. */
    void jacobian() {
        Point p = finite();
        Thing r = formulas.machine.create(point);
        formulas.machine.call(type, "toJacobian", null, List.of(r, p.thing));
        if (isBounded) {
            PointBounds.statedBy(point, field).check(field, r);
        }
        checkEqual(element(r, "x"), p.x.times(p.z.square()), "X");
        checkEqual(element(r, "y"), p.y.times(p.z.square().times(p.z)), "Y");
        checkEqual(element(r, "z"), p.z, "Z");
    }
}
