package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.StatementTree;
import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Inversion: one step is a division step of Bernstein and Yang's, and what 60 of them make of f and g, d and e is applied to them exactly. That so many steps suffice is their
 * theorem.
 */
class DivisionStepsProofTest {
    private static final int BITS = 60;

    /** Not far from 2^60, so that all products fit. */
    private static final Interval ENTRY = Interval.within(BigInteger.TWO.pow(BITS));

    private Facts facts = new Facts();
    private Machine machine = new Machine(Sources.of("ModularInverse"), facts);

    private void use(Sources sources) {
        facts = new Facts();
        machine = new Machine(sources, facts);
    }

    private Word unknown(String name, Interval range) {
        return new Word(facts.fresh(name, range), range);
    }

    private static StatementTree step() {
        return Sources.of("ModularInverse").method("State", "steps", 0).getBody().getStatements().stream()
                .filter(ForLoopTree.class::isInstance)
                .map(loop -> ((ForLoopTree) loop).getStatement())
                .findFirst()
                .orElseThrow();
    }

    /**
     * With f odd, and delta as minus its double: if g is odd and delta positive, (1 - delta, g, (g - f) / 2), else (1 +
     * delta, f, (g + f) / 2) or (1 + delta, f, g / 2). The matrix is that of this step times the one before, both times
     * powers of two. f and g are the lowest bits of numbers, of which a step takes away one, and leave their words
     * without harm.
     */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, -1", "1, 0", "1, -1"})
    void aStepIsADivisionStep(int odd, int positive) {
        Interval range = Interval.within(BigInteger.TWO.pow(59));
        Map<String, Object> locals = new HashMap<>();
        for (String name : List.of("u0", "v0", "q0", "r0", "minusTwiceDelta")) {
            locals.put(name, unknown(name, range));
        }
        Polynomial f = facts.fresh("half f", range).times(2).plus(Polynomial.of(1));
        Polynomial g = facts.fresh("half g", range).times(2).plus(Polynomial.of(odd));
        locals.put("f0", new Word(f, facts.range(f)));
        locals.put("g0", new Word(g, facts.range(g)));
        Map<String, Object> before = new HashMap<>(locals);
        machine.assumeSigns(positive);
        machine.execute("State", step(), locals);

        Polynomial u = value(before, "u0");
        Polynomial v = value(before, "v0");
        Polynomial q = value(before, "q0");
        Polynomial r = value(before, "r0");
        Polynomial delta = value(before, "minusTwiceDelta");
        boolean isSwap = odd == 1 && positive == -1;
        int sign = isSwap ? -1 : odd;
        assertThat(value(locals, "minusTwiceDelta"))
                .isEqualTo((isSwap ? delta.negate() : delta).minus(Polynomial.of(2)));
        assertThat(value(locals, "f0")).isEqualTo(isSwap ? g : f);
        assertThat(value(locals, "g0").times(2)).isEqualTo(g.plus(f.times(sign)));
        assertThat(value(locals, "u0")).isEqualTo((isSwap ? q : u).times(2));
        assertThat(value(locals, "v0")).isEqualTo((isSwap ? r : v).times(2));
        assertThat(value(locals, "q0")).isEqualTo(q.plus(u.times(sign)));
        assertThat(value(locals, "r0")).isEqualTo(r.plus(v.times(sign)));
    }

    private static Polynomial value(Map<String, Object> locals, String name) {
        return ((Word) locals.get(name)).value();
    }

    /** All limbs in [0, 2^60), the last with a sign. */
    private Word[] number(String name, int limbs) {
        return IntStream.range(0, limbs)
                .mapToObj(i -> unknown(name + i, i + 1 < limbs ? Interval.bits(BITS) : ENTRY))
                .toArray(Word[]::new);
    }

    private static Polynomial value(Word[] limbs) {
        Arrays.stream(limbs).forEach(limb -> limb.exact("a limb"));
        return Arithmetic.compose(List.of(limbs), BITS);
    }

    private Thing state(int limbs) {
        Map<String, Object> fields = new HashMap<>();
        for (String entry : List.of("u", "v", "q", "r")) {
            fields.put(entry, unknown(entry, ENTRY));
        }
        for (String number : List.of("f", "g", "d", "e")) {
            fields.put(number, number(number, limbs));
        }
        return new Thing("State", fields);
    }

    private static Polynomial row(Thing state, String x, Word a, String y, Word b) {
        return state.word(x).value().times(a.value()).plus(state.word(y).value().times(b.value()));
    }

    private static Polynomial row(Thing state, String x, Polynomial a, String y, Polynomial b) {
        return state.word(x).value().times(a).plus(state.word(y).value().times(b));
    }

    private static Word[] limbs(Thing state, String name) {
        return (Word[]) state.fields().get(name);
    }

    /** But for the 60 lowest bits of the sums, which are 0 by the choice of the matrix. */
    @ParameterizedTest
    @ValueSource(ints = {5, 7})
    void theMatrixIsAppliedToFAndG(int limbs) {
        assertThat(isAppliedToFAndG(limbs)).isTrue();
    }

    private boolean isAppliedToFAndG(int limbs) {
        Thing state = state(limbs);
        Word[] f = limbs(state, "f").clone();
        Word[] g = limbs(state, "g").clone();
        machine.call("State", "updateFg", state, List.of());
        boolean isProved = true;
        for (String[] row : new String[][] {{"f", "u", "v"}, {"g", "q", "r"}}) {
            Polynomial sum = row(state, row[1], value(f), row[2], value(g));
            Polynomial lost = facts.remainder(row(state, row[1], f[0], row[2], g[0]), BITS);
            isProved &= value(limbs(state, row[0])).shiftLeft(BITS).equals(sum.minus(lost));
        }
        return isProved;
    }

    /** As its constructor makes it. */
    private static Thing inverse(BigInteger modulus) {
        int limbs = modulus.bitLength() / BITS + 1;
        Map<String, Object> fields = new HashMap<>();
        fields.put("limbs", Word.of(limbs));
        fields.put(
                "modulus",
                IntStream.range(0, limbs)
                        .mapToObj(i -> Word.of(modulus.shiftRight(BITS * i).longValue() & (1L << BITS) - 1))
                        .toArray(Word[]::new));
        BigInteger radix = BigInteger.TWO.pow(BITS);
        fields.put("negativeInverse", Word.of(modulus.negate().modInverse(radix).longValueExact()));
        return new Thing("ModularInverse", fields);
    }

    /** Exactly: a multiple of the modulus, from 0 to less than 2^60 times it, makes the lowest bits 0. */
    @ParameterizedTest
    @MethodSource("moduli")
    void theMatrixIsAppliedToDAndEModuloTheModulus(BigInteger modulus) {
        assertThat(isAppliedToDAndE(modulus)).isTrue();
    }

    private boolean isAppliedToDAndE(BigInteger modulus) {
        int limbs = modulus.bitLength() / BITS + 1;
        BigInteger radix = BigInteger.TWO.pow(BITS);
        Thing state = state(limbs);
        Polynomial d = value(limbs(state, "d"));
        Polynomial e = value(limbs(state, "e"));
        machine.call("ModularInverse", "updateDe", inverse(modulus), List.of(state));
        boolean isProved = true;
        for (String[] row : new String[][] {{"d", "u", "v"}, {"e", "q", "r"}}) {
            Polynomial added = value(limbs(state, row[0])).shiftLeft(BITS).minus(row(state, row[1], d, row[2], e));
            BigInteger most = radix.subtract(BigInteger.ONE).multiply(modulus);
            isProved &= added.isMultipleOf(modulus) && facts.range(added).isWithin(new Interval(BigInteger.ZERO, most));
        }
        return isProved;
    }

    /**
     * The steps of reduce, which its text is held to: from within 2^5 moduli, less floor(d / 2^bits) of them, one more
     * if that is negative, one less if it is not below the modulus.
     */
    @ParameterizedTest
    @MethodSource("moduli")
    void theInverseIsReducedOnce(BigInteger modulus) {
        assertThat(isMultipleTakenAway(modulus)).isTrue();
        BigInteger missing = BigInteger.TWO.pow(modulus.bitLength()).subtract(modulus);
        assertThat(missing.shiftLeft(6)).isLessThan(modulus);
        assertThat(Sources.of("ModularInverse")
                        .method("ModularInverse", "reduce", 1)
                        .getBody()
                        .toString()
                        .replaceAll("\\s+", " "))
                .startsWith(
                        "{ carry(d); subtractTimes(d, d[limbs - 1] >> topBits); subtractTimes(d, d[limbs - 1] >> 63);"
                                + " long[] t = d.clone(); subtractTimes(t, 1); long keep = t[limbs - 1] >> 63;"
                                + " for (int i = 0; i < limbs; i++) { d[i] = t[i] ^ (t[i] ^ d[i]) & keep; }");
    }

    private boolean isMultipleTakenAway(BigInteger modulus) {
        int limbs = modulus.bitLength() / BITS + 1;
        Word[] a = number("a", limbs);
        Word q = unknown("times", Interval.within(BigInteger.valueOf(64)));
        Polynomial expected = value(a).minus(q.value().times(modulus));
        machine.call("ModularInverse", "subtractTimes", inverse(modulus), List.of(a, q));
        return value(a).equals(expected)
                && Arrays.stream(a)
                        .limit(limbs - 1L)
                        .allMatch(limb -> limb.range().isWithin(Interval.bits(BITS)));
    }

    private static Stream<BigInteger> moduli() {
        return Stream.of(
                        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed",
                        "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
                        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
                        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
                        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973")
                .map(hex -> new BigInteger(hex, 16));
    }

    @Test
    void noMutantIsProved() {
        BigInteger modulus = moduli().toList().get(2);
        assertThat(Mutants.survivors("ModularInverse", "void updateFg() {", "void wipe() {", 1, mutant -> {
                    use(mutant);
                    return isAppliedToFAndG(5);
                }))
                .isEmpty();
        assertThat(Mutants.survivors("ModularInverse", "private void updateDe(", "/** floor(a b", 1, mutant -> {
                    use(mutant);
                    return isAppliedToDAndE(modulus);
                }))
                .isEmpty();
        assertThat(Mutants.survivors("ModularInverse", "private void carry(", "/** From within", 1, mutant -> {
                    use(mutant);
                    return isMultipleTakenAway(modulus);
                }))
                .isEmpty();
        assertThat(Mutants.survivors(
                        "ModularInverse", "private void subtractTimes(", "private void updateDe", 1, mutant -> {
                            use(mutant);
                            return isMultipleTakenAway(modulus);
                        }))
                .isEmpty();
    }

    @Test
    void theTextBeginsWithTheIdentity() {
        assertThat(Sources.of("ModularInverse")
                        .method("State", "steps", 0)
                        .getBody()
                        .toString())
                .contains("long u0 = 1;")
                .contains("long v0 = 0;")
                .contains("long q0 = 0;")
                .contains("long r0 = 1;")
                .contains("i < BITS");
    }
}
