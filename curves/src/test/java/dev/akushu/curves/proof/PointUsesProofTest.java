package dev.akushu.curves.proof;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points are checked, compared and written within the bounds of what is called for that: {@link PointUsesLaws}. */
class PointUsesProofTest {
    private static PointUsesLaws laws(String curve) {
        return new PointUsesLaws(curve, PointUsesLaws.sources(curve));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void aPointThatIsReadIsHeldToTheEquation(String curve) {
        laws(curve).membership();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void aPointBecomesAffine(String curve) {
        laws(curve).normalizing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void bothAffineCoordinatesAreWritten(String curve) {
        laws(curve).encoding();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void theAffineXIsXByTheSquareOfZ(String curve) {
        laws(curve).affineX();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void anyPointMayBeAskedWhetherItIsInfinity(String curve) {
        laws(curve).infinity();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void theVerifierComparesXWithBothNumbersThatItMayBe(String curve) {
        laws(curve).comparing();
    }
}
