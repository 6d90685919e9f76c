package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.generator.Generated;
import dev.akushu.curves.proof.Mutants.Mutant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proofs see every change of a point formula, in the very text that is compiled: {@link FormulaMutants}. */
class FormulaMutantsTest {
    private static final Sources CURVE_25519 = Curve25519Laws.sources();
    private static final Sources COMPLETE = CompleteLaws.sources("P256");
    private static final Sources COMPLETE_384 = CompleteLaws.sources("P384");

    /** The mutants of a method that every one of the {@code proofs}, the quickest first, has nothing against. */
    @SafeVarargs
    private static List<String> survivors(String type, String method, Consumer<String>... proofs) {
        String text = Sources.text(type);
        List<Mutant> mutants = FormulaMutants.of(text, method);
        return Mutants.survivors(text, mutants, 1, changed -> {
            for (Consumer<String> proof : proofs) {
                proof.accept(changed);
            }
            return true;
        });
    }

    private static Consumer<String> on25519(String type, Consumer<Curve25519Laws> proof) {
        return changed -> proof.accept(new Curve25519Laws(CURVE_25519.with(type, changed)));
    }

    private static Consumer<String> uses25519(String type, Consumer<Curve25519UsesLaws> proof) {
        return changed -> proof.accept(new Curve25519UsesLaws(CURVE_25519.with(type, changed)));
    }

    @Test
    void ofTheLadder() {
        // (c - d)^2 is (d - c)^2.
        assertThat(survivors("X25519", "void step", on25519("X25519", Curve25519Laws::ladderStep)))
                .containsExactly("d, c in Field25519.sub(z3, c, d);");
        assertThat(survivors("X25519", "void swap(long mask", on25519("X25519", Curve25519Laws::ladderSwap)))
                .isEmpty();
        assertThat(survivors("X25519", "void start", on25519("X25519", Curve25519Laws::ladderStart)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void add(Field25519 yPlusX, Field25519 yMinusX, Field25519 dxy2",
                "void finish",
                "void project",
                "void extend"
            })
    void ofAdditionOnEdwards25519(String method) {
        assertThat(survivors("Edwards25519", method, on25519("Edwards25519", Curve25519Laws::addition)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"void add(Cached that", "void set(Edwards25519 p", "void setNegative"})
    void ofAdditionOfCachedPoints(String method) {
        assertThat(survivors("Edwards25519", method, on25519("Edwards25519", Curve25519Laws::cachedAddition)))
                .isEmpty();
    }

    @Test
    void ofDoublingOnEdwards25519() {
        assertThat(survivors("Edwards25519", "void dbl", on25519("Edwards25519", Curve25519Laws::doubling)))
                .isEmpty();
        assertThat(survivors("Edwards25519", "void negate", on25519("Edwards25519", Curve25519Laws::negation)))
                .isEmpty();
    }

    @Test
    void ofReadingAndWritingPointsOf25519() {
        assertThat(survivors(
                        "Edwards25519", "boolean recoverX", uses25519("Edwards25519", Curve25519UsesLaws::recovery)))
                .isEmpty();
        assertThat(survivors(
                        "Edwards25519",
                        "void encode",
                        uses25519("Edwards25519", Curve25519UsesLaws::encoding),
                        uses25519("Edwards25519", Curve25519UsesLaws::encodingOfTheSign)))
                .isEmpty();
        assertThat(survivors("X25519", "void publicKey", uses25519("X25519", Curve25519UsesLaws::publicKey)))
                .isEmpty();
        assertThat(survivors("X25519", "long writeQuotient", uses25519("X25519", Curve25519UsesLaws::sharedSecret)))
                .isEmpty();
    }

    private static Consumer<String> jacobian(Consumer<WeierstrassLaws> proof, boolean isBounded) {
        return changed -> proof.accept(new WeierstrassLaws("P256", COMPLETE.with("PointP256", changed), isBounded));
    }

    private static Consumer<String> jacobianOfP384(Consumer<WeierstrassLaws> proof) {
        return changed -> proof.accept(
                new WeierstrassLaws("P384", COMPLETE_384.with("PointP384", Generated.renamed(changed)), true));
    }

    @Test
    void ofDoubling() {
        assertThat(survivors(
                        "PointP256",
                        "static void dbl",
                        jacobian(WeierstrassLaws::doubling, false),
                        jacobian(WeierstrassLaws::doubling, true),
                        jacobianOfP384(WeierstrassLaws::doubling)))
                .isEmpty();
    }

    /** P-384's multiplication takes a greater first factor than second one. Of the other products, the order is no matter. */
    @Test
    void ofTheOrderOfFactors() {
        String text = Sources.text("PointP256");
        List<Mutant> mutants = FormulaMutants.ofFactors(text, "static void dbl");
        assertThat(Mutants.survivors(text, mutants, 1, changed -> {
                    jacobianOfP384(WeierstrassLaws::doubling).accept(changed);
                    return true;
                }))
                .containsExactly("p.x, gamma in FieldP256.mul(beta, gamma, p.x);");
    }

    @Test
    void ofAddition() {
        assertThat(survivors(
                        "PointP256",
                        "static void add",
                        jacobian(WeierstrassLaws::addition, false),
                        jacobian(WeierstrassLaws::addition, true),
                        jacobianOfP384(WeierstrassLaws::addition)))
                .isEmpty();
    }

    /** Of a class's methods from one mark to the other. */
    @SafeVarargs
    private static List<String> survivorsOfLimbs(String type, String begin, String end, Consumer<String>... proofs) {
        String text = Sources.text(type);
        int from = text.indexOf(begin);
        List<Mutant> mutants = Mutants.of(text, from, text.indexOf(end, from));
        return Mutants.survivors(text, mutants, 1, changed -> {
            for (Consumer<String> proof : proofs) {
                proof.accept(changed);
            }
            return true;
        });
    }

    private static Consumer<String> field(String curve, Consumer<WeierstrassLaws> proof) {
        Sources sources = WeierstrassLaws.sources(curve);
        return changed -> proof.accept(new WeierstrassLaws(curve, sources.with("Field" + curve, changed), false));
    }

    /** Those that the point formulas use: add, sub, triple, quadrupleMinus, minusEightfold and minusAndMinusTwice. */
    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void ofSumsLimbByLimb(String curve) {
        String type = "Field" + curve;
        String begin = "    static void add(";
        String between = "    /** r = a - b - 2 c";
        assertThat(survivorsOfLimbs(type, begin, between, field(curve, WeierstrassLaws::doubling)))
                .isEmpty();
        assertThat(survivorsOfLimbs(type, between, "    void weak(", field(curve, WeierstrassLaws::addition)))
                .isEmpty();
    }

    @Test
    void ofSumsLimbByLimbOn25519() {
        assertThat(survivorsOfLimbs(
                        "Field25519",
                        "    static void add(",
                        "    /** Swaps",
                        on25519("Field25519", Curve25519Laws::ladderStep)))
                .isEmpty();
    }

    private static Consumer<String> complete(Consumer<CompleteLaws> proof, boolean isBounded) {
        return changed -> proof.accept(new CompleteLaws("P256", COMPLETE.with("CompleteP256", changed), isBounded));
    }

    @Test
    void ofCompleteAddition() {
        assertThat(survivors(
                        "CompleteP256",
                        "static void add",
                        complete(CompleteLaws::infinityAndAPoint, false),
                        complete(CompleteLaws::infinityTwice, false),
                        complete(CompleteLaws::equalPoints, false),
                        complete(CompleteLaws::oppositePoints, false),
                        complete(CompleteLaws::differentPoints, false),
                        complete(CompleteLaws::differentPoints, true)))
                .isEmpty();
        // The result is never the operand, in which Z would be Z.
        assertThat(survivors("CompleteP256", "void toJacobian", complete(CompleteLaws::jacobian, true)))
                .singleElement()
                .asString()
                .startsWith("FieldP256.mul(r.x, p.x, p.z);\n        r.z.set(p.z); in ");
    }

    private static final Sources USES = PointUsesLaws.sources("P256");

    private static Consumer<String> uses(String type, Consumer<PointUsesLaws> proof) {
        return changed -> proof.accept(new PointUsesLaws("P256", USES.with(type, changed)));
    }

    /** The words of the element, which is canonical, are inverted. */
    @Test
    void ofInversion() {
        for (String curve : List.of("P256", "P384")) {
            Sources sources = PointUsesLaws.sources(curve);
            String type = "Field" + curve;
            assertThat(survivors(
                            type,
                            "static void invert",
                            changed -> new PointUsesLaws(curve, sources.with(type, changed)).normalizing()))
                    .isEmpty();
        }
        assertThat(survivors(
                        "Field25519",
                        "static void invert",
                        uses25519("Field25519", Curve25519UsesLaws::sharedSecret),
                        uses25519("Field25519", Curve25519UsesLaws::encoding)))
                .isEmpty();
    }

    @Test
    void ofReadingAndWritingPoints() {
        assertThat(survivors("PointP256", "boolean isOnCurve", uses("PointP256", PointUsesLaws::membership)))
                .isEmpty();
        assertThat(survivors("PointP256", "void normalize", uses("PointP256", PointUsesLaws::normalizing)))
                .isEmpty();
        assertThat(survivors("PointP256", "void affineX", uses("PointP256", PointUsesLaws::affineX)))
                .isEmpty();
        assertThat(survivors("P256Verifier", "boolean isCoordinate", uses("P256Verifier", PointUsesLaws::comparing)))
                .isEmpty();
        assertThat(survivors("P256Verifier", "boolean hasCoordinate", uses("P256Verifier", PointUsesLaws::comparing)))
                .isEmpty();
    }
}
