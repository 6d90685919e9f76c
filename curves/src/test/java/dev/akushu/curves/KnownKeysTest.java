package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    void toAskWhetherAKeyIsPreparedIsNotToMeetIt() {
        KnownKeys known = new KnownKeys();
        byte[] point = point();
        assertThat(known.isPrepared(point)).isFalse();
        known.verifier(point);
        assertThat(known.isPrepared(point)).isFalse();
        assertThat(known.isPrepared(point)).isFalse();
        known.verifier(point);
        assertThat(known.isPrepared(point)).isTrue();
        assertThat(known.isPrepared(point())).isFalse();
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

    /** Of both curves: chance puts more than four keys of 64 into one of the 64 sets now and then, but seldom. */
    @Test
    void manyKeysInUseAreKnownAtOnce() {
        KnownKeys known = new KnownKeys();
        List<byte[]> points = Stream.generate(KnownKeysTest::point).limit(56).collect(Collectors.toList());
        for (int i = 0; i < 8; i++) {
            byte[] point = new byte[P384.POINT_LENGTH];
            P384.generate(new SecureRandom(), new byte[48], point, 0);
            points.add(point);
        }
        for (int i = 0; i < 2; i++) {
            points.forEach(known::verifier);
        }
        assertThat(points.stream()
                        .filter(point -> known.verifier(point).orElseThrow().hasTable())
                        .count())
                .isGreaterThan(points.size() / 2);
    }

    /** Of 100 keys some share a set: each must verify what it signed itself, and nothing else. */
    @Test
    void noKeyIsTakenForAnother() {
        KnownKeys known = new KnownKeys();
        SecureRandom random = new SecureRandom();
        byte[] digest = new byte[32];
        List<byte[]> points = new ArrayList<>();
        List<byte[]> signatures = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            byte[] secret = new byte[32];
            byte[] point = new byte[P256.POINT_LENGTH];
            P256.generate(random, secret, point, 0);
            byte[] signature = new byte[64];
            P256.sign(secret, "SHA256", digest, random, signature, 0);
            points.add(point);
            signatures.add(signature);
            known.verifier(point);
        }
        for (int i = 0; i < 100; i++) {
            EcdsaVerifier verifier = known.verifier(points.get(i)).orElseThrow();
            assertThat(verifier.verify(digest, signatures.get(i), 0)).isTrue();
            assertThat(verifier.verify(digest, signatures.get((i + 1) % 100), 0))
                    .isFalse();
        }
    }

    /** Q and -Q have the same x; in one of 64 tables they lie beside each other, and there are 1,000. */
    @Test
    void noKeyIsTakenForItsNegative() {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[32];
        byte[] point = new byte[P256.POINT_LENGTH];
        P256.generate(random, secret, point, 0);
        byte[] digest = new byte[32];
        // Of a hash of 0, the signature holds under both.
        digest[0] = 1;
        byte[] signature = new byte[64];
        P256.sign(secret, "SHA256", digest, random, signature, 0);
        byte[] negative = point.clone();
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 33, 65));
        System.arraycopy(BigEndianOctets.of(CurveP256.P.subtract(y), 32), 0, negative, 33, 32);
        for (int i = 0; i < 1000; i++) {
            KnownKeys known = new KnownKeys();
            known.verifier(point);
            assertThat(known.verifier(negative).orElseThrow().verify(digest, signature, 0))
                    .isFalse();
        }
    }

    @Test
    void keyInUseFindsAPlaceAlthoughAllAreTaken() {
        KnownKeys known = new KnownKeys();
        for (int i = 0; i < 3 * KnownKeys.KEYS; i++) {
            byte[] point = point();
            known.verifier(point);
            assertThat(known.verifier(point).orElseThrow().hasTable()).isTrue();
        }
    }
}
