package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.curves.proof.Machine.Thing;
import dev.akushu.curves.proof.Mutants.Mutant;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The complete formulas give the sum of any two points, within the bounds of an operand: {@link CompleteLaws}. */
class CompleteProofTest {
    private static CompleteLaws laws(String curve) {
        return new CompleteLaws(curve, CompleteLaws.sources(curve));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void twoDifferentPointsHaveTheirSum(String curve) {
        laws(curve).differentPoints();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void twoEqualPointsHaveTheDouble(String curve) {
        laws(curve).equalPoints();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void twoOppositePointsHaveInfinity(String curve) {
        laws(curve).oppositePoints();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void infinityChangesNoPoint(String curve) {
        laws(curve).infinityAndAPoint();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void infinityTwiceIsInfinity(String curve) {
        laws(curve).infinityTwice();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void theLoopStartsAtInfinityWithinTheBounds(String curve) {
        laws(curve).operandsOfTheLoop();
    }

    /** All zeros fulfil every equation between coordinates. */
    @Test
    void aFormulaThatGivesZerosIsNotProved() {
        String text = Sources.text("CompleteP256").replaceAll("r\\.([xyz])\\.set\\(.*\\);", "r.$1.wipe();");
        Sources zeros = CompleteLaws.sources("P256").with("CompleteP256", text);
        List<Consumer<CompleteLaws>> proofs = List.of(
                CompleteLaws::differentPoints,
                CompleteLaws::equalPoints,
                CompleteLaws::oppositePoints,
                CompleteLaws::infinityAndAPoint,
                CompleteLaws::infinityTwice);
        for (Consumer<CompleteLaws> proof : proofs) {
            assertThatThrownBy(() -> proof.accept(new CompleteLaws("P256", zeros)))
                    .isInstanceOf(ProofFailure.class);
        }
    }

    /**
     * Followed by multiples of the point, for 0, each bit and all bits: what the loop does for a bit depends on that bit
     * alone.
     */
    @ParameterizedTest
    @CsvSource({"P256, 256", "P384, 384"})
    void theLoopGivesTheMultiple(String curve, int bits) {
        proveLoop(curve, loopSources(curve), bits);
    }

    @Test
    void noMutantOfTheLoopIsProved() {
        String text = Sources.text("CompleteP256");
        int begin = text.indexOf("private static PointP256 multiple(");
        List<Mutant> mutants = new ArrayList<>(Mutants.of(text, begin, text.indexOf("    /**", begin)));
        mutants.addAll(FormulaMutants.of(text, "private static PointP256 multiple("));
        assertThat(Mutants.survivors(text, mutants, 1, changed -> {
                    proveLoop("P256", loopSources("P256").with("CompleteP256", changed), 256);
                    return true;
                }))
                .isEmpty();
    }

    private static Sources loopSources(String curve) {
        return Sources.of("Field" + curve, "Point" + curve, "Complete" + curve, "Curve" + curve);
    }

    private static void proveLoop(String curve, Sources sources, int bits) {
        String point = "Point" + curve;
        List<BigInteger> scalars = new ArrayList<>(
                List.of(BigInteger.ZERO, BigInteger.TWO.pow(bits).subtract(BigInteger.ONE)));
        for (int i = 0; i < bits; i += 31) {
            scalars.add(BigInteger.TWO.pow(i));
        }
        for (BigInteger scalar : scalars) {
            Machine machine = new Machine(sources, new Facts());
            machine.replaceMethod(
                    "Field" + curve + ".setOne",
                    (self, arguments) -> self.fields().put("l0", Word.of(1)));
            machine.replace("Complete" + curve + ".add", arguments -> {
                BigInteger sum = multiple(arguments.get(1)).add(multiple(arguments.get(2)));
                set((Thing) arguments.get(0), sum);
            });
            machine.replaceMethod("Field" + curve + ".cmov", (self, arguments) -> {
                Word mask = (Word) arguments.get(1);
                if (mask.constant() != 0) {
                    assertThat(mask.constant()).isEqualTo(-1);
                    self.fields().putAll(((Thing) arguments.get(0)).fields());
                }
                return null;
            });
            Thing p = machine.create(point);
            set(p, BigInteger.ONE);
            Word[] k = IntStream.range(0, bits / 64)
                    .mapToObj(i -> Word.of(scalar.shiftRight(64 * i).longValue()))
                    .toArray(Word[]::new);
            Object result = machine.call("Complete" + curve, "multiple", null, List.of(k, p));
            assertThat(multiple(result)).isEqualTo(scalar);
        }
    }

    /** The multiple m in coordinates that cannot be mistaken for each other: (m : 2 m + 1 : 5 m). */
    private static void set(Thing point, BigInteger multiple) {
        set(point, "x", multiple);
        set(point, "y", multiple.shiftLeft(1).add(BigInteger.ONE));
        set(point, "z", multiple.multiply(BigInteger.valueOf(5)));
    }

    private static void set(Thing point, String coordinate, BigInteger value) {
        Word word = new Word(Polynomial.of(value), Interval.of(value));
        ((Thing) point.fields().get(coordinate)).fields().put("l0", word);
    }

    private static BigInteger multiple(Object point) {
        if (!(point instanceof Thing thing) || !thing.type().startsWith("Point")) {
            throw new ProofFailure("no point");
        }
        List<BigInteger> coordinates = Stream.of("x", "y", "z")
                .map(name -> (Thing) thing.fields().get(name))
                .map(coordinate -> coordinate.word("l0").value().constant())
                .toList();
        BigInteger multiple = coordinates.getFirst();
        assertThat(coordinates)
                .containsExactly(
                        multiple, multiple.shiftLeft(1).add(BigInteger.ONE), multiple.multiply(BigInteger.valueOf(5)));
        return multiple;
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void theJacobianPointIsTheSame(String curve) {
        laws(curve).jacobian();
    }
}
