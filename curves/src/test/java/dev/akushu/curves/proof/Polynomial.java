package dev.akushu.curves.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A polynomial in numbered variables with exact coefficients: integers divided by powers of two. Immutable.
 *
 * <p>A monomial is the sorted list of its variables, {@code [1, 1, 4]} for v1^2 v4. Coefficients are kept multiplied by
 * 2^{@value SCALE}, and an operation whose result that cannot hold fails.
 */
final class Polynomial {
    static final int SCALE = 2048;
    static final Polynomial ZERO = new Polynomial(Map.of());

    private final Map<List<Integer>, BigInteger> terms;

    private Polynomial(Map<List<Integer>, BigInteger> terms) {
        this.terms = terms;
    }

    static Polynomial of(BigInteger value) {
        return value.signum() == 0 ? ZERO : new Polynomial(Map.of(List.of(), value.shiftLeft(SCALE)));
    }

    static Polynomial of(long value) {
        return of(BigInteger.valueOf(value));
    }

    static Polynomial variable(int number) {
        return new Polynomial(Map.of(List.of(number), BigInteger.ONE.shiftLeft(SCALE)));
    }

    Polynomial plus(Polynomial that) {
        Map<List<Integer>, BigInteger> sum = new HashMap<>(terms);
        that.terms.forEach((monomial, c) -> add(sum, monomial, c));
        return new Polynomial(sum);
    }

    Polynomial minus(Polynomial that) {
        return plus(that.negate());
    }

    Polynomial negate() {
        return times(BigInteger.ONE.negate());
    }

    Polynomial times(BigInteger factor) {
        return map(c -> c.multiply(factor));
    }

    Polynomial times(long factor) {
        return times(BigInteger.valueOf(factor));
    }

    Polynomial times(Polynomial that) {
        Map<List<Integer>, BigInteger> product = new HashMap<>();
        terms.forEach((m1, c1) -> that.terms.forEach((m2, c2) -> {
            List<Integer> monomial = new ArrayList<>(m1);
            monomial.addAll(m2);
            Collections.sort(monomial);
            add(product, List.copyOf(monomial), exactShiftRight(c1.multiply(c2), SCALE));
        }));
        return new Polynomial(product);
    }

    Polynomial square() {
        return times(this);
    }

    Polynomial shiftLeft(int bits) {
        return map(c -> c.shiftLeft(bits));
    }

    /** Divided by 2^{@code bits}, exactly. */
    Polynomial divideByPowerOfTwo(int bits) {
        return map(c -> exactShiftRight(c, bits));
    }

    /** With all coefficients, which may be fractions, reduced to [0, 2^{@code bits}). */
    Polynomial modPowerOfTwo(int bits) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits + SCALE);
        return map(c -> c.mod(modulus));
    }

    /** With coefficients that are integers in [0, p), congruent modulo the odd number {@code p}; 1/2 is one, too. */
    Polynomial mod(BigInteger p) {
        BigInteger unscale = BigInteger.TWO.modPow(BigInteger.valueOf(-SCALE), p);
        return map(c -> c.multiply(unscale).mod(p).shiftLeft(SCALE));
    }

    /**
     * Whether every coefficient is 0 modulo the odd number {@code p}: then the value is, for whatever integers the
     * variables are, if it is an integer.
     */
    boolean isMultipleOf(BigInteger p) {
        return terms.values().stream().allMatch(c -> c.mod(p).signum() == 0);
    }

    boolean isConstant() {
        return terms.keySet().stream().allMatch(List::isEmpty);
    }

    /** The value of a constant. */
    BigInteger constant() {
        if (!isConstant()) {
            throw new ProofFailure("no constant: " + this);
        }
        return coefficient(List.of());
    }

    /** The integer coefficient of {@code monomial}. */
    BigInteger coefficient(List<Integer> monomial) {
        return exactShiftRight(terms.getOrDefault(monomial, BigInteger.ZERO), SCALE);
    }

    /** The coefficient of {@code monomial} times 2^{@value SCALE}. */
    BigInteger scaledCoefficient(List<Integer> monomial) {
        return terms.getOrDefault(monomial, BigInteger.ZERO);
    }

    /** Whether {@code variable} alone is a monomial of this. */
    boolean contains(int variable) {
        return terms.containsKey(List.of(variable));
    }

    /** The power of two in the greatest common divisor of the coefficients, if these are integers; else 0. */
    int commonPowerOfTwo() {
        int least = terms.values().stream()
                .mapToInt(BigInteger::getLowestSetBit)
                .min()
                .orElse(SCALE);
        return Math.max(0, least - SCALE);
    }

    /** Every monomial with its coefficient times 2^{@value SCALE}. */
    void forEach(BiConsumer<List<Integer>, BigInteger> action) {
        terms.forEach(action);
    }

    /** The variables of the terms that are a variable alone. */
    List<Integer> variables() {
        return terms.keySet().stream()
                .filter(m -> m.size() == 1)
                .map(List::getFirst)
                .toList();
    }

    int size() {
        return terms.size();
    }

    /** With v^2 replaced by {@code square}, as often as it can be. */
    Polynomial replaceSquare(int variable, Polynomial square) {
        Polynomial sum = ZERO;
        for (Map.Entry<List<Integer>, BigInteger> term : terms.entrySet()) {
            List<Integer> others = new ArrayList<>(term.getKey());
            int power = Collections.frequency(others, variable);
            others.removeIf(v -> v == variable);
            if (power % 2 == 1) {
                others.add(variable);
                Collections.sort(others);
            }
            Polynomial product = new Polynomial(Map.of(List.copyOf(others), term.getValue()));
            for (int i = 0; i < power / 2; i++) {
                product = product.times(square);
            }
            sum = sum.plus(product);
        }
        return sum;
    }

    private Polynomial map(UnaryOperator<BigInteger> change) {
        Map<List<Integer>, BigInteger> changed = new HashMap<>();
        terms.forEach((monomial, c) -> add(changed, monomial, change.apply(c)));
        return new Polynomial(changed);
    }

    private static void add(Map<List<Integer>, BigInteger> terms, List<Integer> monomial, BigInteger c) {
        BigInteger sum = terms.getOrDefault(monomial, BigInteger.ZERO).add(c);
        if (sum.signum() == 0) {
            terms.remove(monomial);
        } else {
            terms.put(monomial, sum);
        }
    }

    private static BigInteger exactShiftRight(BigInteger value, int bits) {
        if (value.signum() != 0 && value.getLowestSetBit() < bits) {
            throw new ArithmeticException("not a multiple of 2^" + bits + ": " + value);
        }
        return value.shiftRight(bits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Polynomial that && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        return terms.entrySet().stream()
                .limit(12)
                .map(t -> new java.math.BigDecimal(t.getValue())
                                .divide(new java.math.BigDecimal(BigInteger.TWO.pow(SCALE)))
                                .toPlainString()
                        + "*v" + t.getKey())
                .collect(Collectors.joining(" + ", "", terms.size() > 12 ? " + ..." : ""));
    }
}
