package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** The formulas of X25519 and edwards25519 follow the laws of the curves, within bounds: {@link Curve25519Laws}. */
class Curve25519ProofTest {
    private static final BigInteger P = FieldModel.F25519.prime();

    private final Curve25519Laws laws = new Curve25519Laws(Curve25519Laws.sources());

    @Test
    void aLadderStepDoublesAndAdds() {
        laws.ladderStep();
    }

    @Test
    void theLadderStartsAtInfinityAndTheBase() {
        laws.ladderStart();
    }

    @Test
    void theLadderSwapsBothPointsOrNone() {
        laws.ladderSwap();
    }

    @Test
    void addingOnEdwards25519FollowsTheLaw() {
        laws.addition();
    }

    @Test
    void addingACachedPointFollowsTheLaw() {
        laws.cachedAddition();
    }

    @Test
    void doublingOnEdwards25519FollowsTheLaw() {
        laws.doubling();
    }

    @Test
    void theOppositePointHasTheOppositeX() {
        laws.negation();
    }

    /** All zeros fulfil every equation between coordinates. */
    @Test
    void aFormulaThatGivesZerosIsNotProved() {
        String edwards =
                Sources.text("Edwards25519").replaceAll("Field25519\\.mul\\(([xyzt]), [efg], [fgh]\\);", "$1.wipe();");
        Curve25519Laws zeros = new Curve25519Laws(Curve25519Laws.sources().with("Edwards25519", edwards));
        assertThatThrownBy(zeros::doubling).isInstanceOf(ProofFailure.class).hasMessage("Z");
        assertThatThrownBy(zeros::addition).isInstanceOf(ProofFailure.class).hasMessage("Z");
        assertThatThrownBy(zeros::cachedAddition)
                .isInstanceOf(ProofFailure.class)
                .hasMessage("Z");

        String x25519 = Sources.text("X25519")
                .replaceAll("Field25519\\.(mul|sqr)\\(([xz][23]), (aa, bb|a, b|[xz]3, base|[xz]3)\\);", "$2.wipe();");
        Curve25519Laws ladder = new Curve25519Laws(Curve25519Laws.sources().with("X25519", x25519));
        assertThatThrownBy(ladder::ladderStep).isInstanceOf(ProofFailure.class).hasMessage("X of the double");
    }

    /**
     * d x1 x2 y1 y2 is neither 1 nor -1 for points on the curve if d is no square: Bernstein and Lange, "Faster
     * addition and doubling on elliptic curves", theorem 3.3, for x times a root of -1.
     */
    @Test
    void noDenominatorOfTheLawIsZeroBecauseMinusOneIsASquareAndDIsNot() {
        BigInteger d = BigInteger.valueOf(-121665)
                .multiply(BigInteger.valueOf(121666).modInverse(P))
                .mod(P);
        BigInteger root = BigInteger.TWO.modPow(P.shiftRight(2), P);
        BigInteger minusOne = P.subtract(BigInteger.ONE);
        assertThat(d.modPow(P.shiftRight(1), P)).isEqualTo(minusOne);
        assertThat(root.modPow(BigInteger.TWO, P)).isEqualTo(minusOne);
        assertThat(Sources.text("Edwards25519"))
                .contains(" D = field(\"%064x\");".formatted(d))
                .contains(
                        " TWICE_D = field(\"%064x\");".formatted(d.shiftLeft(1).mod(P)))
                .containsPattern(" ROOT_OF_MINUS_ONE =\\s+field\\(\"%064x\"\\);".formatted(root));
    }
}
