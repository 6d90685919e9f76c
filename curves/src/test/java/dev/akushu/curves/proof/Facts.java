package dev.akushu.curves.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the variables: the interval of each, and which one is the remainder of what.
 *
 * <p>The key to exact proofs about shifts and masks: x mod 2^k is a new variable r in [0, 2^k), floor(x / 2^k) is the
 * polynomial (x - r) / 2^k, and the same remainder is the same variable wherever it appears. So
 * {@code (x & M) + (x >> k) * 2^k} is x, by algebra alone.
 */
final class Facts {
    private final List<String> names = new ArrayList<>();
    private final List<Interval> ranges = new ArrayList<>();
    private final List<@Nullable Remainder> definitions = new ArrayList<>();
    private final Map<Remainder, Polynomial> remainders = new HashMap<>();

    /** of mod 2^bits. */
    private record Remainder(Polynomial of, int bits) {}

    Polynomial fresh(String name, Interval range) {
        return Polynomial.variable(add(name, range, null));
    }

    private int add(String name, Interval range, @Nullable Remainder definition) {
        names.add(name);
        ranges.add(range);
        definitions.add(definition);
        return names.size() - 1;
    }

    String name(int variable) {
        return names.get(variable);
    }

    /** An interval that holds every value of {@code p}. */
    Interval range(Polynomial p) {
        BigInteger[] sum = {BigInteger.ZERO, BigInteger.ZERO};
        p.forEach((monomial, c) -> {
            Interval product = range(monomial).times(Interval.of(c));
            sum[0] = sum[0].add(product.low());
            sum[1] = sum[1].add(product.high());
        });
        // The value is an integer: the lower bound is rounded up, the upper one down.
        return new Interval(sum[0].negate().shiftRight(Polynomial.SCALE).negate(), sum[1].shiftRight(Polynomial.SCALE));
    }

    private Interval range(List<Integer> monomial) {
        Interval product = Interval.of(1, 1);
        for (int i = 0; i < monomial.size(); i++) {
            Interval factor = ranges.get(monomial.get(i));
            if (i + 1 < monomial.size() && monomial.get(i).equals(monomial.get(i + 1))) {
                factor = factor.square();
                i++;
            }
            product = product.times(factor);
        }
        return product;
    }

    /** {@code p} mod 2^{@code bits}. */
    Polynomial remainder(Polynomial p, int bits) {
        // Before anything is replaced, because what comes in its place may have fractions.
        int known = Math.min(p.commonPowerOfTwo(), bits);
        if (known > 0) {
            return remainder(p.divideByPowerOfTwo(known), bits - known).shiftLeft(known);
        }
        Polynomial simple = simplify(p, bits);
        int common = simple.commonPowerOfTwo();
        if (simple.equals(Polynomial.ZERO)) {
            return Polynomial.ZERO;
        }
        if (common > 0) {
            return remainder(simple.divideByPowerOfTwo(common), bits - common).shiftLeft(common);
        }
        Interval quotient = range(simple).floorShift(bits);
        if (quotient.low().equals(quotient.high())) {
            return simple.minus(Polynomial.of(quotient.low()).shiftLeft(bits));
        }
        Remainder key = new Remainder(simple, bits);
        Polynomial remainder = remainders.get(key);
        if (remainder == null) {
            remainder = Polynomial.variable(add("rem" + bits, Interval.bits(bits), key));
            remainders.put(key, remainder);
        }
        return remainder;
    }

    /** floor({@code p} / 2^{@code bits}). */
    Polynomial quotient(Polynomial p, int bits) {
        return p.minus(remainder(p, bits)).divideByPowerOfTwo(bits);
    }

    /**
     * The same polynomial for all that are seen to be congruent modulo 2^{@code bits}: no multiples of that, and x for
     * x mod 2^j where that does not matter.
     */
    private Polynomial simplify(Polynomial p, int bits) {
        Polynomial before;
        Polynomial after = p;
        do {
            before = after.modPowerOfTwo(bits);
            after = before;
            for (int i : before.variables()) {
                Remainder definition = definitions.get(i);
                if (definition != null) {
                    after = replaceWhereCongruent(after, Polynomial.variable(i), i, definition, bits);
                }
            }
            after = after.modPowerOfTwo(bits);
        } while (!after.equals(before));
        return after;
    }

    /** With the greatest multiple of v = x mod 2^j, in the coefficient of v, that may as well be one of x. */
    private static Polynomial replaceWhereCongruent(Polynomial p, Polynomial v, int i, Remainder definition, int bits) {
        int power = Math.max(0, bits - definition.bits);
        BigInteger multiple = p.scaledCoefficient(List.of(i))
                .shiftRight(Polynomial.SCALE + power)
                .shiftLeft(power);
        return multiple.signum() == 0 ? p : p.plus(definition.of.minus(v).times(multiple));
    }
}
