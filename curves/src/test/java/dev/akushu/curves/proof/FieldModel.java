package dev.akushu.curves.proof;

import dev.akushu.curves.generator.Field25519Generator;
import dev.akushu.curves.generator.MontgomeryGenerator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a class represents a field.
 *
 * @param type the class, with fields {@code l0}, {@code l1} ...
 * @param prime the modulus
 * @param limbs the number of limbs
 * @param bits each limb's weight is 2^bits times that of the one before
 * @param montgomery a field element x is represented by x 2^montgomery; 0 where it stands for itself
 */
record FieldModel(String type, BigInteger prime, int limbs, int bits, int montgomery) {
    static final FieldModel F25519 = new FieldModel(
            "Field25519", Field25519Generator.PRIME, Field25519Generator.LIMBS, Field25519Generator.BITS, 0);
    static final FieldModel P256 = of(MontgomeryGenerator.P256);
    static final FieldModel P384 = of(MontgomeryGenerator.P384);

    /** As the code was generated for it. */
    private static FieldModel of(MontgomeryGenerator generator) {
        return new FieldModel(
                generator.type(), generator.prime(), generator.limbs(), generator.bits(), generator.radixBits());
    }

    /** Bits of the prime in the highest limb. */
    int topBits() {
        return prime.bitLength() - bits * (limbs - 1);
    }

    /** Limbs of a number below the prime, or below the power of two above it. */
    Box canonical() {
        return box(Interval.bits(bits), Interval.bits(topBits()));
    }

    /** The element whose limbs are those of {@code number}, which is below the prime. */
    Machine.Thing constant(Machine machine, BigInteger number) {
        Machine.Thing element = machine.create(type);
        for (int i = 0; i < limbs; i++) {
            BigInteger limb = number.shiftRight(bits * i).mod(BigInteger.TWO.pow(bits));
            element.fields().put("l" + i, Word.of(limb.longValueExact()));
        }
        return element;
    }

    /** 2^montgomery modulo the prime. */
    BigInteger radix() {
        return BigInteger.TWO.modPow(BigInteger.valueOf(montgomery), prime);
    }

    /** Intervals for all limbs of an element. */
    record Box(List<Interval> limbs) {
        boolean isWithin(Box that) {
            return IntStream.range(0, limbs.size()).allMatch(i -> limbs.get(i).isWithin(that.limbs.get(i)));
        }
    }

    /** All limbs in {@code low}, the last one in {@code top}. */
    Box box(Interval low, Interval top) {
        List<Interval> intervals = new ArrayList<>();
        for (int i = 1; i < limbs; i++) {
            intervals.add(low);
        }
        intervals.add(top);
        return new Box(intervals);
    }

    Box box(Interval all) {
        return box(all, all);
    }

    /** An element of which only the limbs' intervals are known. */
    Machine.Thing fresh(Machine machine, Facts facts, String name, Box box) {
        Machine.Thing element = machine.create(type);
        fill(element, facts, name, box);
        return element;
    }

    /** Gives {@code element} limbs of which only the intervals are known. */
    void fill(Machine.Thing element, Facts facts, String name, Box box) {
        for (int i = 0; i < limbs; i++) {
            Interval range = box.limbs.get(i);
            element.fields().put("l" + i, new Word(facts.fresh(name + i, range), range));
        }
    }

    /** The limbs, which must be exact. */
    List<Word> limbs(Machine.Thing element) {
        if (!element.type().equals(type)) {
            throw new ProofFailure("no element of the field: " + element.type());
        }
        return IntStream.range(0, limbs)
                .mapToObj(i -> element.word("l" + i).exact("limb " + i))
                .toList();
    }

    Box ranges(Machine.Thing element) {
        return new Box(limbs(element).stream().map(Word::range).toList());
    }

    /** The integer that the limbs stand for. */
    Polynomial integer(Machine.Thing element) {
        return Arithmetic.compose(limbs(element), bits);
    }
}
