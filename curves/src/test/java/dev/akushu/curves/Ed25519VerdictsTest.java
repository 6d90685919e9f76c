package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.PlainEdwards.Point;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Signatures that nobody makes by RFC 8032 section 5.1.6, and on which verifiers differ. Its section 5.1.7 lets a verifier check [8][S]B = [8]R + [8][k]A, or [S]B = R + [k]A,
 * which is stricter. Ours checks the second, as SunEC does; BouncyCastle checks the first, and refuses keys of small order. For keys and signatures that are made by the RFC the
 * three are one. All take k modulo the order of the base point, as section 5.1.6 does: it makes a difference only under keys with a part of small order.
 */
class Ed25519VerdictsTest {
    private static final byte[] X509_PREFIX = {0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0};
    private static final int COFACTOR = 8;
    private static final BigInteger KEY = new BigInteger("7777777777777777777777777777777777");
    private static final BigInteger NONCE = new BigInteger("8888888888888888888888888888888888888");

    /** Point i is i times the one of order 8. */
    private static final List<Point> SMALL = PlainEdwards.smallOrder();

    /** A = a B + i T and R = r B + j T, where T has the order 8, and S = r + k a: what is left of the equation is (k i + j) T. */
    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void smallOrdersInKeyAndNonceAreTakenIfTheEquationHoldsWithoutCofactor(boolean isSmallKey, boolean isSmallNonce)
            throws Exception {
        BigInteger a = isSmallKey ? BigInteger.ZERO : KEY;
        BigInteger r = isSmallNonce ? BigInteger.ZERO : NONCE;
        int taken = 0;
        for (int i = 0; i < COFACTOR; i++) {
            byte[] key = PlainEdwards.BASE.times(a).plus(SMALL.get(i)).encoded();
            for (int j = 0; j < COFACTOR; j++) {
                byte[] nonce = PlainEdwards.BASE.times(r).plus(SMALL.get(j)).encoded();
                for (byte m = 0; m < 8; m++) {
                    Case one = new Case(key, nonce, new byte[] {m}, k -> r.add(k.multiply(a)));
                    int left = one.k.mod(BigInteger.valueOf(COFACTOR)).intValue() * i + j;
                    boolean holds = left % COFACTOR == 0;
                    assertThat(one.isTakenByOurs())
                            .as("i = %d, j = %d, m = %d", i, j, m)
                            .isEqualTo(holds);
                    assertThat(one.isTakenBySunEc())
                            .as("i = %d, j = %d, m = %d", i, j, m)
                            .isEqualTo(holds);
                    // 8 times what is left is nothing.
                    assertThat(one.isTakenByBouncyCastle()).isEqualTo(!isSmallKey);
                    taken += holds ? 1 : 0;
                }
            }
        }
        // With i and j both 0 at least.
        assertThat(taken).isBetween(8, 8 * COFACTOR * COFACTOR / 2);
    }

    /** RFC 8032 section 5.1.3: y from p on and a sign for x = 0 are no encodings, even where the equation holds. */
    @Test
    void encodingsOfKeyAndNonceThatAreNotTheOneAreRefusedByAll() throws Exception {
        List<byte[]> others = otherEncodings();
        assertThat(others).hasSize(6);
        byte[] key = PlainEdwards.BASE.times(KEY).encoded();
        byte[] nonce = PlainEdwards.BASE.times(NONCE).encoded();
        for (byte[] other : others) {
            for (byte m = 0; m < 16; m++) {
                assertRefusedByAll(new Case(other, nonce, new byte[] {m}, k -> NONCE));
                assertRefusedByAll(new Case(key, other, new byte[] {m}, k -> k.multiply(KEY)));
            }
        }
    }

    /** Of points of small order, the only ones whose y is below 19 or whose x is 0. */
    private static List<byte[]> otherEncodings() {
        List<byte[]> others = new ArrayList<>();
        for (Point point : SMALL) {
            for (BigInteger y : List.of(point.y(), point.y().add(PlainEdwards.P))) {
                boolean isCanonical = y.equals(point.y());
                boolean hasNoSign = point.x().signum() == 0;
                // Twice the same y for x and -x: only one of the two points is to bring its encodings.
                boolean isFirst = !point.x().testBit(0);
                if (y.bitLength() < 256 && isFirst) {
                    if (!isCanonical) {
                        others.add(PlainEdwards.little(y));
                    }
                    if (!isCanonical || hasNoSign) {
                        others.add(PlainEdwards.little(y.setBit(255)));
                    }
                }
            }
        }
        return others;
    }

    /** RFC 8032 section 5.1.7: S from the order on is out of range, though it gives the same point. */
    @Test
    void scalarsFromTheOrderOnAreRefusedByAll() throws Exception {
        byte[] key = PlainEdwards.BASE.times(KEY).encoded();
        byte[] nonce = PlainEdwards.BASE.times(NONCE).encoded();
        for (int times = 0; times < 16; times++) {
            BigInteger more = PlainEdwards.ORDER.multiply(BigInteger.valueOf(times));
            Case one = new Case(key, nonce, new byte[0], k -> NONCE.add(k.multiply(KEY)), more);
            assertThat(one.isTakenByOurs()).as("S + %d n", times).isEqualTo(times == 0);
            assertThat(one.isTakenBySunEc()).as("S + %d n", times).isEqualTo(times == 0);
            assertThat(one.isTakenByBouncyCastle()).as("S + %d n", times).isEqualTo(times == 0);
        }
    }

    /** Every bit of a key, of a signature and of its message. */
    @Test
    void oneBitThatIsAnotherIsRefusedByAll() throws Exception {
        byte[] key = PlainEdwards.BASE.times(KEY).encoded();
        byte[] nonce = PlainEdwards.BASE.times(NONCE).encoded();
        Case genuine = new Case(key, nonce, new byte[] {1, 2}, k -> NONCE.add(k.multiply(KEY)));
        assertThat(genuine.isTakenByOurs()).isTrue();
        assertThat(genuine.isTakenBySunEc()).isTrue();
        assertThat(genuine.isTakenByBouncyCastle()).isTrue();
        for (byte[] part : List.of(genuine.key, genuine.signature, genuine.message)) {
            for (int i = 0; i < 8 * part.length; i++) {
                part[i >> 3] ^= (byte) (1 << (i & 7));
                assertRefusedByAll(genuine);
                part[i >> 3] ^= (byte) (1 << (i & 7));
            }
        }
    }

    private static void assertRefusedByAll(Case one) {
        assertThat(one.isTakenByOurs()).isFalse();
        assertThat(one.isTakenBySunEc()).isFalse();
        assertThat(one.isTakenByBouncyCastle()).isFalse();
    }

    /** A key, a message, and a signature whose S depends on the challenge k. */
    private static final class Case {
        final byte[] key;
        final byte[] message;
        final byte[] signature;
        final BigInteger k;

        interface Scalar {
            BigInteger of(BigInteger k);
        }

        Case(byte[] key, byte[] nonce, byte[] message, Scalar s) throws GeneralSecurityException {
            this(key, nonce, message, s, BigInteger.ZERO);
        }

        Case(byte[] key, byte[] nonce, byte[] message, Scalar s, BigInteger more) throws GeneralSecurityException {
            this.key = key.clone();
            this.message = message;
            MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
            sha512.update(nonce);
            sha512.update(key);
            this.k = number(sha512.digest(message)).mod(PlainEdwards.ORDER);
            this.signature = Arrays.copyOf(nonce, 64);
            byte[] scalar = PlainEdwards.little(s.of(k).mod(PlainEdwards.ORDER).add(more));
            System.arraycopy(scalar, 0, signature, 32, 32);
        }

        private static BigInteger number(byte[] littleEndian) {
            byte[] big = new byte[littleEndian.length];
            for (int i = 0; i < big.length; i++) {
                big[i] = littleEndian[big.length - 1 - i];
            }
            return new BigInteger(1, big);
        }

        boolean isTakenByOurs() {
            return Ed25519.verify(key, message, signature, 0);
        }

        boolean isTakenByBouncyCastle() {
            return org.bouncycastle.math.ec.rfc8032.Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
        }

        /** SunEC answers points that are none and scalars out of range by exceptions. */
        boolean isTakenBySunEc() {
            byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + 32);
            System.arraycopy(key, 0, encoded, X509_PREFIX.length, 32);
            try {
                Signature verifier = Signature.getInstance("Ed25519", "SunEC");
                KeyFactory keys = KeyFactory.getInstance("Ed25519", "SunEC");
                verifier.initVerify(keys.generatePublic(new X509EncodedKeySpec(encoded)));
                verifier.update(message);
                return verifier.verify(signature);
            } catch (GeneralSecurityException refused) {
                return false;
            }
        }
    }
}
