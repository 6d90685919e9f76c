package dev.akushu.curves.proof;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Intervals of the limbs of a point's coordinates.
 *
 * @param x those of x and of y
 */
record PointBounds(Box x, Box z) {
    private static final String TO = "(-?[0-9.]+) to (-?[0-9.]+)";

    /** What the Javadoc of {@code type} says. */
    static PointBounds statedBy(String type, FieldModel field) {
        String javadoc = Sources.text(type).split("final class", 2)[0];
        return new PointBounds(stated(javadoc, "x and y", field), stated(javadoc, "z", field));
    }

    private static Box stated(String javadoc, String coordinate, FieldModel field) {
        Matcher matcher = Pattern.compile("<li>" + coordinate + ": " + TO + ", the highest " + TO + "\\.\\s")
                .matcher(javadoc);
        if (!matcher.find()) {
            throw new IllegalStateException("no bounds of " + coordinate);
        }
        return field.box(
                new Interval(scaled(matcher.group(1), field.bits()), scaled(matcher.group(2), field.bits())),
                new Interval(scaled(matcher.group(3), field.topBits()), scaled(matcher.group(4), field.topBits())));
    }

    private static BigInteger scaled(String number, int bits) {
        return new BigDecimal(number)
                .multiply(new BigDecimal(BigInteger.TWO.pow(bits)))
                .toBigIntegerExact();
    }

    /** Fails if a coordinate's limbs may leave these intervals. */
    void check(FieldModel field, Thing point) {
        check(x, field, point, "x");
        check(x, field, point, "y");
        check(z, field, point, "z");
    }

    private static void check(Box bounds, FieldModel field, Thing point, String coordinate) {
        Box found = field.ranges((Thing) point.fields().get(coordinate));
        if (!found.isWithin(bounds)) {
            throw new ProofFailure(coordinate + " may leave its bounds: " + found);
        }
    }
}
