package dev.akushu.curves.proof;

import static dev.akushu.curves.proof.Field25519ProofTest.TIGHT;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What X25519 and Ed25519 do with points beside adding them, as the given sources have it: all that is multiplied or
 * made canonical is loose, and the numbers are those that they should be. Every method fails if what it is named after
 * does not hold.
 */
final class Curve25519UsesLaws {
    private static final FieldModel FIELD = FieldModel.F25519;
    private static final BigInteger P = FIELD.prime();
    private static final Polynomial ONE = Polynomial.of(1);

    private final FormulaMachine formulas;
    private final Conversions conversions;
    private final Thing point;
    private final Map<String, Polynomial> coordinates = new HashMap<>();

    Curve25519UsesLaws(Sources sources) {
        formulas = new FormulaMachine(FIELD, sources, Curve25519Laws.PRODUCTS);
        conversions = new Conversions(formulas);
        formulas.machine.replaceMethod("Edwards25519.wipeTemporaries", (self, arguments) -> null);
        point = formulas.machine.create("Edwards25519");
        for (String name : List.of("x", "y", "z", "t")) {
            coordinates.put(name, formulas.unknown(name));
            Box box = name.equals("x") || name.equals("t") ? Curve25519Laws.SIGNED : TIGHT;
            formulas.define((Thing) point.fields().get(name), coordinate(name), box);
        }
    }

    private Polynomial coordinate(String name) {
        return coordinates.get(name);
    }

    private Polynomial element(String name) {
        return formulas.element((Thing) point.fields().get(name));
    }

    private static void checkEqual(Polynomial a, Polynomial b, String what) {
        if (!a.minus(b).mod(P).equals(Polynomial.ZERO)) {
            throw new ProofFailure(what);
        }
    }

    private static void checkEqual(Object a, Object b, String what) {
        if (!a.equals(b)) {
            throw new ProofFailure(what + ": " + a + " and not " + b);
        }
    }

    private static Word[] octets(int count) {
        Word[] octets = new Word[count];
        Arrays.fill(octets, Word.of(0));
        return octets;
    }

    /** X25519's public key is (z + y) / (z - y) of whatever multiple of the base point there is. */
    void publicKey() {
        Word[] out = octets(37);
        List<Boolean> multiplied = new ArrayList<>();
        formulas.machine.define("Edwards25519.POINTS", new Thing("Pool", new HashMap<>()));
        formulas.machine.replaceMethod("Pool.take", (self, arguments) -> point);
        formulas.machine.replaceMethod("Pool.giveBack", (self, arguments) -> null);
        formulas.machine.replaceMethod("Edwards25519.multiplyBase", (self, arguments) -> {
            // RFC 7748 section 5 makes this of a secret of zeros.
            Word[] clamped = octets(32);
            clamped[31] = Word.of(64);
            checkEqual(List.of((Word[]) arguments.getFirst()), List.of(clamped), "the scalar");
            multiplied.add(self == point);
            return null;
        });
        formulas.machine.replaceMethod("Edwards25519.wipe", (self, arguments) -> null);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(
                        () -> formulas.machine.call("X25519", "publicKey", null, List.of(octets(32), out, Word.of(6))));
        checkEqual(multiplied, List.of(), "multiplications for what has no room");
        formulas.machine.call("X25519", "publicKey", null, List.of(octets(32), out, Word.of(5)));
        conversions.checkTarget(out, 5);
        Polynomial y = coordinate("y");
        Polynomial z = coordinate("z");
        checkEqual(multiplied, List.of(true), "multiplications");
        checkEqual(conversions.written().size(), 1, "numbers written");
        checkEqual(
                conversions.written().getFirst(), z.plus(y).times(conversions.inverseOf(z.minus(y))), "the public key");
    }

    /** The shared secret is x2 / z2 of the ladder. */
    void sharedSecret() {
        Thing x = formulas.fresh("x2", TIGHT);
        Thing z = formulas.fresh("z2", TIGHT);
        Polynomial quotient = formulas.element(x).times(conversions.inverseOf(formulas.element(z)));
        Word[] out = octets(37);
        formulas.machine.call("X25519", "writeQuotient", null, List.of(x, z, out, Word.of(5)));
        conversions.checkTarget(out, 5);
        checkEqual(conversions.written().size(), 1, "numbers written");
        checkEqual(conversions.written().getFirst(), quotient, "the shared secret");
    }

    /** y / z is written, and the lowest bit of x / z asked for. */
    void encoding() {
        formulas.machine.call("Edwards25519", "encode", point, List.of(octets(32), Word.of(0)));
        Polynomial inverse = conversions.inverseOf(coordinate("z"));
        // The first is z, to be inverted.
        checkEqual(conversions.converted().size(), 3, "numbers converted");
        checkEqual(conversions.converted().get(1), coordinate("x").times(inverse), "x");
        checkEqual(conversions.converted().get(2), coordinate("y").times(inverse), "y");
    }

    /** RFC 8032 section 5.1.2: the words of y are written, with the lowest bit of x in the place of the highest. */
    void encodingOfTheSign() {
        Machine machine = formulas.machine;
        Map<Long, Word> written = new HashMap<>();
        Word[] out = octets(32);
        machine.replace("Field25519.invert", arguments -> {});
        machine.replace("Field25519.mul", arguments -> {
            ((Thing) arguments.get(0)).fields().put("l0", ((Thing) arguments.get(1)).word("l0"));
        });
        machine.replaceMethod("Field25519.toWords", (self, arguments) -> {
            Word[] words = (Word[]) arguments.getFirst();
            for (int i = 0; i < 4; i++) {
                words[i] = Word.of(self.word("l0").constant() + i);
            }
            return null;
        });
        machine.replace("Words.putLittle", arguments -> {
            checkEqual(arguments.getFirst() == out, true, "where to");
            written.put(((Word) arguments.get(1)).constant(), (Word) arguments.get(2));
        });
        for (long x = 4; x < 6; x++) {
            ((Thing) point.fields().get("x")).fields().put("l0", Word.of(x));
            ((Thing) point.fields().get("y")).fields().put("l0", Word.of(100));
            machine.call("Edwards25519", "encode", point, List.of(out, Word.of(7)));
            Map<Long, Word> expected =
                    Map.of(7L, Word.of(100), 15L, Word.of(101), 23L, Word.of(102), 31L, Word.of(103 | x << 63));
            checkEqual(written, expected, "the words written");
            written.clear();
        }
    }

    /**
     * RFC 8032 section 5.1.3: x = u v^3 (u v^7)^((p - 5) / 8) with u = y^2 - 1, v = d y^2 + 1; it is a root if v x^2 = u,
     * and x sqrt(-1) is one if v x^2 = -u.
     */
    void recovery() {
        for (Boolean[] isZero : new Boolean[][] {{true}, {false, true}, {false, false}}) {
            Polynomial d = formulas.unknown("d");
            Polynomial root = formulas.unknown("root of -1");
            Polynomial power = formulas.unknown("power");
            formulas.machine.define("Edwards25519.D", formulas.fresh(d, FIELD.canonical()));
            formulas.machine.define("Edwards25519.ROOT_OF_MINUS_ONE", formulas.fresh(root, FIELD.canonical()));
            Polynomial y = formulas.unknown("y");
            formulas.define((Thing) point.fields().get("y"), y, FIELD.canonical());
            Polynomial u = y.square().minus(ONE);
            Polynomial v = d.times(y.square()).plus(ONE);
            Polynomial cube = v.square().times(v);
            // A chain of products, of which the first takes what any product takes.
            formulas.machine.replace("Field25519.powForRoot", arguments -> {
                Thing base = (Thing) arguments.get(1);
                checkEqual(formulas.element(base), cube.square().times(v).times(u), "u v^7");
                formulas.machine.call("Field25519", "sqr", null, List.of(base, base));
                formulas.define((Thing) arguments.get(0), power, TIGHT);
            });
            conversions.assume(isZero);
            conversions.compared().clear();
            Object answer = formulas.machine.call("Edwards25519", "recoverX", point, List.of());
            Polynomial x = u.times(cube).times(power);
            checkEqual(answer, isZero[isZero.length - 1], "the answer");
            checkEqual(conversions.compared().size(), isZero.length, "comparisons");
            Polynomial vxx = v.times(x.square());
            checkEqual(conversions.compared().getFirst(), vxx.minus(u), "v x^2 - u");
            checkEqual(element("x"), isZero[0] ? x : x.times(root), "x");
            if (!isZero[0]) {
                checkEqual(conversions.compared().getLast(), vxx.plus(u), "v x^2 + u");
            }
        }
    }
}
