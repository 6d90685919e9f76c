package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is added for a digit is that multiple of the table, for every digit that there is, whatever the table has. */
class LookupProofTest {
    /** A machine in which nothing is added, but the summands kept. */
    private static final class Run {
        final FieldModel field;
        final Facts facts = new Facts();
        final Machine machine;
        final List<List<Polynomial>> summands = new ArrayList<>();
        final List<Object> others = new ArrayList<>();

        Run(FieldModel model, Sources sources, String addition, int firstSummand, int count) {
            field = model;
            machine = new Machine(sources, facts);
            machine.replaceMethod(addition, (self, arguments) -> {
                others.add(self);
                for (int i = 0; i < arguments.size(); i++) {
                    if (i < firstSummand || i >= firstSummand + count) {
                        others.add(arguments.get(i));
                    } else {
                        summands.add(limbs((Thing) arguments.get(i)));
                    }
                }
                return null;
            });
        }

        List<Polynomial> limbs(Thing element) {
            return field.limbs(element).stream().map(Word::value).toList();
        }

        Word[] table(int elements) {
            Interval limb = Interval.bits(field.bits());
            return IntStream.range(0, elements * field.limbs())
                    .mapToObj(i -> new Word(facts.fresh("limb", limb), limb))
                    .toArray(Word[]::new);
        }

        /** Of the element from {@code from} on. */
        List<Polynomial> entry(Word[] table, int from, boolean isNegative) {
            return Arrays.stream(table, from, from + field.limbs())
                    .map(Word::value)
                    .map(limb -> isNegative ? limb.negate() : limb)
                    .toList();
        }

        List<Polynomial> constant(long value) {
            return limbs(field.constant(machine, BigInteger.valueOf(value)));
        }
    }

    /** Digits from -31 to 31, all odd; a table has the multiples 1, 3, 5 ... 31. */
    private static void proveOddDigits(String curve, Sources sources) {
        FieldModel field = WeierstrassLaws.field(curve);
        String type = "SecretMultiply" + curve;
        for (int digit = -31; digit <= 31; digit += 2) {
            Run run = new Run(field, sources, "Point" + curve + ".add", 2, 2);
            Thing multiply = run.machine.create(type);
            Word[] table = run.table(3 * 2 * 16);
            int from = 2 * 16 * field.limbs();
            run.machine.call(type, "addMultiple", multiply, List.of(table, Word.of(from), Word.of(digit)));
            Object sum = multiply.fields().get("sum");
            Object temporaries = multiply.fields().get("temporaries");
            assertThat(run.others).hasSize(4);
            assertThat(run.others.get(1)).isSameAs(sum);
            assertThat(run.others.get(2)).isSameAs(sum);
            assertThat(run.others.get(3)).isSameAs(temporaries);
            int at = from + Math.abs(digit) / 2 * 2 * field.limbs();
            assertThat(run.summands)
                    .as("digit %d", digit)
                    .containsExactly(run.entry(table, at, false), run.entry(table, at + field.limbs(), digit < 0));
        }
    }

    private static Sources sources(String curve) {
        return Sources.of(
                "SecretMultiply" + curve, "OddMultiples" + curve, "Point" + curve, "Field" + curve, "Curve" + curve);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void theMultipleOfAnOddDigitIsAdded(String curve) {
        proveOddDigits(curve, sources(curve));
    }

    @Test
    void noMutantOfAddingAnOddMultipleIsProved() {
        assertThat(survivors("SecretMultiplyP256", sources("P256"), "private void addMultiple(", mutant -> {
                    proveOddDigits("P256", mutant);
                }))
                .isEmpty();
    }

    private static List<String> survivors(String type, Sources sources, String begin, Consumer<Sources> proof) {
        String text = Sources.text(type);
        int from = text.indexOf(begin);
        int to = text.indexOf("    }\n", from);
        List<Mutants.Mutant> mutants = new ArrayList<>(Mutants.of(text, from, to));
        mutants.addAll(FormulaMutants.of(text, begin));
        return Mutants.survivors(text, mutants, 1, changed -> {
            proof.accept(sources.with(type, changed));
            return true;
        });
    }

    /** Digits from -8 to 8; a table has the multiples 1 to 8 as y + x, y - x and 2 d x y. The neutral element has x = 0, y = 1. */
    private static void proveDigits(Sources sources) {
        FieldModel field = FieldModel.F25519;
        for (int digit = -8; digit <= 8; digit++) {
            Run run = new Run(field, sources, "Edwards25519.add", 0, 3);
            Word[] table = run.table(3 * 8 * 3);
            run.machine.define("Edwards25519.BASE", table);
            Thing point = run.machine.create("Edwards25519");
            run.machine.call("Edwards25519", "addMultiple", point, List.of(Word.of(2), Word.of(digit)));
            List<List<Polynomial>> expected = List.of(run.constant(1), run.constant(1), run.constant(0));
            if (digit != 0) {
                int at = (2 * 8 + Math.abs(digit) - 1) * 3 * field.limbs();
                int sum = digit > 0 ? at : at + field.limbs();
                int difference = digit > 0 ? at + field.limbs() : at;
                expected = List.of(
                        run.entry(table, sum, false),
                        run.entry(table, difference, false),
                        run.entry(table, at + 2 * field.limbs(), digit < 0));
            }
            assertThat(run.summands).as("digit %d", digit).isEqualTo(expected);
            assertThat(run.others.getFirst()).isSameAs(point);
        }
    }

    @Test
    void theMultipleOfADigitIsAddedOnEdwards25519() {
        Sources sources = Sources.of("Edwards25519", "Field25519");
        proveDigits(sources);
        for (String method :
                List.of("private void addMultiple(", "private void select(", "private static long mask(")) {
            assertThat(survivors("Edwards25519", sources, method, LookupProofTest::proveDigits))
                    .isEmpty();
        }
    }
}
