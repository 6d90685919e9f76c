package dev.akushu.curves.proof;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Lets a {@link FormulaMachine} make elements canonical, compare them with 0, turn them into words and back, and invert
 * them: as is proved by {@link CanonicalProofTest}, {@link WordsAndLimbsProofTest} and {@link DivisionStepsProofTest},
 * for what these proofs assume, which is checked wherever it is needed.
 */
final class Conversions {
    /** Bits of limbs, signs apart, that carry() of the Weierstrass fields takes. */
    static final int LIMB_BITS = 62;

    /** canonical() of these fields takes values within 2^6 times the power of two above the prime. */
    static final int UNIT_BITS = 6;

    private final FormulaMachine formulas;
    private final FieldModel field;
    private final Machine machine;

    /** The number that words hold, by the first of them. */
    private final Map<Polynomial, Polynomial> numbers = new HashMap<>();

    private final Map<Polynomial, Polynomial> inverses = new HashMap<>();
    private final List<Polynomial> compared = new ArrayList<>();
    private final List<Polynomial> converted = new ArrayList<>();
    private final List<Polynomial> written = new ArrayList<>();
    private final List<Object> targets = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private final Deque<Boolean> answers = new ArrayDeque<>();

    Conversions(FormulaMachine formulas) {
        this.formulas = formulas;
        this.field = formulas.field;
        this.machine = formulas.machine;
        String type = field.type();
        machine.define(type + ".PLAIN_ONE", field.constant(machine, BigInteger.ONE));
        machine.define(type + ".ONE", field.constant(machine, field.radix()));
        machine.define(
                type + ".R2", field.constant(machine, field.radix().pow(2).mod(field.prime())));
        machine.replaceMethod(type + ".canonical", (self, arguments) -> {
            makeCanonical(self);
            return null;
        });
        machine.replaceMethod(type + ".isZero", (self, arguments) -> {
            makeCanonical(self);
            compared.add(formulas.element(self));
            return Word.of(answers.remove() ? -1 : 0);
        });
        machine.replaceMethod(type + ".toWords", (self, arguments) -> {
            toWords(self, (Word[]) arguments.getFirst());
            return null;
        });
        machine.replaceMethod(type + ".setWords", (self, arguments) -> {
            setWords(self, (Word) (arguments.getFirst() instanceof Word[] w ? w[0] : arguments.getFirst()));
            return null;
        });
        String inverse = type.equals("Field25519") ? "INVERSE" : type.replace("Field", "Curve") + ".FIELD_INVERSE";
        machine.replace(inverse + ".invert", arguments -> {
            Word[] words = (Word[]) arguments.getFirst();
            hold(words, inverseOf(number(words[0])));
        });
        machine.replace("Words.writeBig", arguments -> written.add(number(((Word[]) arguments.getFirst())[0])));
        machine.replace("Words.putLittle", arguments -> {
            Polynomial word = ((Word) arguments.get(2)).value();
            targets.add(arguments.getFirst());
            offsets.add(((Word) arguments.get(1)).constant());
            if (numbers.containsKey(word)) {
                written.add(numbers.get(word));
            }
        });
    }

    /** What the next comparisons with 0 give. */
    void assume(Boolean... isZero) {
        answers.clear();
        answers.addAll(List.of(isZero));
    }

    /** The elements that were compared with 0. */
    List<Polynomial> compared() {
        return compared;
    }

    /** The numbers that were made words. */
    List<Polynomial> converted() {
        return converted;
    }

    /** The numbers that were written as octets. */
    List<Polynomial> written() {
        return written;
    }

    /** Fails if little-endian words were written anywhere else than to {@code out}, one behind the other from {@code offset} on. */
    void checkTarget(Word[] out, long offset) {
        List<Long> expected = LongStream.range(0, offsets.size())
                .mapToObj(i -> offset + Long.BYTES * i)
                .toList();
        if (targets.isEmpty() || targets.stream().anyMatch(target -> target != out) || !offsets.equals(expected)) {
            throw new ProofFailure("written elsewhere, at " + offsets);
        }
    }

    /** The variable that stands for the inverse of {@code element}, or for 0 if that is 0. */
    Polynomial inverseOf(Polynomial element) {
        return inverses.computeIfAbsent(element.mod(field.prime()), e -> formulas.unknown("inverse"));
    }

    /** Words that hold {@code number}. */
    Word[] words(Polynomial number) {
        Word[] words = new Word[(field.prime().bitLength() + 63) / 64];
        hold(words, number);
        return words;
    }

    private void hold(Word[] words, Polynomial number) {
        for (int i = 0; i < words.length; i++) {
            words[i] = new Word(formulas.facts.fresh("word", Interval.WORD), Interval.WORD);
        }
        numbers.put(words[0].value(), number);
    }

    private Polynomial number(Word first) {
        Polynomial number = numbers.get(first.value());
        if (number == null) {
            throw new ProofFailure("words that hold no known number");
        }
        return number;
    }

    private void makeCanonical(Thing element) {
        if (!isReducible(element)) {
            throw new ProofFailure("canonical() of what may be too great: " + field.ranges(element));
        }
        formulas.define(element, formulas.element(element), field.canonical());
    }

    private boolean isReducible(Thing element) {
        Box limbs = field.ranges(element);
        if (field.montgomery() == 0) {
            return limbs.isWithin(Field25519ProofTest.LOOSE);
        }
        Interval value = formulas.facts.range(field.integer(element));
        return limbs.isWithin(field.box(Interval.within(BigInteger.TWO.pow(LIMB_BITS))))
                && value.isWithin(
                        Interval.within(BigInteger.TWO.pow(field.prime().bitLength() + UNIT_BITS)));
    }

    private void toWords(Thing element, Word[] words) {
        Thing canonical = element;
        if (field.montgomery() != 0) {
            canonical = machine.create(field.type());
            Object one = machine.valueOf(field.type(), "PLAIN_ONE");
            machine.call(field.type(), "mul", null, List.of(canonical, element, one));
        }
        makeCanonical(canonical);
        converted.add(formulas.element(element));
        hold(words, converted.getLast());
    }

    private void setWords(Thing element, Word first) {
        Polynomial number = number(first);
        BigInteger inverse = field.radix().modInverse(field.prime());
        formulas.define(element, number.times(inverse).mod(field.prime()), field.canonical());
        if (field.montgomery() != 0) {
            Object square = machine.valueOf(field.type(), "R2");
            machine.call(field.type(), "mul", null, List.of(element, element, square));
        }
    }
}
