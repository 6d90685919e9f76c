package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** canonical() gives the number in [0, p) that is congruent, in limbs without overlap. */
class CanonicalProofTest {
    private static final BigInteger ONE = BigInteger.ONE;

    /** One element with unknown limbs, and a machine to run methods on it. */
    private static final class Run {
        final FieldModel field;
        final Facts facts = new Facts();
        final Machine machine;
        final Thing element;

        Run(FieldModel field, Box box) {
            this(field, Sources.of(field.type()), box);
        }

        Run(FieldModel field, Sources sources, Box box) {
            this.field = field;
            machine = new Machine(sources, facts);
            element = field.fresh(machine, facts, "a", box);
        }

        Polynomial number() {
            return field.integer(element);
        }

        Interval value() {
            return facts.range(number());
        }

        Run call(String method, Object... arguments) {
            machine.call(field.type(), method, element, List.of(arguments));
            return this;
        }

        void assertCarried() {
            List<Interval> limbs = field.ranges(element).limbs();
            for (Interval limb : limbs.subList(0, field.limbs() - 1)) {
                assertThat(limb).matches(l -> l.isWithin(Interval.bits(field.bits())));
            }
        }
    }

    private static String body(FieldModel field, Sources sources, String method) {
        return sources.method(field.type(), method, 0).getBody().toString().replaceAll("\\s+", " ");
    }

    private static FieldModel weierstrass(String name) {
        return name.equals("P256") ? FieldModel.P256 : FieldModel.P384;
    }

    /** In [0, 2^bits) but the last, in {@code top}. */
    private static Box carried(FieldModel field, Interval top) {
        return field.box(Interval.bits(field.bits()), top);
    }

    /** The weight of the highest limb, in bits. */
    private static int weight(FieldModel field) {
        return field.bits() * (field.limbs() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void carryingKeepsTheNumber(String name) {
        FieldModel field = weierstrass(name);
        carryKeepsTheNumber(field, Sources.of(field.type()));
    }

    private static void carryKeepsTheNumber(FieldModel field, Sources sources) {
        Run run = new Run(field, sources, field.box(Interval.within(BigInteger.TWO.pow(Conversions.LIMB_BITS))));
        Polynomial before = run.number();
        run.call("carry").assertCarried();
        assertThat(run.number()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void addingThePrimeAddsIt(String name) {
        FieldModel field = weierstrass(name);
        addPrimeAddsIt(field, Sources.of(field.type()));
    }

    private static void addPrimeAddsIt(FieldModel field, Sources sources) {
        for (int times = -1; times <= 1; times++) {
            Run run = new Run(field, sources, carried(field, Interval.within(BigInteger.TWO.pow(55))));
            Polynomial expected = run.number().plus(Polynomial.of(field.prime()).times(times));
            run.call("addPrime", Word.of(times)).assertCarried();
            assertThat(run.number()).isEqualTo(expected);
        }
    }

    /**
     * The steps of canonical, which the text is held to. A number whose lower limbs are not negative has the sign of
     * its highest one.
     */
    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void canonicalGivesTheOneNumberBelowThePrime(String name) {
        FieldModel field = weierstrass(name);
        String top = "l" + (field.limbs() - 1);
        assertThat(body(field, Sources.of(field.type()), "canonical"))
                .isEqualTo("{ carry(); weak(); carry(); addPrime(" + top + " >> 63 & 1); " + field.type() + " t = new "
                        + field.type() + "(); t.set(this); t.addPrime(-1); cmov(t, ~(t." + top
                        + " >> 63)); t.wipe(); }");
        BigInteger p = field.prime();
        int weight = weight(field);

        weakKeepsTheNumberModuloThePrime(field, Sources.of(field.type()));

        // The highest limb of a number in [0, p) that is carried: no bit of it lies above p's.
        assertThat(p.subtract(ONE).shiftRight(weight).bitLength()).isEqualTo(p.bitLength() - weight);
        for (long mask : new long[] {0, -1}) {
            Run move = new Run(field, carried(field, Interval.bits(p.bitLength() - weight)));
            Thing other = field.fresh(move.machine, move.facts, "t", carried(field, Interval.bits(50)));
            Polynomial expected = mask == 0 ? move.number() : field.integer(other);
            move.call("cmov", other, Word.of(mask));
            assertThat(move.number()).isEqualTo(expected);
        }
    }

    private static void weakKeepsTheNumberModuloThePrime(FieldModel field, Sources sources) {
        BigInteger p = field.prime();
        Run any = new Run(field, sources, field.box(Interval.within(BigInteger.TWO.pow(61))));
        Polynomial all = any.number();
        any.call("weak");
        assertThat(any.number().minus(all).isMultipleOf(p)).isTrue();

        // Within 2^6 units of 2^256 or 2^384, after the first carry: what is seen of it by its highest limb.
        BigInteger limit = BigInteger.TWO.pow(p.bitLength() + Conversions.UNIT_BITS - weight(field));
        Run run = new Run(field, sources, carried(field, new Interval(limit.negate(), limit)));
        Polynomial before = run.number();
        run.call("weak");
        assertThat(run.number().minus(before).isMultipleOf(p)).isTrue();
        Interval weak = run.value();
        // Negative: p more. Else: p less where it is not below p.
        assertThat(weak.low()).isGreaterThan(p.negate());
        assertThat(weak.high()).isLessThan(p.shiftLeft(1));
        assertThat(weak.low().add(p).signum()).isNotNegative();
    }

    /** Every changed shift, mask, sign and index is seen. */
    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void noMutantIsProved(String name) {
        FieldModel field = weierstrass(name);
        assertThat(Mutants.survivors(
                        field.type(),
                        "    void weak() {",
                        "    void set(",
                        1,
                        m -> holds(() -> {
                            weakKeepsTheNumberModuloThePrime(field, m);
                        })))
                .isEmpty();
        assertThat(Mutants.survivors(
                        field.type(),
                        "private void carry() {",
                        "    /**",
                        1,
                        m -> holds(() -> {
                            carryKeepsTheNumber(field, m);
                        })))
                .isEmpty();
        assertThat(Mutants.survivors(
                        field.type(),
                        "private void addPrime(",
                        "    /**",
                        1,
                        m -> holds(() -> {
                            addPrimeAddsIt(field, m);
                        })))
                .isEmpty();
    }

    private static boolean holds(Runnable proof) {
        try {
            proof.run();
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    /** Loose limbs become a number in [0, 2^255 + 19) by two carries, whatever the sign of the lowest limb in between. */
    @Test
    void carryingTwiceOn25519GivesNoNegativeNumber() {
        carryTwiceOn25519(Sources.of("Field25519"));
    }

    private static void carryTwiceOn25519(Sources sources) {
        FieldModel field = FieldModel.F25519;
        Run first = new Run(field, sources, Field25519ProofTest.LOOSE);
        Polynomial before = first.number();
        first.call("carry");
        assertThat(first.number().minus(before).isMultipleOf(field.prime())).isTrue();
        for (Box box : split(field.ranges(first.element))) {
            Run second = new Run(field, sources, box);
            Polynomial between = second.number();
            second.call("carry");
            assertThat(second.number().minus(between).isMultipleOf(field.prime()))
                    .isTrue();
            assertThat(second.element.word("l0").range().low().signum()).isNotNegative();
            assertThat(second.value())
                    .matches(v -> v.isWithin(new Interval(
                            BigInteger.ZERO, BigInteger.TWO.pow(255).add(BigInteger.valueOf(18)))));
        }
    }

    private static List<Box> split(Box box) {
        Interval low = box.limbs().getFirst();
        List<Box> parts = new ArrayList<>();
        for (Interval half :
                List.of(new Interval(low.low(), ONE.negate()), new Interval(BigInteger.ZERO, low.high()))) {
            List<Interval> limbs = new ArrayList<>(box.limbs());
            limbs.set(0, half);
            parts.add(new Box(limbs));
        }
        return parts;
    }

    /**
     * Then q = floor((v + 19) / 2^255) is 0 for v below p and 1 from p on, as p + 19 = 2^255, and the result is v + 19 q
     * mod 2^255: v, or v - p.
     */
    @Test
    void canonicalOn25519TakesThePrimeAwayWhereItMust() {
        takePrimeAwayOn25519(Sources.of("Field25519"));
    }

    private static void takePrimeAwayOn25519(Sources sources) {
        FieldModel field = FieldModel.F25519;
        Interval low = Interval.of(0, (1L << 51) + 18);
        List<Interval> limbs = new ArrayList<>(field.box(Interval.bits(51)).limbs());
        limbs.set(0, low);
        Run run = new Run(field, sources, new Box(limbs));
        run.machine.replace("Field25519.carry", arguments -> {});
        Polynomial v = run.number();
        List<Word> before = field.limbs(run.element);
        Polynomial q = carryOut(run.facts, before, Polynomial.of(19));
        Polynomial dropped = carryOut(run.facts, before, q.times(19));
        assertThat(run.facts.range(q)).matches(r -> r.isWithin(Interval.of(0, 1)));
        run.call("canonical").assertCarried();
        assertThat(run.element.word("l4").range()).matches(r -> r.isWithin(Interval.bits(51)));
        assertThat(run.number()).isEqualTo(v.plus(q.times(19)).minus(dropped.shiftLeft(255)));
        assertThat(body(field, sources, "canonical")).startsWith("{ carry(); carry(); long q = l0 + 19 >> 51;");
    }

    @Test
    void noMutantOn25519IsProved() {
        assertThat(Mutants.survivors(
                        "Field25519",
                        "private void carry() {",
                        "    /**",
                        1,
                        m -> holds(() -> {
                            carryTwiceOn25519(m);
                        })))
                .isEmpty();
        assertThat(Mutants.survivors(
                        "Field25519",
                        "    void canonical() {",
                        "    private void carry() {",
                        1,
                        m -> holds(() -> {
                            takePrimeAwayOn25519(m);
                        })))
                .isEmpty();
    }

    /** floor((limbs + added) / 2^255), limb by limb. */
    private static Polynomial carryOut(Facts facts, List<Word> limbs, Polynomial added) {
        Polynomial carry = added;
        for (Word limb : limbs) {
            carry = facts.quotient(limb.value().plus(carry), 51);
        }
        return carry;
    }
}
