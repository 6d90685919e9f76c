package dev.akushu.curves.proof;

import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the methods of a field's element that calculate nothing do with its limbs, as the given sources have it. Every
 * method fails if what it is named after does not hold.
 */
final class ElementLaws {
    private final FieldModel field;
    private final Facts facts = new Facts();
    private final Machine machine;

    ElementLaws(FieldModel model, Sources sources) {
        field = model;
        machine = new Machine(sources, facts);
    }

    private Thing fresh() {
        return field.fresh(machine, facts, "limb", field.box(Interval.within(BigInteger.TWO.pow(60))));
    }

    private List<Polynomial> limbs(Thing element) {
        return field.limbs(element).stream().map(Word::value).toList();
    }

    private static List<Polynomial> negated(List<Polynomial> limbs) {
        return limbs.stream().map(Polynomial::negate).toList();
    }

    private static void checkEqual(Object a, Object b, String what) {
        if (!a.equals(b)) {
            throw new ProofFailure(what + ": " + a + " and not " + b);
        }
    }

    private Word[] unknowns(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Word(facts.fresh("entry", Interval.WORD), Interval.WORD))
                .toArray(Word[]::new);
    }

    /** Of the limbs from {@code from} on. */
    private List<Polynomial> entry(Word[] table, int from) {
        return Arrays.stream(table, from, from + field.limbs()).map(Word::value).toList();
    }

    /** Of each entry, and of none behind the last one: then the result is 0. */
    void selection() {
        int stride = field.limbs() + 2;
        int count = 6;
        Word[] table = unknowns(1 + stride * count);
        for (int index = 0; index <= count; index++) {
            Thing element = fresh();
            machine.call(
                    field.type(),
                    "select",
                    element,
                    List.of(table, Word.of(1), Word.of(stride), Word.of(count), Word.of(index)));
            List<Polynomial> expected = index < count ? entry(table, 1 + stride * index) : entry(zeros(), 0);
            checkEqual(limbs(element), expected, "entry " + index);
        }
    }

    private Word[] zeros() {
        Word[] zeros = new Word[field.limbs()];
        Arrays.fill(zeros, Word.of(0));
        return zeros;
    }

    void negationOrNot() {
        for (long mask : new long[] {0, -1}) {
            Thing element = fresh();
            List<Polynomial> before = limbs(element);
            machine.call(field.type(), "cneg", element, List.of(Word.of(mask)));
            checkEqual(limbs(element), mask == 0 ? before : negated(before), "cneg by " + mask);
        }
    }

    void exchangeOrNot() {
        for (long mask : new long[] {0, -1}) {
            Thing a = fresh();
            Thing b = fresh();
            List<List<Polynomial>> before = List.of(limbs(a), limbs(b));
            machine.call(field.type(), "cswap", null, List.of(a, b, Word.of(mask)));
            List<List<Polynomial>> after = List.of(limbs(a), limbs(b));
            checkEqual(after, mask == 0 ? before : before.reversed(), "cswap by " + mask);
        }
    }

    void moveOrNot() {
        for (long mask : new long[] {0, -1}) {
            Thing a = fresh();
            Thing b = fresh();
            List<Polynomial> beforeA = limbs(a);
            List<Polynomial> beforeB = limbs(b);
            machine.call(field.type(), "cmov", a, List.of(b, Word.of(mask)));
            checkEqual(limbs(a), mask == 0 ? beforeA : beforeB, "cmov by " + mask);
            checkEqual(limbs(b), beforeB, "cmov changed its operand");
        }
    }

    void copy() {
        Thing a = fresh();
        Thing b = fresh();
        List<Polynomial> before = limbs(b);
        machine.call(field.type(), "set", a, List.of(b));
        checkEqual(limbs(a), before, "a copy");
        checkEqual(limbs(b), before, "its origin");
    }

    void load() {
        Word[] table = unknowns(2 * field.limbs());
        Thing element = fresh();
        machine.call(field.type(), "load", element, List.of(table, Word.of(3)));
        checkEqual(limbs(element), entry(table, 3), "what was loaded");
    }

    void store() {
        Word[] table = unknowns(2 * field.limbs());
        List<Word> before = List.of(table);
        Thing element = fresh();
        machine.call(field.type(), "store", element, List.of(table, Word.of(3)));
        checkEqual(entry(table, 3), limbs(element), "what was stored");
        for (int i = 0; i < table.length; i++) {
            if (i < 3 || i >= 3 + field.limbs()) {
                checkEqual(table[i], before.get(i), "another entry");
            }
        }
    }

    /** Of 0, and of each bit of canonical limbs by itself: the bits are joined before they are compared with 0. */
    void zero() {
        machine.replaceMethod(field.type() + ".canonical", (self, arguments) -> null);
        for (int bit = -1; bit < field.prime().bitLength(); bit++) {
            Thing element = field.constant(machine, bit < 0 ? BigInteger.ZERO : BigInteger.TWO.pow(bit));
            Word answer = (Word) machine.call(field.type(), "isZero", element, List.of());
            checkEqual(answer.constant(), bit < 0 ? -1L : 0L, "isZero of bit " + bit);
        }
    }
}
