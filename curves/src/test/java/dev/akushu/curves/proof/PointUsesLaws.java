package dev.akushu.curves.proof;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import java.util.List;

/**
 * What is done with points of P-256 and P-384 beside adding them, as the given sources have it: no operand of a
 * multiplication and no value that is made canonical leaves the bounds that it may have, for points within the bounds
 * that the Javadoc of their class states, and the numbers are those that they should be. Every method fails if what it
 * is named after does not hold.
 */
final class PointUsesLaws {
    private final String curve;
    private final String type;
    private final FieldModel field;
    private final FormulaMachine formulas;
    private final Conversions conversions;
    private final Thing point;
    private final Polynomial x;
    private final Polynomial y;
    private final Polynomial z;

    PointUsesLaws(String name, Sources sources) {
        curve = name;
        type = "Point" + curve;
        field = WeierstrassLaws.field(curve);
        formulas = new FormulaMachine(field, sources, WeierstrassLaws.products(field));
        conversions = new Conversions(formulas);
        point = formulas.machine.create(type);
        PointBounds bounds = PointBounds.statedBy(type, field);
        x = define("x", bounds.x());
        y = define("y", bounds.x());
        z = define("z", bounds.z());
    }

    static Sources sources(String curve) {
        return Sources.of("Field" + curve, "Point" + curve, "Curve" + curve, curve + "Verifier");
    }

    private Polynomial define(String name, Box box) {
        Polynomial unknown = formulas.unknown(name);
        formulas.define(coordinate(name), unknown, box);
        return unknown;
    }

    private Thing coordinate(String name) {
        return (Thing) point.fields().get(name);
    }

    /** As it is read: from words. */
    private Thing read(Polynomial number) {
        Thing element = formulas.machine.create(field.type());
        Word[] words = conversions.words(number);
        formulas.machine.call(field.type(), "setWords", element, List.of((Object) words));
        return element;
    }

    private void checkEqual(Polynomial a, Polynomial b, String what) {
        if (!a.minus(b).mod(field.prime()).equals(Polynomial.ZERO)) {
            throw new ProofFailure(what);
        }
    }

    private void checkEqual(Object a, Object b, String what) {
        if (!a.equals(b)) {
            throw new ProofFailure(what + ": " + a + " and not " + b);
        }
    }

    /** x^3 - 3 x + b - y^2, or its opposite, is compared with 0, and that is the answer. */
    void membership() {
        for (boolean isZero : new boolean[] {false, true}) {
            Polynomial readX = formulas.unknown("x");
            Polynomial readY = formulas.unknown("y");
            Polynomial b = formulas.unknown("b");
            formulas.machine.define(type + ".B", read(b));
            conversions.assume(isZero);
            Object answer = formulas.machine.call(type, "isOnCurve", null, List.of(read(readX), read(readY)));
            Polynomial cube = readX.square().times(readX);
            checkEqual(
                    conversions.compared().getLast(),
                    readY.square().minus(cube).plus(readX.times(3)).minus(b),
                    "the equation");
            checkEqual(answer, isZero, "the answer");
        }
    }

    /** x / z^2 and y / z^3 with z = 1. */
    void normalizing() {
        formulas.machine.call(type, "normalize", point, List.of());
        PointBounds.statedBy(type, field).check(field, point);
        Polynomial inverse = conversions.inverseOf(z);
        checkEqual(formulas.element(coordinate("x")), x.times(inverse.square()), "x");
        checkEqual(formulas.element(coordinate("y")), y.times(inverse.square()).times(inverse), "y");
        checkEqual(formulas.element(coordinate("z")), Polynomial.of(1), "z");
    }

    /** Both affine coordinates are written, x before y. */
    void encoding() {
        Word[] octets = new Word[200];
        formulas.machine.call(type, "encode", point, List.of(octets, Word.of(0)));
        Polynomial inverse = conversions.inverseOf(z);
        checkEqual(conversions.written().size(), 2, "numbers written");
        checkEqual(conversions.written().getFirst(), x.times(inverse.square()), "x");
        checkEqual(conversions.written().getLast(), y.times(inverse.square()).times(inverse), "y");
        checkEqual(octets[0].constant(), 4L, "the first octet");
    }

    void affineX() {
        Word[] words = conversions.words(Polynomial.ZERO);
        formulas.machine.call(type, "affineX", point, List.of((Object) words));
        formulas.machine.call("Words", "writeBig", null, List.of(words, words, Word.of(0)));
        checkEqual(
                conversions.written().getLast(),
                x.times(conversions.inverseOf(z).square()),
                "x");
    }

    /** Whether Z is 0 is asked after each multiplication. */
    void infinity() {
        conversions.assume(false);
        formulas.machine.call(field.type(), "isZero", coordinate("z"), List.of());
        checkEqual(conversions.compared().getLast(), z, "z");
        PointBounds.statedBy(type, field).check(field, point);
    }

    /** The verifier compares number z^2 - x with 0, first with r for the number, then with r + n. */
    void comparing() {
        Polynomial r = formulas.unknown("r");
        Polynomial more = formulas.unknown("r + n");
        Word[] wordsOfR = conversions.words(r);
        formulas.machine.replaceMethod(curve + "Verifier.addOrder", (self, arguments) -> {
            checkEqual(arguments.get(1) == wordsOfR, true, "n is added to r");
            Word[] sum = (Word[]) arguments.getFirst();
            Word[] words = conversions.words(more);
            System.arraycopy(words, 0, sum, 0, sum.length);
            return true;
        });
        for (Boolean[] isZero : new Boolean[][] {{true}, {false, true}, {false, false}}) {
            conversions.assume(isZero);
            conversions.compared().clear();
            Object answer = formulas.machine.call(curve + "Verifier", "hasCoordinate", null, List.of(point, wordsOfR));
            checkEqual(answer, isZero[isZero.length - 1], "the answer");
            checkEqual(conversions.compared().size(), isZero.length, "comparisons");
            checkEqual(conversions.compared().getFirst(), r.times(z.square()).minus(x), "with r");
            if (isZero.length > 1) {
                checkEqual(
                        conversions.compared().getLast(), more.times(z.square()).minus(x), "with r + n");
            }
        }
    }
}
