package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.generator.Generated;
import dev.akushu.curves.proof.Machine.Thing;
import dev.akushu.curves.proof.Mutants.Mutant;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Between words and limbs a number stays the same. These methods only move bits ({@link BitMoves}), so it is enough to see where each bit goes: then the limbs' bits are the
 * words', and no two bits go to the same place.
 */
class WordsAndLimbsProofTest {
    private static Word[] words(BigInteger value, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Word.of(value.shiftRight(64 * i).longValue()))
                .toArray(Word[]::new);
    }

    private static Word[] zeros(int count) {
        return words(BigInteger.ZERO, count);
    }

    /** Of words of 64 bits or limbs of fewer, all known and not negative as limbs. */
    private static BigInteger number(Word[] parts, int bits) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < parts.length; i++) {
            BigInteger part = new BigInteger(Long.toUnsignedString(parts[i].constant()));
            sum = sum.add(part.shiftLeft(bits * i));
        }
        return sum;
    }

    private static Word[] limbs(FieldModel field, Thing element) {
        return IntStream.range(0, field.limbs())
                .mapToObj(i -> element.word("l" + i))
                .toArray(Word[]::new);
    }

    private static void fill(FieldModel field, Thing element, BigInteger value) {
        for (int i = 0; i < field.limbs(); i++) {
            long mask = (1L << field.bits()) - 1;
            element.fields()
                    .put("l" + i, Word.of(value.shiftRight(field.bits() * i).longValue() & mask));
        }
    }

    /** Of 0 and of each bit by itself, {@code method} makes what {@code expected} says. */
    private static void assertMoves(int bits, UnaryOperator<BigInteger> method, UnaryOperator<BigInteger> expected) {
        assertThat(method.apply(BigInteger.ZERO)).isEqualTo(BigInteger.ZERO);
        for (int i = 0; i < bits; i++) {
            BigInteger bit = BigInteger.TWO.pow(i);
            assertThat(method.apply(bit)).as("bit %d", i).isEqualTo(expected.apply(bit));
        }
    }

    private static void assertSame(List<Object> objects, Object... expected) {
        assertThat(objects).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(objects.get(i)).isSameAs(expected[i]);
        }
    }

    private static FieldModel field(String name) {
        return Map.of("25519", FieldModel.F25519, "P256", FieldModel.P256, "P384", FieldModel.P384)
                .get(name);
    }

    @ParameterizedTest
    @CsvSource({"P256, 4", "P384, 6"})
    void wordsBecomeLimbsOfTheSameNumber(String name, int count) {
        proveWithMutants(field(name), "void setWords(", (field, sources) -> proveSetWords(field, sources, count));
    }

    /** The proof of a method, and that it sees every change of the text. */
    private static void proveWithMutants(FieldModel field, String method, BiConsumer<FieldModel, Sources> proof) {
        proof.accept(field, Sources.of(field.type()));
        assertThat(Mutants.survivors(field.type(), method, "    }\n", 1, mutant -> {
                    proof.accept(field, mutant);
                    return true;
                }))
                .isEmpty();
    }

    private static void proveSetWords(FieldModel field, Sources sources, int count) {
        BitMoves.check(sources.method(field.type(), "setWords", 1), "mul");
        Machine machine = new Machine(sources, new Facts());
        Thing square = machine.create(field.type());
        machine.define(field.type() + ".R2", square);
        List<Object> factors = new ArrayList<>();
        machine.replace(field.type() + ".mul", factors::addAll);
        assertMoves(
                64 * count,
                value -> {
                    factors.clear();
                    Thing element = machine.create(field.type());
                    machine.call(field.type(), "setWords", element, List.of((Object) words(value, count)));
                    assertSame(factors, element, element, square);
                    return number(limbs(field, element), field.bits());
                },
                UnaryOperator.identity());
    }

    @Test
    void wordsBecomeLimbsOf25519WithoutTheHighestBit() {
        proveWithMutants(FieldModel.F25519, "void setWords(", WordsAndLimbsProofTest::proveSetWordsOf25519);
    }

    private static void proveSetWordsOf25519(FieldModel field, Sources sources) {
        BitMoves.check(sources.method(field.type(), "setWords", 4));
        Machine machine = new Machine(sources, new Facts());
        assertMoves(
                256,
                value -> {
                    Thing element = machine.create(field.type());
                    machine.call(field.type(), "setWords", element, List.of((Object[]) words(value, 4)));
                    return number(limbs(field, element), field.bits());
                },
                bit -> bit.clearBit(255));
    }

    /** Of canonical limbs, which toWords makes first. */
    @ParameterizedTest
    @CsvSource({"P256, 4, 256", "P384, 6, 384", "25519, 4, 255"})
    void limbsBecomeWordsOfTheSameNumber(String name, int count, int bits) {
        proveWithMutants(field(name), "void toWords(", (field, sources) -> proveToWords(field, sources, count, bits));
    }

    private static void proveToWords(FieldModel field, Sources sources, int count, int bits) {
        BitMoves.check(sources.method(field.type(), "toWords", 1), "mul", "canonical", "t.canonical", "t.wipe");
        Machine machine = new Machine(sources, new Facts());
        List<Object> canonical = new ArrayList<>();
        machine.replaceMethod(field.type() + ".canonical", (self, arguments) -> canonical.add(self));
        machine.replace(field.type() + ".wipe", arguments -> {});
        Thing one = machine.create(field.type());
        machine.define(field.type() + ".PLAIN_ONE", one);
        assertMoves(
                bits,
                value -> {
                    Thing element = machine.create(field.type());
                    fill(field, element, value);
                    List<Object> product = new ArrayList<>();
                    machine.replace(field.type() + ".mul", arguments -> {
                        product.add(arguments.getFirst());
                        fill(field, (Thing) arguments.getFirst(), value);
                        assertSame(arguments.subList(1, 3), element, one);
                    });
                    canonical.clear();
                    Word[] words = zeros(count);
                    machine.call(field.type(), "toWords", element, List.of((Object) words));
                    assertThat(product).hasSize(field.montgomery() == 0 ? 0 : 1);
                    assertSame(canonical, product.isEmpty() ? element : product.getFirst());
                    return number(words, 64);
                },
                UnaryOperator.identity());
    }

    private record Splitter(String type, int radix, int bits, Machine machine, Thing object) {
        static Splitter of(String type, int radix, int bits) {
            Sources sources = Sources.of(type);
            BitMoves.check(sources.method(type, "split", 2));
            BitMoves.check(sources.method(type, "join", 2), "Arrays.fill");
            Map<String, Object> fields = new HashMap<>();
            fields.put("words", Word.of((bits + 63) / 64));
            fields.put("limbs", Word.of(bits / radix + 1));
            return new Splitter(type, radix, bits, new Machine(sources, new Facts()), new Thing(type, fields));
        }

        int words() {
            return (bits + 63) / 64;
        }

        Word[] split(BigInteger value) {
            Word[] limbs = zeros(bits / radix + 1);
            machine.call(type, "split", object, List.of(limbs, WordsAndLimbsProofTest.words(value, words())));
            return limbs;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {253, 256, 384})
    void scalarsBecomeLimbsAndWordsAgain(int bits) {
        Splitter s = Splitter.of("ScalarField", 52, bits);
        assertMoves(64 * s.words(), value -> number(s.split(value), 52), UnaryOperator.identity());
        assertMoves(
                bits,
                value -> {
                    Word[] words = zeros(s.words());
                    s.machine.call(s.type, "join", s.object, List.of(words, s.split(value)));
                    return number(words, 64);
                },
                UnaryOperator.identity());
    }

    @ParameterizedTest
    @ValueSource(ints = {255, 256, 384})
    void numbersToInvertBecomeLimbsAndWordsAgain(int bits) {
        Splitter s = Splitter.of("ModularInverse", 60, bits);
        assertMoves(bits, value -> number(s.split(value), 60), UnaryOperator.identity());
        assertMoves(
                bits,
                value -> {
                    Word[] words = zeros(s.words());
                    s.machine.call(s.type, "join", s.object, List.of(words, s.split(value)));
                    return number(words, 64);
                },
                UnaryOperator.identity());
    }

    /**
     * The digits of an odd scalar, the highest of which is 1, are the scalar. Each is 32 less than six of its bits with
     * the lowest taken for 1, so their sum is an affine function of the bits: seen for 1 and for 1 and each other bit, it
     * is seen for all.
     */
    @ParameterizedTest
    @CsvSource({"P256, 4, 51", "P384, 6, 77"})
    void theDigitsOfAnOddScalarAreTheScalar(String curve, int count, int top) {
        proveDigits("SecretMultiply" + curve, digitSources(curve), count, top);
    }

    /** Of P-256's text, which is P-384's; there the last digit would reach behind the last word. */
    @Test
    void noMutantOfTheDigitsIsProved() {
        String text = Sources.text("SecretMultiplyP256");
        int begin = text.indexOf("private static int digit(");
        List<Mutant> mutants = Mutants.of(text, begin, text.indexOf("    /**", begin));
        assertThat(Mutants.survivors(text, mutants, 1, changed -> {
                    Sources sources = digitSources("P256").with("SecretMultiplyP256", changed);
                    proveDigits("SecretMultiplyP256", sources, 4, 51);
                    Sources copy = digitSources("P384").with("SecretMultiplyP384", Generated.renamed(changed));
                    proveDigits("SecretMultiplyP384", copy, 6, 77);
                    return true;
                }))
                .isEmpty();
    }

    private static Sources digitSources(String curve) {
        return Sources.of("SecretMultiply" + curve, "Curve" + curve);
    }

    private static void proveDigits(String type, Sources sources, int count, int top) {
        assertThat(sources.method(type, "digit", 2).getBody().toString())
                .contains("return ((int)bits & 63 | 1) - 32;")
                .contains("long bits = k[word] >>> shift;")
                .contains("bits |= k[word + 1] << 64 - shift;");
        Machine machine = new Machine(sources, new Facts());
        assertThat(machine.constantOf(type.replace("SecretMultiply", "Curve"), "TOP_DIGIT"))
                .isEqualTo(top);
        for (int i = 0; i < 64 * count; i++) {
            BigInteger k = BigInteger.ONE.setBit(i);
            BigInteger sum = BigInteger.TWO.pow(5 * top);
            for (int j = 0; j < top; j++) {
                Word digit = (Word) machine.call(type, "digit", null, List.of(words(k, count), Word.of(j)));
                sum = sum.add(BigInteger.valueOf(digit.constant()).shiftLeft(5 * j));
            }
            assertThat(sum).as("bit %d", i).isEqualTo(k);
        }
    }
}
