package dev.akushu.curves.proof;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The Jacobian formulas of P-256 and P-384 against the affine law of y^2 = x^3 - 3 x + b, and within the bounds that the
 * Javadoc of the point's class states, as the given sources have them. Every method fails if what it is named after
 * does not hold.
 */
final class WeierstrassLaws {
    /** Bounds of products hold for all texts: mul and sqr are proved by themselves. */
    private static final Map<FieldModel, Function<List<Box>, Box>> PRODUCTS = new HashMap<>();

    private final String type;
    private final FieldModel field;
    private final FormulaMachine formulas;
    private final PointBounds bounds;
    private final boolean isBounded;

    WeierstrassLaws(String curve, Sources sources) {
        this(curve, sources, true);
    }

    /** @param isBounded whether bounds are looked at; without them, much less work shows that a law does not hold */
    WeierstrassLaws(String curve, Sources sources, boolean isBounded) {
        this.type = "Point" + curve;
        this.field = field(curve);
        this.bounds = PointBounds.statedBy(type, field);
        this.isBounded = isBounded;
        this.formulas = new FormulaMachine(field, sources, isBounded ? products(field) : operands -> field.canonical());
    }

    static FieldModel field(String curve) {
        return curve.equals("P256") ? FieldModel.P256 : FieldModel.P384;
    }

    static Function<List<Box>, Box> products(FieldModel field) {
        return PRODUCTS.computeIfAbsent(field, FormulaMachine::proved);
    }

    static Sources sources(String curve) {
        return Sources.of("Field" + curve, "Point" + curve);
    }

    /** A point (x / z^2, y / z^3), of which it need not be known that it is on the curve. */
    private record Point(Thing thing, Polynomial x, Polynomial y, Polynomial z) {}

    private static Thing coordinate(Thing point, String name) {
        return (Thing) point.fields().get(name);
    }

    private Point point() {
        Thing thing = formulas.machine.create(type);
        Polynomial x = formulas.unknown("x");
        Polynomial y = formulas.unknown("y");
        Polynomial z = formulas.unknown("z");
        formulas.define(coordinate(thing, "x"), x, bounds.x());
        formulas.define(coordinate(thing, "y"), y, bounds.x());
        formulas.define(coordinate(thing, "z"), z, bounds.z());
        return new Point(thing, x, y, z);
    }

    private void checkBounds(Thing point) {
        if (isBounded) {
            bounds.check(field, point);
        }
    }

    private Polynomial element(Thing point, String name) {
        return formulas.element(coordinate(point, name));
    }

    private void checkEqual(Polynomial a, Polynomial b, String what) {
        if (!a.minus(b).mod(field.prime()).equals(Polynomial.ZERO)) {
            throw new ProofFailure(what);
        }
    }

    /**
     * Slope (3 x^2 - 3 z^4) / (2 y z). Z3 = 2 y z is 0 only for infinity, as no point of odd order has y = 0. The
     * result is the point itself or another object.
     */
    void doubling() {
        for (boolean isSame : new boolean[] {true, false}) {
            Point p = point();
            Thing r = isSame ? p.thing : formulas.machine.create(type);
            formulas.machine.call(type, "dbl", null, List.of(r, p.thing, formulas.machine.create("Temporaries")));
            checkBounds(r);
            checkEqual(element(r, "z"), p.y.times(p.z).times(2), "Z");
            Polynomial slope = p.x.square().minus(p.z.square().square()).times(3);
            checkLaw(r, p, slope, p.y.times(2), p.x);
            if (!isSame) {
                checkSame(p);
            }
        }
    }

    /**
     * Slope (y2 z^3 - y) / ((x2 z^2 - x) z). Z3 is z (x2 z^2 - x): 0 exactly for infinity, equal or opposite points.
     * Afterwards the temporaries tell Z3 / z.
     */
    void addition() {
        for (boolean isSame : new boolean[] {true, false}) {
            Point p = point();
            Thing r = isSame ? p.thing : formulas.machine.create(type);
            Thing qx = formulas.machine.create(field.type());
            Thing qy = formulas.machine.create(field.type());
            Polynomial x2 = formulas.unknown("x2");
            Polynomial y2 = formulas.unknown("y2");
            formulas.define(qx, x2, bounds.x());
            formulas.define(qy, y2, bounds.x());
            Thing temporaries = formulas.machine.create("Temporaries");
            formulas.machine.call(type, "add", null, List.of(r, p.thing, qx, qy, temporaries));
            checkBounds(r);
            Polynomial zz = p.z.square();
            Polynomial h = x2.times(zz).minus(p.x);
            checkEqual(element(r, "z"), p.z.times(h), "Z");
            checkLaw(r, p, y2.times(zz).times(p.z).minus(p.y), h, x2.times(zz));
            Object ratio = formulas.machine.call("Temporaries", "ratioOfZ", temporaries, List.of());
            checkEqual(formulas.element((Thing) ratio), h, "Z3 / Z");
            checkEqual(formulas.element(qx), x2, "the summand's x");
            checkEqual(formulas.element(qy), y2, "the summand's y");
            if (!isSame) {
                checkSame(p);
            }
        }
    }

    private void checkSame(Point p) {
        checkEqual(element(p.thing, "x"), p.x, "x changed");
        checkEqual(element(p.thing, "y"), p.y, "y changed");
        checkEqual(element(p.thing, "z"), p.z, "z changed");
    }

    /**
     * That r is the point with slope n / (d z) through p whose other point has the abscissa {@code other} / z^2. All of
     * the affine law times a power of z.
     */
    private void checkLaw(Thing r, Point p, Polynomial n, Polynomial d, Polynomial other) {
        Polynomial z3 = element(r, "z");
        Polynomial zz = p.z.square();
        Polynomial dd = d.square();
        // x3 z^2 = (n / d)^2 - x - other
        Polynomial x3 = n.square().minus(p.x.plus(other).times(dd));
        checkEqual(element(r, "x").times(zz).times(dd), x3.times(z3.square()), "X");
        // y3 z^3 = (n / d) (x - x3 z^2) - y
        Polynomial y3 = n.times(p.x.times(dd).minus(x3)).minus(p.y.times(dd).times(d));
        checkEqual(
                element(r, "y").times(zz).times(p.z).times(dd).times(d),
                y3.times(z3.square().times(z3)),
                "Y");
    }

    /** What is negated, made from words or of a table's entries is within the bounds, too, and a double is a summand. */
    void otherPoints() {
        Conversions conversions = new Conversions(formulas);
        Point p = point();
        formulas.machine.call(field.type(), "cneg", coordinate(p.thing, "y"), List.of(Word.of(-1)));
        bounds.check(field, p.thing);
        checkEqual(element(p.thing, "y"), p.y.negate(), "the opposite's y");

        Thing read = formulas.machine.create(field.type());
        Word[] words = conversions.words(formulas.unknown("coordinate"));
        formulas.machine.call(field.type(), "setWords", read, List.of((Object) words));
        formulas.machine.call(type, "setAffine", p.thing, List.of(read, read));
        bounds.check(field, p.thing);
        checkEqual(element(p.thing, "z"), Polynomial.of(1), "Z of an affine point");

        if (!field.canonical().isWithin(bounds.x())) {
            throw new ProofFailure("an entry of a table may be out of bounds");
        }
    }
}
