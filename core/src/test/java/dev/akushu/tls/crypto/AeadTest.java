package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.akushu.tls.CipherSuite;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AeadTest {
    private static final Crypto CRYPTO = Crypto.jdk();
    private static final byte[] AAD = {23, 3, 3, 0, 42};

    private enum Suite {
        AES_128_GCM(CipherSuite.TLS_AES_128_GCM_SHA256),
        AES_256_GCM(CipherSuite.TLS_AES_256_GCM_SHA384),
        CHACHA20_POLY1305(CipherSuite.TLS_CHACHA20_POLY1305_SHA256);

        private final CipherSuite code;

        Suite(CipherSuite code) {
            this.code = code;
        }

        SuiteCrypto parts() {
            return CRYPTO.suite(code);
        }

        AeadAlgorithm aead() {
            return parts().aead();
        }
    }

    static List<AeadAlgorithm> algorithms() {
        return CRYPTO.suites().stream().map(SuiteCrypto::aead).toList();
    }

    @Provide
    Arbitrary<AeadAlgorithm> anyAlgorithm() {
        return Arbitraries.of(algorithms());
    }

    /** RFC 9846 section 5.5. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "AES.*")
    void oneAesGcmKeyProtectsAtMostTwoToThe24AndAHalfRecords(Suite suite) {
        BigInteger limit = BigInteger.valueOf(suite.aead().recordLimit());
        BigInteger square = BigInteger.TWO.pow(49);

        assertThat(limit.pow(2)).isLessThanOrEqualTo(square);
        assertThat(limit.add(BigInteger.ONE).pow(2)).isGreaterThan(square);
    }

    /** RFC 9846 section 5.5. */
    @Test
    void oneChaCha20Poly1305KeyOutlastsTheSequenceNumbers() {
        assertThat(Suite.CHACHA20_POLY1305.aead().recordLimit()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void keyOfAnotherLengthIsRefused(AeadAlgorithm algorithm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> algorithm.withKey(new byte[algorithm.keyLength() - 1]))
                .withMessageContaining(algorithm.name());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void keyIsCopiedSoThatTheCallerCanWipeIt(AeadAlgorithm algorithm) {
        byte[] key = octets(algorithm.keyLength(), 1);
        Aead sealing = algorithm.withKey(key);
        Aead opening = algorithm.withKey(key);
        Arrays.fill(key, (byte) 0);

        byte[] sealed = seal(sealing, 0, octets(100, 2));

        assertThat(open(opening, 0, sealed)).isEqualTo(octets(100, 2));
        assertThat(open(algorithm.withKey(key), 0, sealed))
                .as("under the wiped key")
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void onlyTheGivenPartOfEachArrayIsReadAndWritten(AeadAlgorithm algorithm) {
        byte[] key = octets(algorithm.keyLength(), 3);
        byte[] in = octets(60, 4);
        byte[] sealed = new byte[100];
        byte[] longAad = Arrays.copyOf(AAD, 64);

        int sealedLength = algorithm.withKey(key).seal(nonce(7), longAad, AAD.length, in, 10, 40, sealed, 20);
        byte[] opened = new byte[90];
        int openedLength = algorithm.withKey(key).open(nonce(7), AAD, AAD.length, sealed, 20, sealedLength, opened, 30);

        assertThat(sealedLength).isEqualTo(40 + AeadAlgorithm.TAG_LENGTH);
        assertThat(openedLength).isEqualTo(40);
        assertThat(Arrays.copyOfRange(opened, 30, 70)).isEqualTo(Arrays.copyOfRange(in, 10, 50));
        assertThat(outside(opened, 30, 70)).containsOnly(0);
        assertThat(outside(sealed, 20, 76)).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void inputShorterThanATagDoesNotOpen(AeadAlgorithm algorithm) {
        Aead aead = algorithm.withKey(octets(algorithm.keyLength(), 5));

        for (int length = 0; length < AeadAlgorithm.TAG_LENGTH; length++) {
            assertThat(aead.open(nonce(0), AAD, AAD.length, new byte[16], 0, length, new byte[16], 0))
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void recordThatDoesNotOpenLeavesTheAeadUsable(AeadAlgorithm algorithm) {
        byte[] key = octets(algorithm.keyLength(), 6);
        byte[] sealed = seal(algorithm.withKey(key), 1, octets(1000, 7));
        Aead opening = algorithm.withKey(key);

        assertThat(open(opening, 0, sealed)).as("under another nonce").isNull();
        assertThat(open(opening, 1, sealed)).isEqualTo(octets(1000, 7));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void sealingTwiceInARowUnderOneNonceIsRefused(AeadAlgorithm algorithm) {
        Aead aead = algorithm.withKey(octets(algorithm.keyLength(), 8));
        seal(aead, 3, octets(10, 9));

        assertThatIllegalArgumentException().isThrownBy(() -> seal(aead, 3, octets(10, 10)));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void nonceOfAnotherLengthIsRefused(AeadAlgorithm algorithm) {
        Aead aead = algorithm.withKey(octets(algorithm.keyLength(), 8));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> aead.seal(new byte[16], AAD, AAD.length, new byte[1], 0, 1, new byte[17], 0))
                .withMessageContaining("nonce");
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void outputThatIsTooSmallIsRefused(AeadAlgorithm algorithm) {
        Aead aead = algorithm.withKey(octets(algorithm.keyLength(), 8));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> aead.seal(nonce(0), AAD, AAD.length, new byte[10], 0, 10, new byte[25], 0));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void destroyedAeadDoesNothingMore(AeadAlgorithm algorithm) {
        Aead aead = algorithm.withKey(octets(algorithm.keyLength(), 11));
        byte[] sealed = seal(aead, 0, octets(10, 12));
        aead.destroy();
        aead.destroy();

        assertThatIllegalStateException().isThrownBy(() -> seal(aead, 1, octets(10, 13)));
        assertThatIllegalStateException().isThrownBy(() -> open(aead, 0, sealed));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void aeadUnderAnAllZeroKeyCanBeDestroyed(AeadAlgorithm algorithm) {
        Aead aead = algorithm.withKey(new byte[algorithm.keyLength()]);
        seal(aead, 0, octets(10, 14));
        aead.destroy();

        assertThatIllegalStateException().isThrownBy(() -> seal(aead, 1, octets(10, 14)));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void rekeyedAeadIsAsOneUnderTheNewKey(AeadAlgorithm algorithm) {
        Aead sealing = algorithm.withKey(octets(algorithm.keyLength(), 1));
        Aead opening = algorithm.withKey(octets(algorithm.keyLength(), 1));
        byte[] underTheFirst = seal(sealing, 0, octets(10, 2));
        for (int seed = 3; seed < 6; seed++) {
            byte[] key = octets(algorithm.keyLength(), seed);
            sealing.rekey(key);
            opening.rekey(key);
            Arrays.fill(key, (byte) 0);

            assertThat(open(opening, 0, underTheFirst)).isNull();
            byte[] sealed = seal(sealing, 0, octets(100, 2));
            assertThat(sealed)
                    .isEqualTo(seal(algorithm.withKey(octets(algorithm.keyLength(), seed)), 0, octets(100, 2)));
            assertThat(open(opening, 0, sealed)).isEqualTo(octets(100, 2));
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void aeadCanBeRekeyedToAnyKeyOfItsLength(AeadAlgorithm algorithm) {
        Aead aead = algorithm.withKey(new byte[algorithm.keyLength()]);
        for (int sequence = 0; sequence < 3; sequence++) {
            aead.rekey(new byte[algorithm.keyLength()]);
            seal(aead, sequence, octets(10, 1));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aead.rekey(new byte[algorithm.keyLength() + 1]))
                .withMessageContaining("bytes");
        aead.destroy();
        assertThatIllegalStateException().isThrownBy(() -> aead.rekey(octets(algorithm.keyLength(), 1)));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void aeadThatWasGivenBackKnowsNoKey(AeadAlgorithm algorithm) {
        byte[] key = octets(algorithm.keyLength(), 1);
        for (int use = 0; use < 3; use++) {
            Aead aead = algorithm.takeWithKey(key);
            byte[] sealed = seal(aead, 0, octets(10, 2));
            assertThat(open(algorithm.withKey(key), 0, sealed)).isEqualTo(octets(10, 2));
            algorithm.giveBack(aead);
            assertThat(open(aead, 0, sealed)).as("by who kept it").isNull();
        }
        byte[] zeros = new byte[algorithm.keyLength()];
        assertThat(seal(algorithm.takeWithKey(zeros), 5, octets(10, 2)))
                .isEqualTo(seal(algorithm.withKey(zeros), 5, octets(10, 2)));
    }

    @Test
    void onlyWhatWasTakenComesBackAndOnce() {
        AeadAlgorithm aes = Suite.AES_256_GCM.aead();
        AeadAlgorithm chaCha = Suite.CHACHA20_POLY1305.aead();
        byte[] key = octets(32, 1);
        Aead taken = aes.takeWithKey(key);
        assertThatIllegalArgumentException().isThrownBy(() -> chaCha.giveBack(taken));
        Aead twice = aes.takeWithKey(key);
        aes.giveBack(twice);
        assertThatIllegalArgumentException().isThrownBy(() -> aes.giveBack(twice));
        assertThatIllegalArgumentException().isThrownBy(() -> aes.giveBack(aes.withKey(key)));
    }

    @Test
    void onlyDigestsOfItsOwnComeBackToAHash() {
        HashAlgorithm sha256 = Suite.AES_128_GCM.parts().hash();
        HashAlgorithm sha384 = Suite.AES_256_GCM.parts().hash();
        MessageDigest other = sha384.takeDigest();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sha256.giveBack(other))
                .withMessageContaining("SHA-384");
    }

    @Test
    void aeadThatWasTakenIsTheTakersAlone() {
        AeadAlgorithm algorithm = Suite.AES_128_GCM.aead();
        Aead first = algorithm.takeWithKey(octets(16, 1));
        assertThat(algorithm.takeWithKey(octets(16, 2))).isNotSameAs(first);
        seal(first, 0, octets(1, 1));
        algorithm.giveBack(first);
        assertThat(algorithm.takeWithKey(octets(16, 3))).isSameAs(first);
        assertThat(algorithm.takeWithKey(octets(16, 4))).isNotSameAs(first);
    }

    /** It would take the place of one that has its cipher. */
    @Test
    void aeadWithoutACipherIsNotKept() throws GeneralSecurityException {
        AeadAlgorithm algorithm = JdkAeadAlgorithm.aesGcm(16, Security.getProvider("SunJCE"));
        Aead rested = algorithm.takeWithKey(octets(16, 1));
        seal(rested, 0, octets(1, 1));
        rested.release();
        algorithm.giveBack(rested);
        assertThat(algorithm.takeWithKey(octets(16, 2))).isNotSameAs(rested);
    }

    @Property(tries = 300)
    void whateverIsSealedOpens(
            @ForAll("anyAlgorithm") AeadAlgorithm algorithm,
            @ForAll @Size(max = 3000) byte[] plaintext,
            @ForAll @IntRange(max = 1000) int sequence) {
        byte[] key = octets(algorithm.keyLength(), sequence);

        byte[] sealed = seal(algorithm.withKey(key), sequence, plaintext);

        assertThat(sealed).hasSize(plaintext.length + AeadAlgorithm.TAG_LENGTH);
        assertThat(open(algorithm.withKey(key), sequence, sealed)).isEqualTo(plaintext);
    }

    @Property(tries = 1000)
    void anyFlippedBitIsNoticed(
            @ForAll("anyAlgorithm") AeadAlgorithm algorithm,
            @ForAll @IntRange(max = 600) int length,
            @ForAll @IntRange(max = 1_000_000) int place) {
        byte[] key = octets(algorithm.keyLength(), place);
        byte[] sealed = seal(algorithm.withKey(key), 0, octets(length, place));
        byte[] aad = AAD.clone();
        byte[] nonce = nonce(0);
        int bit = place % ((sealed.length + aad.length + nonce.length) * Byte.SIZE);
        flip(bit, sealed, aad, nonce);

        assertThat(algorithm.withKey(key).open(nonce, aad, aad.length, sealed, 0, sealed.length, new byte[length], 0))
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void algorithmServesManyThreadsAtOnce(AeadAlgorithm algorithm) throws Exception {
        inParallel(thread -> {
            byte[] key = octets(algorithm.keyLength(), thread);
            Aead sealing = algorithm.withKey(key);
            Aead opening = algorithm.withKey(key);
            for (int sequence = 0; sequence < 200; sequence++) {
                byte[] plaintext = octets(sequence, thread);
                assertThat(open(opening, sequence, seal(sealing, sequence, plaintext)))
                        .isEqualTo(plaintext);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void digestsServeManyThreadsAtOnce(Suite suite) throws Exception {
        HashAlgorithm hash = suite.parts().hash();
        byte[] expected = MessageDigest.getInstance(hash.name()).digest(AAD);

        inParallel(thread -> {
            for (int i = 0; i < 1000; i++) {
                assertThat(hash.newDigest().digest(AAD)).isEqualTo(expected).hasSize(hash.length());
            }
        });
    }

    /** RFC 9846 appendix B.4. */
    @ParameterizedTest
    @EnumSource
    void suiteIsMadeOfTheAeadAndTheHashInItsName(Suite suite) {
        String aead = suite.aead().name().toUpperCase(Locale.ROOT);
        String hash = suite.parts().hash().name().replace("-", "");

        assertThat("TLS-" + aead + "-" + hash).isEqualTo(suite.code.toString().replace('_', '-'));
    }

    @ParameterizedTest
    @EnumSource
    void lengthsOfAHashAreThoseOfItsDigest(Suite suite) {
        HashAlgorithm hash = suite.parts().hash();

        assertThat(hash.newDigest().getDigestLength()).isEqualTo(hash.length());
        assertThat(hash.blockLength()).isEqualTo(hash.name().equals("SHA-256") ? 64 : 128);
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inParallel(Work work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Void>> tasks = IntStream.range(0, 8)
                    .mapToObj(thread -> (Callable<Void>) () -> {
                        work.run(thread);
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    private static byte[] seal(Aead aead, int sequence, byte[] plaintext) {
        byte[] sealed = new byte[plaintext.length + AeadAlgorithm.TAG_LENGTH];
        aead.seal(nonce(sequence), AAD, AAD.length, plaintext, 0, plaintext.length, sealed, 0);
        return sealed;
    }

    private static byte[] open(Aead aead, int sequence, byte[] sealed) {
        byte[] opened = new byte[sealed.length - AeadAlgorithm.TAG_LENGTH];
        int length = aead.open(nonce(sequence), AAD, AAD.length, sealed, 0, sealed.length, opened, 0);
        return length < 0 ? null : opened;
    }

    private static byte[] nonce(int sequence) {
        byte[] nonce = new byte[AeadAlgorithm.NONCE_LENGTH];
        nonce[10] = (byte) (sequence >>> 8);
        nonce[11] = (byte) sequence;
        return nonce;
    }

    private static byte[] octets(int length, int seed) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }

    private static byte[] outside(byte[] octets, int from, int to) {
        byte[] outside = Arrays.copyOf(octets, from + octets.length - to);
        System.arraycopy(octets, to, outside, from, octets.length - to);
        return outside;
    }

    private static void flip(int bit, byte[]... arrays) {
        int left = bit;
        for (byte[] array : arrays) {
            if (left < array.length * Byte.SIZE) {
                array[left / Byte.SIZE] ^= (byte) (1 << left % Byte.SIZE);
                return;
            }
            left -= array.length * Byte.SIZE;
        }
        throw new IllegalArgumentException("No bit " + bit);
    }
}
