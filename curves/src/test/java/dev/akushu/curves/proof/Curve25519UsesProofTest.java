package dev.akushu.curves.proof;

import org.junit.jupiter.api.Test;

/** X25519 and Ed25519 read and write points within the bounds of what is called for that: {@link Curve25519UsesLaws}. */
class Curve25519UsesProofTest {
    private final Curve25519UsesLaws laws = new Curve25519UsesLaws(Curve25519Laws.sources());

    @Test
    void theUCoordinateOfAPointOfEdwards25519IsThePublicKey() {
        laws.publicKey();
    }

    @Test
    void theQuotientOfTheLadderIsTheSharedSecret() {
        laws.sharedSecret();
    }

    @Test
    void bothAffineCoordinatesAreEncoded() {
        laws.encoding();
    }

    @Test
    void theLowestBitOfXIsTheHighestThatIsWritten() {
        laws.encodingOfTheSign();
    }

    @Test
    void theRootOfRfc8032IsTakenAndTested() {
        laws.recovery();
    }
}
