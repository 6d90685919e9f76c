package dev.akushu.curves.proof;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Jacobian formulas of P-256 and P-384 follow the law and keep the bounds that are stated, whatever chain they are
 * called in: {@link WeierstrassLaws}.
 */
class WeierstrassProofTest {
    private static WeierstrassLaws laws(String curve) {
        return new WeierstrassLaws(curve, WeierstrassLaws.sources(curve));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void doublingFollowsTheLawAndKeepsTheBounds(String curve) {
        laws(curve).doubling();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void additionFollowsTheLawAndKeepsTheBounds(String curve) {
        laws(curve).addition();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P256", "P384"})
    void everyPointThatIsReadIsWithinTheBounds(String curve) {
        laws(curve).otherPoints();
    }
}
