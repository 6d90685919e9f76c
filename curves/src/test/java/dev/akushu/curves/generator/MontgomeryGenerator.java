package dev.akushu.curves.generator;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Montgomery multiplication and squaring, r = a b / R with R = 2^(limbs bits), modulo a prime that is -1 plus and minus
 * powers of two.
 *
 * <p>{@code c} collects the low 64 bits of a column's products, {@code h} their floor(x / 2^split), from high words of
 * one operand shifted. What h misses is exactly c - 2^split h modulo 2^64, and as a signed word it is that without the
 * modulo, as long as it is within 2^63. So nothing needs a mask or a carry flag.
 *
 * <p>The reduction needs no multiplication: with p + 1 a sum of powers of two, m p is a few shifts of m less m, added
 * to the same sums. If p = -1 modulo the radix, m is the column's lowest limb itself; if p = 2^s - 1 modulo the radix
 * and 2 s is not below it, m is the lowest limb times 1 + 2^s.
 *
 * @param type the class
 * @param limbs the number of limbs
 * @param bits of a limb
 * @param split where a product is split in h and c
 * @param terms the powers of two in p + 1, highest first
 * @param squareCarry whether squaring adds the carry to the next column as one sum; see {@link Order}
 */
public record MontgomeryGenerator(String type, int limbs, int bits, int split, List<Term> terms, boolean squareCarry) {
    /** The term 2^power, negative or not. */
    public record Term(boolean negative, int power) {
        private BigInteger value() {
            BigInteger value = BigInteger.TWO.pow(power);
            return negative ? value.negate() : value;
        }
    }

    /** P-256's field. */
    public static final MontgomeryGenerator P256 = new MontgomeryGenerator(
            "FieldP256",
            5,
            52,
            56,
            List.of(new Term(false, 256), new Term(true, 224), new Term(false, 192), new Term(false, 96)),
            true);
    /** P-384's field. */
    public static final MontgomeryGenerator P384 = new MontgomeryGenerator(
            "FieldP384",
            7,
            56,
            59,
            List.of(new Term(false, 384), new Term(true, 128), new Term(true, 96), new Term(false, 32)),
            false);

    /** The modulus. */
    public BigInteger prime() {
        return terms.stream().map(Term::value).reduce(BigInteger.ONE.negate(), BigInteger::add);
    }

    /** A number x is represented by x 2^radixBits. */
    public int radixBits() {
        return limbs * bits;
    }

    /** The methods mul and sqr. */
    String generate() {
        Terms out = new Terms();
        out.line("/** r = a b / R. r may be a or b. */");
        out.line("static void mul(%1$s r, %1$s a, %1$s b) {".formatted(type));
        declare(out, 0, limbs, "a%1$d = a.l%1$d");
        declare(out, 0, limbs, "b%1$d = b.l%1$d");
        declare(out, 0, limbs, "s%%1$d = a%%1$d << %d".formatted(64 - split));
        body(out, false);
        out.line("}");
        out.line("");
        out.line("/** r = a^2 / R. r may be a. */");
        out.line("static void sqr(%1$s r, %1$s a) {".formatted(type));
        declare(out, 0, limbs, "a%1$d = a.l%1$d");
        declare(out, 0, limbs, "s%%1$d = a%%1$d << %d".formatted(64 - split));
        declare(out, 0, limbs - 1, "b%1$d = a%1$d << 1");
        body(out, true);
        out.line("}");
        return out.text();
    }

    private void body(Terms out, boolean square) {
        for (int column = 0; column < 2 * limbs - 1; column++) {
            out.sum("long c" + column, low(column, square));
            out.sum("long h" + column, high(column, square));
            if (column < limbs) {
                reduce(out, column, square);
            }
        }
        int c = limbs;
        out.line("    r.l0 = c%d & M;".formatted(c));
        for (int i = 1; i < limbs - 1; i++, c++) {
            out.line("    r.l%d = (c%d & M) + (%s);".formatted(i, c + 1, rest(c)));
        }
        out.line("    r.l%d = (h%d << %d) + (%s);".formatted(limbs - 1, c, split - bits, rest(c)));
    }

    /** What h leaves of a column, without its lowest limb. */
    private String rest(int c) {
        return "c%1$d - (h%1$d << %2$d) >> %3$d".formatted(c, split, bits);
    }

    private List<String> low(int column, boolean square) {
        List<String> sum = new ArrayList<>();
        for (int i = 0; i < limbs; i++) {
            int j = column - i;
            if (j >= 0 && j < limbs && (!square || i <= j)) {
                sum.add("%s%d * a%d".formatted(square && i != j ? "b" : "a", i, j));
                if (!square) {
                    sum.set(sum.size() - 1, "a%d * b%d".formatted(i, j));
                }
            }
        }
        sum.addAll(far(column, false));
        if (column > limbs) {
            sum.add("(h%d << %d)".formatted(column - 1, split - bits));
        } else if (column > 0) {
            sum.add(
                    square && squareCarry
                            ? "((h%1$d << %2$d) + k%1$d)".formatted(column - 1, split - bits)
                            : "k" + (column - 1));
        }
        sum.addAll(near(column, false));
        return sum;
    }

    private List<String> high(int column, boolean square) {
        List<String> products = new ArrayList<>();
        for (int i = 0; i < limbs; i++) {
            int j = column - i;
            if (j >= 0 && j < limbs && (!square || i <= j)) {
                String other = square ? (i == j ? "a" : "b") + i : "b" + j;
                products.add("Math.multiplyHigh(s%d, %s)".formatted(square ? j : i, other));
            }
        }
        List<String> sum = new ArrayList<>(far(column, true));
        sum.addAll(Order.DESCENDING.of(products));
        sum.addAll(near(column, true));
        return sum;
    }

    /** The shifts of m that reach this column from two or more columns below. */
    private List<String> far(int column, boolean high) {
        return shifts(column, high, 2, limbs);
    }

    /** Those that reach it from the column below, which are known last. */
    private List<String> near(int column, boolean high) {
        return shifts(column, high, 1, 2);
    }

    private List<String> shifts(int column, boolean high, int from, int to) {
        List<String> sum = new ArrayList<>();
        for (Term term : terms) {
            int distance = term.power / bits;
            int m = column - distance;
            if (distance >= from && distance < to && m >= 0 && m < limbs) {
                int shift = term.power % bits;
                sum.add((term.negative ? "-" : "")
                        + (high ? "(m%d >>> %d)".formatted(m, split - shift) : "(m%d << %d)".formatted(m, shift)));
            }
        }
        return sum;
    }

    /** The multiple m of p that makes the column's lowest limb zero, and the carry k that remains. */
    private void reduce(Terms out, int c, boolean square) {
        Term lowest = terms.getLast();
        if (lowest.power >= bits) {
            String carry = square && squareCarry ? rest(c) : "(h%d << %d) + (%s)".formatted(c, split - bits, rest(c));
            out.line("    long m%1$d = c%1$d & M, k%1$d = %2$s;".formatted(c, carry));
            return;
        }
        int s = lowest.power;
        out.line("    long m%1$d = c%1$d + (c%1$d << %2$d) & M, g%1$d = h%1$d + (m%1$d >>> %3$d);"
                .formatted(c, s, split - s));
        out.line("    long k%1$d = (g%1$d << %2$d) + (c%1$d + (m%1$d << %3$d) - m%1$d - (g%1$d << %4$d) >> %5$d);"
                .formatted(c, split - bits, s, split, bits));
    }

    private static void declare(Terms out, int from, int to, String pattern) {
        out.line(IntStream.range(from, to)
                .mapToObj(pattern::formatted)
                .collect(Collectors.joining(", ", "    long ", ";")));
    }
}
