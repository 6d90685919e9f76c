package dev.akushu.curves.generator;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Multiplication and squaring modulo 2^255 - 19 on five limbs of radix 2^51.
 *
 * <p>Column c of the product is the sum of a_i b_j with i + j = c, and of 19 a_i b_j with i + j = c + 5, because 2^255
 * = 19. {@code r} collects the low 64 bits of these products, {@code h} their floor(x / 2^51): the high words of (a_i
 * 2^9)(b_j 2^4). Then r - 2^51 h is the sum of the products mod 2^51, and h belongs to the next column.
 */
public final class Field25519Generator {
    /** The number of limbs. */
    public static final int LIMBS = 5;

    /** Of a limb. */
    public static final int BITS = 51;

    /** The modulus. */
    public static final BigInteger PRIME = BigInteger.TWO.pow(LIMBS * BITS).subtract(BigInteger.valueOf(19));

    private static final Order ORDER = Order.DESCENDING;

    private Field25519Generator() {}

    /** The methods mul and sqr. */
    public static String generate() {
        Terms out = new Terms();
        multiplication(out);
        out.line("");
        squaring(out);
        return out.text();
    }

    private static void multiplication(Terms out) {
        out.line("/** r = a b. r may be a or b. */");
        out.line("static void mul(Field25519 r, Field25519 a, Field25519 b) {");
        declare(out, 0, 5, "a%1$d = a.l%1$d");
        declare(out, 0, 5, "b%1$d = b.l%1$d");
        declare(out, 0, 5, "s%1$d = a%1$d << 9");
        declare(out, 1, 5, "d%1$d = 19 * b%1$d");
        declare(out, 0, 5, "t%1$d = b%1$d << 4");
        declare(out, 1, 5, "u%1$d = d%1$d << 4");
        for (int column = 0; column < LIMBS; column++) {
            List<String> high = new ArrayList<>();
            List<String> low = new ArrayList<>();
            for (int i = 0; i < LIMBS; i++) {
                int j = Math.floorMod(column - i, LIMBS);
                high.add("Math.multiplyHigh(s%d, %s%d)".formatted(i, i <= column ? "t" : "u", j));
                low.add("a%d * %s%d".formatted(i, i <= column ? "b" : "d", j));
            }
            column(out, column, high, low);
        }
        carry(out);
        out.line("}");
    }

    /**
     * The products of each column: a limb of a, and what it is multiplied by: a itself, e = 2 a, d = 19 a or f = 38 a.
     */
    private static final Map<Integer, List<String>> SQUARES = Map.of(
            0, List.of("0a0", "1f4", "2f3"),
            1, List.of("1e0", "2f4", "3d3"),
            2, List.of("2e0", "1a1", "3f4"),
            3, List.of("3e0", "2e1", "4d4"),
            4, List.of("4e0", "3e1", "2a2"));

    private static void squaring(Terms out) {
        out.line("/** r = a^2. r may be a. */");
        out.line("static void sqr(Field25519 r, Field25519 a) {");
        declare(out, 0, 5, "a%1$d = a.l%1$d");
        declare(out, 0, 5, "s%1$d = a%1$d << 9");
        out.line("    long e0 = a0 << 1, e1 = a1 << 1, d3 = 19 * a3, d4 = 19 * a4, f3 = d3 << 1, f4 = d4 << 1;");
        out.line("    long te0 = e0 << 4, te1 = e1 << 4, td3 = d3 << 4, td4 = d4 << 4, tf3 = f3 << 4, tf4 = f4 << 4;");
        out.line("    long ta0 = a0 << 4, ta1 = a1 << 4, ta2 = a2 << 4;");
        for (int column = 0; column < LIMBS; column++) {
            List<String> products = SQUARES.get(column);
            column(
                    out,
                    column,
                    products.stream()
                            .map(p -> "Math.multiplyHigh(s%s, t%s)".formatted(p.substring(0, 1), p.substring(1)))
                            .toList(),
                    products.stream()
                            .map(p -> "a%s * %s".formatted(p.substring(0, 1), p.substring(1)))
                            .toList());
        }
        carry(out);
        out.line("}");
    }

    private static void column(Terms out, int column, List<String> high, List<String> low) {
        out.sum("long h" + column, ORDER.of(high));
        out.sum("long r" + column, ORDER.of(low));
    }

    /**
     * The high words move up a column, 2^255 = 19 wraps the last one round; then one carry from every limb, all at
     * once.
     */
    private static void carry(Terms out) {
        for (int i = 0; i < LIMBS; i++) {
            String carry = i == 0 ? "19 * h4" : "h" + (i - 1);
            out.line("    long x%1$d = r%1$d - (h%1$d << %3$d) + %2$s;".formatted(i, carry, BITS));
        }
        for (int i = 0; i < LIMBS; i++) {
            String carry = "(x%d >> %d)".formatted(i == 0 ? LIMBS - 1 : i - 1, BITS);
            out.line("    r.l%1$d = (x%1$d & M) + %2$s;".formatted(i, i == 0 ? "19 * " + carry : carry));
        }
    }

    private static void declare(Terms out, int from, int to, String pattern) {
        out.line(IntStream.range(from, to)
                .mapToObj(pattern::formatted)
                .collect(Collectors.joining(", ", "    long ", ";")));
    }
}
