package dev.akushu.curves.proof;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The complete formulas give the sum of any two points, within the bounds of an operand: {@link CompleteLaws}. */
class CompleteProofTest {
    private static CompleteLaws laws(String curve) {
        return new CompleteLaws(curve, CompleteLaws.sources(curve));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void twoDifferentPointsHaveTheirSum(String curve) {
        laws(curve).differentPoints();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void twoEqualPointsHaveTheDouble(String curve) {
        laws(curve).equalPoints();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void twoOppositePointsHaveInfinity(String curve) {
        laws(curve).oppositePoints();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void infinityChangesNoPoint(String curve) {
        laws(curve).infinityAndAPoint();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void infinityTwiceIsInfinity(String curve) {
        laws(curve).infinityTwice();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void theLoopStartsAtInfinityWithinTheBounds(String curve) {
        laws(curve).operandsOfTheLoop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void theJacobianPointIsTheSame(String curve) {
        laws(curve).jacobian();
    }
}
