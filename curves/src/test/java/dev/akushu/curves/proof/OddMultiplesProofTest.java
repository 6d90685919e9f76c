package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Making a table of odd multiples keeps all intermediates exact, and gives entries within the bounds that points have
 * to be added by.
 */
class OddMultiplesProofTest {
    private static final class Run {
        final FieldModel field;
        final Facts facts = new Facts();
        final Machine machine;

        Run(String curve) {
            field = curve.equals("P256") ? FieldModel.P256 : FieldModel.P384;
            Sources sources = Sources.of("Field" + curve, "Point" + curve, "OddMultiples" + curve);
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
            return WeierstrassLaws.products(field).apply(List.of(a, b));
        }

        Box square(Box a) {
            return WeierstrassLaws.products(field).apply(List.of(a));
        }

        /** The words of the operand, which are its product with 1 made canonical, are inverted; a product of canonical numbers makes them an element. */
        void invert(Object result, Object operand) {
            Box plainOne = new Box(IntStream.range(0, field.limbs())
                    .mapToObj(i -> Interval.of(BigInteger.valueOf(i == 0 ? 1 : 0)))
                    .toList());
            Interval highest = product(ranges(operand), plainOne).limbs().getLast();
            // canonical() takes values within 2^5 times the power of two above the prime, and more.
            assertThat(highest.isWithin(Interval.within(BigInteger.TWO.pow(field.topBits() + 5))))
                    .isTrue();
            fill(result, product(field.canonical(), field.canonical()));
        }
    }

    @ParameterizedTest
    @CsvSource({"P256, 8", "P256, 16", "P384, 8", "P384, 16"})
    void entriesAreWithinTheBoundsOfPointsToBeAdded(String curve, int count) {
        Run run = new Run(curve);
        PointBounds bounds = PointBounds.statedBy("Point" + curve, run.field);
        Thing point = run.machine.create("Point" + curve);
        run.fill(point.fields().get("x"), bounds.x());
        run.fill(point.fields().get("y"), bounds.x());
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

        for (int i = 0; i < table.length; i++) {
            Interval limb = table[i].exact("an entry").range();
            assertThat(limb.isWithin(bounds.x().limbs().get(i % run.field.limbs())))
                    .as("limb %d", i)
                    .isTrue();
        }
    }
}
