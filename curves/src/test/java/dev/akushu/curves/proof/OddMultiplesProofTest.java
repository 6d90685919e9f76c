package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import dev.akushu.curves.proof.WeierstrassProofTest.Bounds;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Making a table of odd multiples keeps all intermediates exact, and gives entries within the bounds that points have
 * to be added by.
 */
class OddMultiplesProofTest {
    /** Bounds of products, once proved, hold in all tests. */
    private static final Map<FieldModel, Map<List<Box>, Box>> PROVED = new HashMap<>();

    private static final class Run {
        final FieldModel field;
        final Facts facts = new Facts();
        final Machine machine;
        final FieldProof proof;
        final Map<List<Box>, Box> proved;

        Run(String curve) {
            field = curve.equals("P256") ? FieldModel.P256 : FieldModel.P384;
            proved = PROVED.computeIfAbsent(field, f -> new HashMap<>());
            Sources sources = Sources.of("Field" + curve, "Point" + curve, "OddMultiples" + curve);
            proof = new FieldProof(field, sources);
            machine = new Machine(sources, facts);
            machine.replace(
                    field.type() + ".mul", a -> fill(a.getFirst(), product(ranges(a.get(1)), ranges(a.get(2)))));
            machine.replace(field.type() + ".sqr", a -> fill(a.getFirst(), square(ranges(a.get(1)))));
            machine.replace(field.type() + ".invert", a -> invert(a.get(0), a.get(1)));
        }

        Box ranges(Object element) {
            return field.ranges((Thing) element);
        }

        void fill(Object element, Box box) {
            field.fill((Thing) element, facts, "l", box);
        }

        Box product(Box a, Box b) {
            return proved.computeIfAbsent(List.of(a, b), both -> proof.multiplication(a, b));
        }

        Box square(Box a) {
            return proved.computeIfAbsent(List.of(a), one -> proof.squaring(a));
        }

        /** The words of the operand, which are its product with 1 made canonical, are inverted; a product of canonical numbers makes them an element. */
        void invert(Object result, Object operand) {
            int top = field.prime().bitLength() - field.bits() * (field.limbs() - 1);
            Box plainOne = new Box(IntStream.range(0, field.limbs())
                    .mapToObj(i -> Interval.of(BigInteger.valueOf(i == 0 ? 1 : 0)))
                    .toList());
            Interval highest = product(ranges(operand), plainOne).limbs().getLast();
            // canonical() takes values within 2^5 times the power of two above the prime, and more.
            assertThat(highest.isWithin(Interval.within(BigInteger.TWO.pow(top + 5))))
                    .isTrue();
            Box canonical = field.box(Interval.bits(field.bits()), Interval.bits(top));
            fill(result, product(canonical, canonical));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "P256, 8, false", "P256, 8, true", "P256, 16, false", "P256, 16, true",
        "P384, 8, false", "P384, 8, true", "P384, 16, false", "P384, 16, true"
    })
    void entriesAreWithinTheBoundsOfPointsToBeAdded(String curve, int count, boolean isJacobian) {
        Run run = new Run(curve);
        Bounds bounds = isJacobian ? WeierstrassProofTest.closed(curve) : WeierstrassProofTest.start(curve);
        Thing point = run.machine.create("Point" + curve);
        run.fill(point.fields().get("x"), bounds.x());
        run.fill(point.fields().get("y"), bounds.y());
        run.fill(point.fields().get("z"), bounds.z());
        Thing multiples = run.machine.create("OddMultiples" + curve);
        run.machine.call(
                "OddMultiples" + curve,
                "<init>",
                multiples,
                List.of(Word.of(count), run.machine.create("Temporaries")));
        Word[] table = new Word[count * 2 * run.field.limbs()];
        Arrays.fill(table, Word.of(0));

        run.machine.call("OddMultiples" + curve, "write", multiples, List.of(table, Word.of(0), point));

        Box affine = WeierstrassProofTest.affine(run.field);
        for (int i = 0; i < table.length; i++) {
            Interval limb = table[i].exact("an entry").range();
            assertThat(limb.isWithin(affine.limbs().get(i % run.field.limbs())))
                    .as("limb %d", i)
                    .isTrue();
        }
    }
}
