package dev.akushu.tls.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Aead;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.schedule.TrafficKeys;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordSealerTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @Test
    void initialClientHelloHasTheVersionOfTls10AndAllElseThatOfTls12() throws TlsException {
        RecordSealer sealer = new RecordSealer();
        byte[] initial = new byte[8];

        assertThat(sealer.sealInitialClientHello(CONTENT, 0, 3, initial, 0)).isEqualTo(8);

        assertThat(initial).isEqualTo(Records.hex("1603010003010203"));
        assertThat(Records.seal(sealer, ContentType.HANDSHAKE, CONTENT, 0)).isEqualTo(Records.hex("1603030003010203"));
    }

    @Test
    void initialClientHelloComesBeforeKeys() {
        RecordSealer sealer = protecting(new RecordSealer());

        assertThatIllegalStateException()
                .isThrownBy(() -> sealer.sealInitialClientHello(CONTENT, 0, 3, new byte[100], 0));
    }

    @Test
    void changeCipherSpecIsNeverProtectedAndDoesNotCount() throws TlsException {
        RecordSealer sealer = protecting(new RecordSealer());
        RecordOpener opener = new RecordOpener();
        opener.protect(Suites.keys(Suites.AES_128, 1));

        byte[] ccs = Records.raw(ContentType.CHANGE_CIPHER_SPEC, new byte[] {1});
        byte[] target = new byte[6];
        assertThat(sealer.seal(ContentType.CHANGE_CIPHER_SPEC, new byte[] {1}, 0, 1, 0, target, 0))
                .isEqualTo(6);

        assertThat(target).isEqualTo(ccs);
        assertThat(Records.open(opener, Records.seal(sealer, ContentType.HANDSHAKE, CONTENT, 0)))
                .isEqualTo(CONTENT);
    }

    @Test
    void applicationDataIsNeverSentInTheClear() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Records.seal(new RecordSealer(), ContentType.APPLICATION_DATA, CONTENT, 0));
    }

    @ParameterizedTest
    @EnumSource(
            value = ContentType.class,
            names = {"ALERT", "HANDSHAKE", "CHANGE_CIPHER_SPEC"})
    void onlyApplicationDataMayBeEmpty(ContentType type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordSealer().seal(type, CONTENT, 0, 0, 0, new byte[100], 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> protecting(new RecordSealer()).seal(type, CONTENT, 0, 0, 9, new byte[100], 0));
    }

    @Test
    void emptyApplicationDataCanHideBehindPadding() throws TlsException {
        RecordOpener opener = new RecordOpener();
        opener.protect(Suites.keys(Suites.AES_128, 1));

        byte[] record = Records.seal(protecting(new RecordSealer()), ContentType.APPLICATION_DATA, new byte[0], 100);

        assertThat(record).hasSize(5 + 1 + 100 + 16);
        assertThat(Records.open(opener, record)).isEmpty();
        assertThat(opener.contentType()).isEqualTo(ContentType.APPLICATION_DATA);
    }

    @Test
    void refusesWhatExceedsAPlaintext() {
        byte[] tooLong = new byte[RecordLimits.PLAINTEXT + 1];

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Records.seal(new RecordSealer(), ContentType.HANDSHAKE, tooLong, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Records.seal(new RecordSealer(), ContentType.HANDSHAKE, CONTENT, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Records.seal(protecting(new RecordSealer()), ContentType.APPLICATION_DATA, tooLong, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Records.seal(
                        protecting(new RecordSealer()),
                        ContentType.APPLICATION_DATA,
                        CONTENT,
                        RecordLimits.PLAINTEXT - 2));
    }

    @Test
    void refusesNegativePadding() {
        RecordSealer sealer = protecting(new RecordSealer());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sealer.seal(ContentType.HANDSHAKE, CONTENT, 0, 3, -1, new byte[100], 0));
    }

    @Test
    void refusesATargetWithoutRoomAndKeepsTheNonce() throws TlsException {
        RecordSealer sealer = protecting(new RecordSealer());
        RecordOpener opener = new RecordOpener();
        opener.protect(Suites.keys(Suites.AES_128, 1));

        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> sealer.seal(ContentType.HANDSHAKE, CONTENT, 0, 3, 0, new byte[24], 0));

        assertThat(Records.open(opener, Records.seal(sealer, ContentType.HANDSHAKE, CONTENT, 0)))
                .isEqualTo(CONTENT);
    }

    @Test
    void recordSizeLimitCountsContentTypeAndPadding() throws TlsException {
        RecordSealer sealer = protecting(new RecordSealer());
        sealer.limitInnerPlaintext(64);

        assertThat(sealer.contentLimit()).isEqualTo(63);
        assertThat(Records.seal(sealer, ContentType.APPLICATION_DATA, new byte[60], 3))
                .hasSize(5 + 64 + 16);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Records.seal(sealer, ContentType.APPLICATION_DATA, new byte[60], 4));
    }

    @Test
    void recordSizeLimitLeavesTheClearAlone() throws TlsException {
        // RFC 8449 section 4: the limit is for protected records.
        RecordSealer sealer = new RecordSealer();
        sealer.limitInnerPlaintext(64);

        assertThat(sealer.contentLimit()).isEqualTo(RecordLimits.PLAINTEXT);
        assertThat(Records.seal(sealer, ContentType.HANDSHAKE, new byte[100], 0))
                .hasSize(105);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, RecordLimits.INNER_PLAINTEXT + 1})
    void recordSizeLimitHasItsOwnLimits(int limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordSealer().limitInnerPlaintext(limit));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordOpener().limitInnerPlaintext(limit));
    }

    @Test
    void asksForAnUpdateWellBeforeTheLimitOfTheKey() throws TlsException {
        RecordSealer sealer = protecting(new RecordSealer(1000));
        int sealed = 0;

        while (!sealer.shouldUpdateKey()) {
            Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0);
            sealed++;
        }

        assertThat(sealed).isEqualTo(1000 - 64);
        sealer.protect(Suites.keys(Suites.AES_128, 2));
        assertThat(sealer.shouldUpdateKey()).isFalse();
    }

    @Test
    void keepsTheLastRecordsOfAKeyForKeyUpdateAndAlerts() throws TlsException {
        RecordSealer sealer = protecting(new RecordSealer(100));
        for (int i = 0; i < 92; i++) {
            Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0);
        }

        Diagnosis diagnosis = Records.diagnosis(() -> Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0));

        assertThat(diagnosis.problem()).isEqualTo(Problem.KEY_LIMIT_REACHED);
        assertThat(diagnosis.facts()).containsExactly(92L, 92L);
        for (int i = 92; i < 100; i++) {
            Records.seal(sealer, i == 92 ? ContentType.HANDSHAKE : ContentType.ALERT, CONTENT, 0);
        }
        assertThat(Records.diagnosis(() -> Records.seal(sealer, ContentType.ALERT, CONTENT, 0))
                        .facts())
                .containsExactly(100L, 100L);
    }

    @Test
    void aKeyOfOneRecordSealsOne() throws TlsException {
        RecordSealer sealer = protecting(new RecordSealer(1));

        Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0);

        assertThat(Records.diagnosis(() -> Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0))
                        .problem())
                .isEqualTo(Problem.KEY_LIMIT_REACHED);
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordSealer(0));
    }

    @Test
    void theLimitOfTheAeadHoldsEvenIfMoreIsAllowed() throws TlsException {
        RecordSealer sealer = new RecordSealer(1000);
        sealer.protect(Suites.keys(new Exhaustible(Suites.aead(Suites.AES_128), 2), 1));

        Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0);
        Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0);

        assertThat(Records.diagnosis(() -> Records.seal(sealer, ContentType.ALERT, CONTENT, 0))
                        .problem())
                .isEqualTo(Problem.KEY_LIMIT_REACHED);
    }

    @Test
    void aNewKeyBeginsWithSequenceNumberZero() throws TlsException {
        RecordSealer sealer = protecting(new RecordSealer());
        Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0);
        sealer.protect(Suites.keys(Suites.AES_128, 2));
        RecordOpener opener = new RecordOpener();
        opener.protect(Suites.keys(Suites.AES_128, 2));

        assertThat(Records.open(opener, Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0)))
                .isEqualTo(CONTENT);
    }

    @Test
    void aNewKeyMayBeForAnotherAead() throws TlsException {
        RecordSealer sealer = protecting(new RecordSealer());
        RecordOpener opener = new RecordOpener();
        opener.protect(Suites.keys(Suites.AES_128, 1));
        for (CipherSuite suite : List.of(Suites.AES_128, CipherSuite.TLS_CHACHA20_POLY1305_SHA256, Suites.AES_128)) {
            Records.open(opener, Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0));
            sealer.protect(Suites.keys(suite, 2));
            opener.protect(Suites.keys(suite, 2));

            assertThat(Records.open(opener, Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0)))
                    .isEqualTo(CONTENT);
        }
    }

    @Test
    void keysAreWipedWhenTheyAreTakenOver() {
        TrafficKeys forSealer = Suites.keys(Suites.AES_128, 1);
        TrafficKeys forOpener = Suites.keys(Suites.AES_128, 1);

        RecordSealer sealer = new RecordSealer();
        RecordOpener opener = new RecordOpener();
        sealer.protect(forSealer);
        opener.protect(forOpener);

        assertThatIllegalStateException().isThrownBy(forSealer::takeAead);
        assertThatIllegalStateException().isThrownBy(() -> forOpener.copyIv(new byte[12]));

        for (CipherSuite next : Suites.all()) {
            TrafficKeys keys = Suites.keys(next, 2);
            sealer.protect(keys);
            assertThatIllegalStateException().as("%s", next).isThrownBy(keys::takeAead);
        }
    }

    @Test
    void aFailedAeadLeavesItsNonceBehind() throws TlsException {
        RecordSealer sealer = new RecordSealer();
        NonceRecorder aead = new NonceRecorder();
        sealer.protect(Suites.keys(aead, 1));

        assertThatIllegalStateException()
                .isThrownBy(() -> Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0));
        byte[] first = aead.lastNonce.clone();
        assertThatIllegalStateException()
                .isThrownBy(() -> Records.seal(sealer, ContentType.APPLICATION_DATA, CONTENT, 0));

        assertThat(aead.lastNonce).isNotEqualTo(first);
    }

    private static RecordSealer protecting(RecordSealer sealer) {
        sealer.protect(Suites.keys(Suites.AES_128, 1));
        assertThat(sealer.isProtecting()).isTrue();
        return sealer;
    }

    /** An AEAD that may protect fewer records than it could. */
    private record Exhaustible(AeadAlgorithm aead, long recordLimit) implements AeadAlgorithm {
        @Override
        public String name() {
            return aead.name();
        }

        @Override
        public int keyLength() {
            return aead.keyLength();
        }

        @Override
        public Aead withKey(byte[] key) {
            return aead.withKey(key);
        }
    }

    /** An AEAD whose hardware fails after it has seen the nonce. */
    private static final class NonceRecorder implements AeadAlgorithm, Aead {
        private byte[] lastNonce = new byte[0];

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public int keyLength() {
            return 16;
        }

        @Override
        public long recordLimit() {
            return 100;
        }

        @Override
        public Aead withKey(byte[] key) {
            return this;
        }

        @Override
        public int seal(
                byte[] nonce,
                byte[] aad,
                int aadLength,
                byte[] first,
                int firstOffset,
                int firstLength,
                byte[] last,
                int lastOffset,
                int lastLength,
                byte[] out,
                int at) {
            lastNonce = Arrays.copyOf(nonce, nonce.length);
            throw new IllegalStateException("no hardware");
        }

        @Override
        public int open(
                byte[] nonce, byte[] aad, int aadLength, byte[] in, int offset, int length, byte[] out, int at) {
            return -1;
        }

        @Override
        public void rekey(byte[] key) {
            lastNonce = new byte[0];
        }

        @Override
        public void destroy() {
            lastNonce = new byte[0];
        }
    }
}
