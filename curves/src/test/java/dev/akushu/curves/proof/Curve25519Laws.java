package dev.akushu.curves.proof;

import static dev.akushu.curves.proof.Field25519ProofTest.TIGHT;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The formulas of X25519 and edwards25519 against the laws of the curves, with all bounds, as the given sources have
 * them. Every method fails if what it is named after does not hold.
 *
 * <p>A result is compared coordinate by coordinate with a polynomial that is written out here and is not zero where the
 * law has a value. Equations between coordinates alone would hold for (0 : 0 : 0), too.
 */
final class Curve25519Laws {
    private static final FieldModel FIELD = FieldModel.F25519;
    private static final BigInteger P = FIELD.prime();
    private static final Polynomial ONE = Polynomial.of(1);

    /** Limbs of a coordinate that may have been negated. */
    static final Box SIGNED = FIELD.box(Interval.within(BigInteger.valueOf((1L << 51) + (1L << 15))));

    /** Bounds of products hold for all texts: mul and sqr are proved by themselves. */
    static final Function<List<Box>, Box> PRODUCTS = FormulaMachine.proved(FIELD);

    private final FormulaMachine formulas;

    Curve25519Laws(Sources sources) {
        formulas = new FormulaMachine(FIELD, sources, PRODUCTS);
    }

    static Sources sources() {
        return Sources.of("Field25519", "X25519", "Edwards25519");
    }

    private static Thing field(Thing thing, String name) {
        return (Thing) thing.fields().get(name);
    }

    private Polynomial element(Thing thing, String name) {
        return formulas.element(field(thing, name));
    }

    private static void checkTight(Thing thing, String... names) {
        for (String name : names) {
            if (!FIELD.ranges(field(thing, name)).isWithin(TIGHT)) {
                throw new ProofFailure(name + " may be not tight");
            }
        }
    }

    private static void checkEqual(Polynomial a, Polynomial b, String what) {
        if (!a.minus(b).mod(P).equals(Polynomial.ZERO)) {
            throw new ProofFailure(what);
        }
    }

    /**
     * On B y^2 = x^3 + A x^2 + x (RFC 7748: A = 486662): x(2P) = (x^2 - 1)^2 / (4 x (x^2 + A x + 1)), and x(P + Q) x(P
     * - Q) (x_P - x_Q)^2 = (x_P x_Q - 1)^2 (Montgomery, "Speeding the Pollard and elliptic curve methods of
     * factorization", section 10.3.1), both with x = X / Z and multiplied out.
     *
     * <p>2 P is (0 : 0) for no P: where Z = 4 X Z (X^2 + A X Z + Z^2) vanishes, X = 0 or Z = 0, so that X^2 - Z^2 does
     * not, or X^2 + A X Z + Z^2 = 0, which with X^2 = Z^2 would make A = 2 or -2. P + Q is (0 : 0) only if base = 0 or P
     * = Q, whose difference is no base. With base 0 the result is 0 by RFC 7748, too.
     */
    void ladderStep() {
        Thing ladder = formulas.machine.create("Ladder");
        Polynomial x2 = formulas.unknown("x2");
        Polynomial z2 = formulas.unknown("z2");
        Polynomial x3 = formulas.unknown("x3");
        Polynomial z3 = formulas.unknown("z3");
        Polynomial base = formulas.unknown("base");
        Map.of("x2", x2, "z2", z2, "x3", x3, "z3", z3, "base", base)
                .forEach((name, value) -> formulas.define(field(ladder, name), value, TIGHT));
        formulas.machine.call("Ladder", "step", ladder, List.of());
        checkTight(ladder, "x2", "z2", "x3", "z3", "base");

        Polynomial xz = x2.times(z2);
        Polynomial curve = x2.square().plus(xz.times(486662)).plus(z2.square());
        checkEqual(element(ladder, "x2"), x2.square().minus(z2.square()).square(), "X of the double");
        checkEqual(element(ladder, "z2"), xz.times(4).times(curve), "Z of the double");
        Polynomial numerator = x2.times(x3).minus(z2.times(z3)).square();
        Polynomial denominator = x2.times(z3).minus(z2.times(x3)).square();
        checkEqual(element(ladder, "x3"), numerator.times(4), "X of the sum");
        checkEqual(element(ladder, "z3"), denominator.times(base).times(4), "Z of the sum");
        checkEqual(element(ladder, "base"), base, "the base");
    }

    /** For all masks that there are. */
    void ladderSwap() {
        for (long mask : new long[] {0, -1}) {
            Thing ladder = formulas.machine.create("Ladder");
            Map<String, Polynomial> before = new HashMap<>();
            for (String name : List.of("x2", "z2", "x3", "z3")) {
                before.put(name, formulas.unknown(name));
                formulas.define(field(ladder, name), before.get(name), TIGHT);
            }
            formulas.machine.call("Ladder", "swap", ladder, List.of(Word.of(mask)));
            checkTight(ladder, "x2", "z2", "x3", "z3");
            Map.of("x2", "x3", "x3", "x2", "z2", "z3", "z3", "z2")
                    .forEach((name, other) ->
                            checkEqual(element(ladder, name), before.get(mask == 0 ? name : other), name));
        }
    }

    /** Infinity, which is (1 : 0), and the base, as it comes out of words. */
    void ladderStart() {
        Thing ladder = formulas.machine.create("Ladder");
        Polynomial base = formulas.unknown("base");
        formulas.define(field(ladder, "base"), base, FIELD.box(Interval.bits(FIELD.bits())));
        for (String name : List.of("x2", "z2", "x3", "z3")) {
            formulas.define(field(ladder, name), formulas.unknown("before"), TIGHT);
        }
        formulas.machine.call("Ladder", "start", ladder, List.of());
        checkTight(ladder, "base", "x2", "z2", "x3", "z3");
        checkEqual(element(ladder, "x2"), ONE, "x2");
        checkEqual(element(ladder, "z2"), Polynomial.ZERO, "z2");
        checkEqual(element(ladder, "x3"), base, "x3");
        checkEqual(element(ladder, "z3"), ONE, "z3");
    }

    /**
     * A point with x, y and z, for which -x^2 + y^2 = 1 + d x^2 y^2 need not hold, so that what is shown holds without
     * it.
     */
    private record Point(Thing thing, Polynomial x, Polynomial y, Polynomial z) {
        Point negative() {
            return new Point(thing, x.negate(), y, z);
        }
    }

    private Point point(String name) {
        Thing thing = formulas.machine.create("Edwards25519");
        Polynomial x = formulas.unknown(name + ".x");
        Polynomial y = formulas.unknown(name + ".y");
        Polynomial z = formulas.unknown(name + ".z");
        // A negated point has negative limbs in x and t.
        formulas.define(field(thing, "x"), x.times(z), SIGNED);
        formulas.define(field(thing, "y"), y.times(z), TIGHT);
        formulas.define(field(thing, "z"), z, TIGHT);
        formulas.define(field(thing, "t"), x.times(y).times(z), SIGNED);
        return new Point(thing, x, y, z);
    }

    /**
     * The law of RFC 7748 section 4.1 with a = -1: x3 = (x1 y2 + x2 y1) / (1 + k), y3 = (y1 y2 + x1 x2) / (1 - k), k =
     * d x1 x2 y1 y2; and Z3 is {@code z} (1 + k) (1 - k). That is not 0: z is a product of the Z of both points, and k
     * is neither 1 nor -1, as {@code Curve25519ProofTest} says.
     */
    private void checkSum(Thing result, Point p, Point q, Polynomial k, Polynomial z) {
        formulas.machine.call("Edwards25519", "extend", result, List.of());
        checkTight(result, "x", "y", "z", "t");
        Polynomial above = ONE.plus(k);
        Polynomial below = ONE.minus(k);
        Polynomial x = p.x.times(q.y).plus(q.x.times(p.y));
        Polynomial y = p.y.times(q.y).plus(p.x.times(q.x));
        checkEqual(element(result, "z"), z.times(above).times(below), "Z");
        checkEqual(element(result, "x"), z.times(x).times(below), "X");
        checkEqual(element(result, "y"), z.times(y).times(above), "Y");
        checkEqual(element(result, "t"), z.times(x).times(y), "T");
    }

    /** An entry of a table, which is affine. */
    void addition() {
        Point p = point("p");
        Polynomial x = formulas.unknown("q.x");
        Polynomial y = formulas.unknown("q.y");
        Polynomial d = formulas.unknown("d");
        List<Object> cached = List.of(
                formulas.machine.create("Field25519"),
                formulas.machine.create("Field25519"),
                formulas.machine.create("Field25519"));
        // A digit's sign makes the table's third number negative.
        formulas.define((Thing) cached.get(0), y.plus(x), TIGHT);
        formulas.define((Thing) cached.get(1), y.minus(x), TIGHT);
        formulas.define((Thing) cached.get(2), d.times(x).times(y).times(2), SIGNED);
        formulas.machine.call("Edwards25519", "add", p.thing, cached);
        Polynomial k = d.times(p.x).times(p.y).times(x).times(y);
        checkSum(p.thing, p, new Point(p.thing, x, y, ONE), k, p.z.square().times(4));
    }

    /** Both points in extended coordinates, the second as Cached stores it, and the second negated. */
    void cachedAddition() {
        for (boolean isNegative : new boolean[] {false, true}) {
            Point p = point("p");
            Point q = point("q");
            Polynomial d = formulas.unknown("d");
            Thing twiceD = formulas.machine.create("Field25519");
            formulas.define(twiceD, d.times(2), TIGHT);
            formulas.machine.define("Cached.TWICE_D", twiceD);
            Thing cached = formulas.machine.create("Cached");
            formulas.machine.call("Cached", "set", cached, List.of(q.thing));
            if (isNegative) {
                Thing negative = formulas.machine.create("Cached");
                formulas.machine.call("Cached", "setNegative", negative, List.of(cached));
                cached = negative;
                q = q.negative();
            }
            formulas.machine.call("Edwards25519", "add", p.thing, List.of(cached));
            Polynomial k = d.times(p.x).times(p.y).times(q.x).times(q.y);
            checkSum(p.thing, p, q, k, p.z.times(q.z).square().times(4));
        }
    }

    /** With the point on the curve, d x^2 y^2 is y^2 - x^2 - 1. */
    void doubling() {
        Point p = point("p");
        formulas.machine.call("Edwards25519", "dbl", p.thing, List.of());
        Polynomial k = p.y.square().minus(p.x.square()).minus(ONE);
        checkSum(p.thing, p, p, k, p.z.square().square().negate());
    }

    void negation() {
        Point p = point("p");
        formulas.machine.call("Edwards25519", "negate", p.thing, List.of());
        for (String name : List.of("x", "y", "z", "t")) {
            Box bounds = name.equals("x") || name.equals("t") ? SIGNED : TIGHT;
            if (!FIELD.ranges(field(p.thing, name)).isWithin(bounds)) {
                throw new ProofFailure("the opposite's " + name + " is out of bounds");
            }
        }
        checkEqual(element(p.thing, "x"), p.x.times(p.z).negate(), "X");
        checkEqual(element(p.thing, "y"), p.y.times(p.z), "Y");
        checkEqual(element(p.thing, "z"), p.z, "Z");
        checkEqual(element(p.thing, "t"), p.x.times(p.y).times(p.z).negate(), "T");
    }
}
