package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class KnownKeysTest {
    private static byte[] point() {
        byte[] point = new byte[P256.POINT_LENGTH];
        P256.generate(new SecureRandom(), new byte[32], point, 0);
        return point;
    }

    @Test
    void aKeyHasATableFromItsSecondUseOn() {
        KnownKeys known = new KnownKeys();
        byte[] point = point();
        assertThat(known.verifier(point).orElseThrow().hasTable()).isFalse();
        assertThat(known.verifier(point.clone()).orElseThrow().hasTable()).isTrue();
        assertThat(known.verifier(point)).containsSame(known.verifier(point).orElseThrow());
    }

    @Test
    void aKeyInUseOutlivesManyThatAreMetOnce() {
        KnownKeys known = new KnownKeys();
        byte[] authority = point();
        known.verifier(authority);
        EcdsaVerifier prepared = known.verifier(authority).orElseThrow();
        for (int i = 0; i < 3 * KnownKeys.KEYS; i++) {
            known.verifier(point());
        }
        assertThat(known.verifier(authority)).containsSame(prepared);
    }

    @Test
    void aChangedArrayDoesNotChangeWhatIsKnown() {
        KnownKeys known = new KnownKeys();
        byte[] point = point();
        byte[] same = point.clone();
        known.verifier(point);
        point[7] ^= 1;
        assertThat(known.verifier(same).orElseThrow().hasTable()).isTrue();
    }

    @Test
    void whatIsNoKeyIsNotRemembered() {
        KnownKeys known = new KnownKeys();
        byte[] point = point();
        point[64] ^= 1;
        assertThat(known.verifier(point)).isEmpty();
        assertThat(known.verifier(point)).isEmpty();
        assertThat(known.verifier(new byte[0])).isEmpty();
    }
}
