package dev.akushu.curves.proof;

import static dev.akushu.curves.proof.Field25519ProofTest.TIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The formulas of X25519 against the laws of the curves, with all bounds. */
class X25519ProofTest {
    private static final FieldModel FIELD = FieldModel.F25519;
    private static final BigInteger P = FIELD.prime();
    private static final Polynomial ONE = Polynomial.of(1);
    private static final FieldModel.Box SIGNED =
            FIELD.box(Interval.within(BigInteger.valueOf((1L << 51) + (1L << 15))));
    private final FormulaMachine formulas =
            new FormulaMachine(FIELD, Sources.of("Field25519", "X25519", "Edwards25519"));

    private Thing field(Thing thing, String name) {
        return (Thing) thing.fields().get(name);
    }

    private Polynomial element(Thing thing, String name) {
        return formulas.element(field(thing, name));
    }

    private void assertTight(Thing thing, String... names) {
        for (String name : names) {
            assertThat(FIELD.ranges(field(thing, name))).as(name).matches(b -> b.isWithin(TIGHT));
        }
    }

    private void assertZero(Polynomial p) {
        assertThat(p.mod(P)).isEqualTo(Polynomial.ZERO);
    }

    /**
     * On B y^2 = x^3 + A x^2 + x (RFC 7748: A = 486662): x(2P) = (x^2 - 1)^2 / (4 x (x^2 + A x + 1)), and x(P + Q) x(P
     * - Q) (x_P - x_Q)^2 = (x_P x_Q - 1)^2 (Montgomery, "Speeding the Pollard and elliptic curve methods of
     * factorization", section 10.3.1).
     */
    @Test
    void aLadderStepDoublesAndAdds() {
        Thing ladder = formulas.machine.create("Ladder");
        Polynomial x2 = formulas.unknown("x2");
        Polynomial z2 = formulas.unknown("z2");
        Polynomial x3 = formulas.unknown("x3");
        Polynomial z3 = formulas.unknown("z3");
        Polynomial base = formulas.unknown("base");
        Map.of("x2", x2, "z2", z2, "x3", x3, "z3", z3, "base", base)
                .forEach((name, value) -> formulas.define(field(ladder, name), value, TIGHT));
        formulas.machine.call("Ladder", "step", ladder, List.of());
        assertTight(ladder, "x2", "z2", "x3", "z3");

        Polynomial difference = x2.square().minus(z2.square());
        Polynomial xz = x2.times(z2);
        Polynomial curve = x2.square().plus(xz.times(486662)).plus(z2.square());
        assertZero(element(ladder, "x2")
                .times(xz.times(4).times(curve))
                .minus(element(ladder, "z2").times(difference.square())));
        Polynomial sumNumerator = x2.times(x3).minus(z2.times(z3)).square();
        Polynomial sumDenominator = x2.times(z3).minus(z2.times(x3)).square();
        assertZero(element(ladder, "x3")
                .times(base)
                .times(sumDenominator)
                .minus(element(ladder, "z3").times(sumNumerator)));
    }

    /**
     * x and y of a point for which -x^2 + y^2 = 1 + d x^2 y^2 need not hold, so that what is shown holds without it.
     */
    private Polynomial[] point(Thing thing, String name) {
        Polynomial x = formulas.unknown(name + ".x");
        Polynomial y = formulas.unknown(name + ".y");
        Polynomial z = formulas.unknown(name + ".z");
        // A negated point has negative limbs in x and t.
        formulas.define(field(thing, "x"), x.times(z), SIGNED);
        formulas.define(field(thing, "y"), y.times(z), TIGHT);
        formulas.define(field(thing, "z"), z, TIGHT);
        formulas.define(field(thing, "t"), x.times(y).times(z), SIGNED);
        return new Polynomial[] {x, y};
    }

    /**
     * The law of RFC 7748 section 4.1 with a = -1: x3 = (x1 y2 + x2 y1) / (1 + k), y3 = (y1 y2 + x1 x2) / (1 - k), k =
     * d x1 x2 y1 y2.
     */
    private void assertSum(Thing result, Polynomial[] p, Polynomial[] q, Polynomial k, Polynomial negativeK) {
        assertTight(result, "x", "y", "z", "t");
        Polynomial z = element(result, "z");
        assertZero(element(result, "x")
                .times(ONE.plus(k))
                .minus(z.times(p[0].times(q[1]).plus(q[0].times(p[1])))));
        assertZero(element(result, "y")
                .times(ONE.plus(negativeK))
                .minus(z.times(p[1].times(q[1]).plus(p[0].times(q[0])))));
        assertZero(element(result, "t").times(z).minus(element(result, "x").times(element(result, "y"))));
    }

    @Test
    void addingOnEdwards25519FollowsTheLaw() {
        Thing point = formulas.machine.create("Edwards25519");
        Polynomial[] p = point(point, "p");
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
        formulas.machine.call("Edwards25519", "add", point, cached);
        Polynomial k = d.times(p[0]).times(p[1]).times(x).times(y);
        assertSum(point, p, new Polynomial[] {x, y}, k, k.negate());
    }

    /** Both points in extended coordinates, the second as Cached stores it, and the second negated. */
    @Test
    void addingACachedPointFollowsTheLaw() {
        for (int sign : new int[] {1, -1}) {
            Thing point = formulas.machine.create("Edwards25519");
            Thing other = formulas.machine.create("Edwards25519");
            Polynomial[] p = point(point, "p");
            Polynomial[] q = point(other, "q");
            Polynomial d = formulas.unknown("d");
            Thing twiceD = formulas.machine.create("Field25519");
            formulas.define(twiceD, d.times(2), TIGHT);
            formulas.machine.define("Cached.TWICE_D", twiceD);
            Thing cached = formulas.machine.create("Cached");
            formulas.machine.call("Cached", "set", cached, List.of(other));
            if (sign < 0) {
                Thing negative = formulas.machine.create("Cached");
                formulas.machine.call("Cached", "setNegative", negative, List.of(cached));
                cached = negative;
                q[0] = q[0].negate();
            }
            formulas.machine.call("Edwards25519", "add", point, List.of(cached));
            Polynomial k = d.times(p[0]).times(p[1]).times(q[0]).times(q[1]);
            assertSum(point, p, q, k, k.negate());
        }
    }

    /** With the point on the curve, d x^2 y^2 is y^2 - x^2 - 1. */
    @Test
    void doublingOnEdwards25519FollowsTheLaw() {
        Thing point = formulas.machine.create("Edwards25519");
        Polynomial[] p = point(point, "p");
        formulas.machine.call("Edwards25519", "dbl", point, List.of());
        Polynomial k = p[1].square().minus(p[0].square()).minus(ONE);
        assertSum(point, p, p, k, k.negate());
    }

    @Test
    void swappingSwapsOrDoesNot() {
        for (long mask : new long[] {0, -1}) {
            Thing a = formulas.machine.create("Field25519");
            Thing b = formulas.machine.create("Field25519");
            Polynomial x = formulas.unknown("a");
            Polynomial y = formulas.unknown("b");
            formulas.define(a, x, TIGHT);
            formulas.define(b, y, TIGHT);
            formulas.machine.call("Field25519", "cswap", null, List.of(a, b, Word.of(mask)));
            assertThat(formulas.element(a)).isEqualTo(mask == 0 ? x : y);
            assertThat(formulas.element(b)).isEqualTo(mask == 0 ? y : x);
        }
    }
}
