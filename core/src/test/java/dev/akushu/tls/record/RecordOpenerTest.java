package dev.akushu.tls.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordOpenerTest {
    private static final byte[] FINISHED = Records.hex("14000001aa");
    private static final byte[] CLOSE_NOTIFY = Records.hex("0100");

    private final RecordOpener clear = new RecordOpener();
    private final RecordOpener opener = new RecordOpener();
    private final RecordSealer sealer = new RecordSealer();
    private final RecordCipher cipher = new RecordCipher(Suites.keys(Suites.AES_128, 1));

    RecordOpenerTest() {
        opener.protect(Suites.keys(Suites.AES_128, 1));
        sealer.protect(Suites.keys(Suites.AES_128, 1));
    }

    @Test
    void waitsUntilARecordIsComplete() throws TlsException {
        byte[] record = Records.raw(ContentType.HANDSHAKE, FINISHED);

        for (int available = 0; available < record.length; available++) {
            assertThat(clear.recordLength(record, 0, available)).isEqualTo(RecordOpener.NEED_MORE);
        }
        assertThat(clear.recordLength(record, 0, record.length)).isEqualTo(record.length);
        assertThat(clear.recordLength(Arrays.copyOf(record, 100), 0, 100)).isEqualTo(record.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0000, 0x0300, 0x0301, 0x0304, 0x0505, 0xffff})
    void ignoresTheLegacyVersion(int version) throws TlsException {
        // RFC 9846 5.1: it MUST be ignored for all purposes.
        assertThat(Records.open(clear, Records.raw(22, version, FINISHED))).isEqualTo(FINISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: a\r\n", "HTTP/1.1 400 Bad Request\r\n", "SSH-2.0-OpenSSH", "2"})
    void tellsWhatOtherProtocolSpeaksHere(String greeting) {
        byte[] bytes = greeting.getBytes(StandardCharsets.US_ASCII);

        Diagnosis diagnosis = Records.diagnosis(() -> clear.recordLength(bytes, 0, bytes.length));

        assertThat(diagnosis.problem()).isEqualTo(Problem.NOT_TLS);
        assertThat(diagnosis.fact("firstBytes")).isEqualTo(Bytes.copyOf(bytes, 0, Math.min(16, bytes.length)));
    }

    @Test
    void anUnknownTypeAfterTheFirstRecordIsNoOtherProtocol() throws TlsException {
        Records.open(clear, Records.raw(ContentType.HANDSHAKE, FINISHED));

        Diagnosis diagnosis = Records.diagnosis(() -> clear.recordLength(new byte[] {24}, 0, 1));

        assertThat(diagnosis.problem()).isEqualTo(Problem.UNKNOWN_RECORD_TYPE);
        assertThat(diagnosis.facts()).containsExactly(24);
    }

    @Test
    void aPlaintextMayBe2To14BytesLongAndNoByteMore() throws TlsException {
        byte[] longest = new byte[RecordLimits.PLAINTEXT];
        byte[] header = Records.hex("1603034001");

        assertThat(Records.open(clear, Records.raw(ContentType.HANDSHAKE, longest)))
                .isEqualTo(longest);
        Diagnosis diagnosis = Records.diagnosis(() -> clear.recordLength(header, 0, header.length));

        assertThat(diagnosis.problem()).isEqualTo(Problem.RECORD_TOO_LONG);
        assertThat(diagnosis.facts()).containsExactly(RecordLimits.PLAINTEXT + 1, RecordLimits.PLAINTEXT);
    }

    @Test
    void aCiphertextMayBe256BytesLongerAndNoByteMore() throws TlsException {
        byte[] allowed = Records.hex("1703034100");
        byte[] tooLong = Records.hex("1703034101");

        assertThat(opener.recordLength(allowed, 0, 5)).isEqualTo(RecordOpener.NEED_MORE);
        assertThat(Records.diagnosis(() -> opener.recordLength(tooLong, 0, 5)).problem())
                .isEqualTo(Problem.RECORD_TOO_LONG);
    }

    @Test
    void contentTypeAndPaddingTogetherMayBe2To14BytesAndOneLong() throws TlsException {
        byte[] inner = new byte[RecordLimits.INNER_PLAINTEXT];
        inner[0] = 'a';
        inner[1] = 23;

        assertThat(Records.open(opener, sealed(inner))).containsExactly('a');
        Diagnosis diagnosis =
                Records.diagnosis(() -> Records.open(opener, sealed(Arrays.copyOf(inner, inner.length + 1))));

        assertThat(diagnosis.problem()).isEqualTo(Problem.PLAINTEXT_TOO_LONG);
        assertThat(diagnosis.facts()).containsExactly(RecordLimits.INNER_PLAINTEXT + 1, RecordLimits.INNER_PLAINTEXT);
    }

    @Test
    void junkThatIsTooLongIsFirstOfAllJunk() {
        byte[] junk = new byte[RecordLimits.CIPHERTEXT];

        assertThat(Records.diagnosis(() -> Records.open(opener, Records.raw(ContentType.APPLICATION_DATA, junk)))
                        .problem())
                .isEqualTo(Problem.BAD_RECORD_MAC);
    }

    @Test
    void recordSizeLimitCountsContentTypeAndPadding() throws TlsException {
        opener.limitInnerPlaintext(64);

        assertThat(Records.open(opener, Records.seal(sealer, ContentType.APPLICATION_DATA, new byte[60], 3)))
                .hasSize(60);
        assertThat(Records.diagnosis(() -> Records.open(
                                opener, Records.seal(sealer, ContentType.APPLICATION_DATA, new byte[60], 4)))
                        .problem())
                .isEqualTo(Problem.PLAINTEXT_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300})
    void paddingWithoutAContentTypeIsRefused(int zeros) {
        Diagnosis diagnosis = Records.diagnosis(() -> Records.open(opener, sealed(new byte[zeros])));

        assertThat(diagnosis.problem()).isEqualTo(Problem.NO_CONTENT_TYPE);
        assertThat(diagnosis.facts()).containsExactly(zeros);
    }

    @Test
    void theSearchForTheContentTypeStaysInTheRecord() {
        byte[] target = new byte[100];
        Arrays.fill(target, (byte) 23);
        byte[] record = sealed(new byte[10]);

        assertThat(Records.diagnosis(() -> opener.open(record, 0, record.length, target, 50))
                        .problem())
                .isEqualTo(Problem.NO_CONTENT_TYPE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 19, 24, 255})
    void anUnknownInnerTypeIsRefused(int type) {
        Diagnosis diagnosis = Records.diagnosis(() -> Records.open(opener, sealed(new byte[] {'a', (byte) type})));

        assertThat(diagnosis.problem()).isEqualTo(Problem.UNKNOWN_RECORD_TYPE);
        assertThat(diagnosis.facts()).containsExactly(type);
    }

    @Test
    void aProtectedChangeCipherSpecIsRefused() {
        // RFC 9846 5: unexpected_message.
        assertThat(Records.diagnosis(() -> Records.open(opener, sealed(new byte[] {1, 20})))
                        .problem())
                .isEqualTo(Problem.UNEXPECTED_RECORD);
    }

    @Test
    void changeCipherSpecInTheClearIsHandedOverEvenWithKeys() throws TlsException {
        byte[] record = Records.raw(ContentType.CHANGE_CIPHER_SPEC, new byte[] {1});

        assertThat(Records.open(opener, record)).containsExactly(1);
        assertThat(opener.contentType()).isEqualTo(ContentType.CHANGE_CIPHER_SPEC);
        assertThat(opener.wasProtected()).isFalse();
        assertThat(Records.open(opener, Records.seal(sealer, ContentType.HANDSHAKE, FINISHED, 0)))
                .isEqualTo(FINISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "02", "0101", "0100000000000000000000000000000000000000"})
    void changeCipherSpecIsTheByteOneOrMalformed(String content) {
        byte[] record = Records.raw(ContentType.CHANGE_CIPHER_SPEC, Records.hex(content));

        Diagnosis diagnosis = Records.diagnosis(() -> Records.open(clear, record));

        assertThat(diagnosis.problem()).isEqualTo(Problem.MALFORMED_CHANGE_CIPHER_SPEC);
        assertThat(diagnosis.fact("content").toString())
                .isEqualTo(content.substring(0, Math.min(32, content.length())));
    }

    @ParameterizedTest
    @EnumSource(
            value = ContentType.class,
            names = {"ALERT", "HANDSHAKE"})
    void withKeysNothingElseMayComeInTheClear(ContentType type) {
        byte[] record = Records.raw(type, CLOSE_NOTIFY);

        assertThat(Records.diagnosis(() -> opener.recordLength(record, 0, record.length))
                        .problem())
                .isEqualTo(Problem.UNEXPECTED_RECORD);
        assertThat(Records.diagnosis(() -> opener.open(record, 0, record.length, new byte[100], 0))
                        .problem())
                .isEqualTo(Problem.UNEXPECTED_RECORD);
    }

    @Test
    void withoutKeysThereIsNoApplicationData() {
        byte[] record = Records.raw(ContentType.APPLICATION_DATA, new byte[100]);

        Diagnosis diagnosis = Records.diagnosis(() -> clear.recordLength(record, 0, record.length));

        assertThat(diagnosis.problem()).isEqualTo(Problem.UNEXPECTED_RECORD);
        assertThat(diagnosis.fact("type")).isEqualTo(ContentType.APPLICATION_DATA);
    }

    @ParameterizedTest
    @EnumSource(
            value = ContentType.class,
            names = {"ALERT", "HANDSHAKE"})
    void onlyApplicationDataMayBeEmpty(ContentType type) throws TlsException {
        // RFC 9846 5.1 and 5.4: unexpected_message, even if padded.
        assertThat(Records.diagnosis(() -> Records.open(clear, Records.raw(type, new byte[0])))
                        .facts())
                .containsExactly(type);
        assertThat(Records.diagnosis(() -> Records.open(opener, sealed(new byte[] {(byte) type.code(), 0, 0})))
                        .problem())
                .isEqualTo(Problem.EMPTY_RECORD);
        assertThat(Records.open(opener, sealedAt(1, new byte[] {23, 0, 0}))).isEmpty();
    }

    @Test
    void aServerMayHearAClearAlertUntilTheClientHasProtectedARecord() throws TlsException {
        byte[] alert = Records.raw(ContentType.ALERT, CLOSE_NOTIFY);
        opener.permitClearAlert();

        assertThat(Records.open(opener, alert)).isEqualTo(CLOSE_NOTIFY);
        assertThat(opener.wasProtected()).isFalse();
        Records.open(opener, Records.seal(sealer, ContentType.HANDSHAKE, FINISHED, 0));

        assertThat(Records.diagnosis(() -> Records.open(opener, alert)).problem())
                .isEqualTo(Problem.UNEXPECTED_RECORD);
    }

    @Test
    void newKeysEndThePermissionForClearAlerts() {
        byte[] alert = Records.raw(ContentType.ALERT, CLOSE_NOTIFY);
        opener.permitClearAlert();
        opener.protect(Suites.keys(Suites.AES_128, 2));

        assertThat(Records.diagnosis(() -> Records.open(opener, alert)).problem())
                .isEqualTo(Problem.UNEXPECTED_RECORD);
    }

    @Test
    void permissionForClearAlertsIsForAlertsOnly() {
        opener.permitClearAlert();

        assertThat(Records.diagnosis(() -> Records.open(opener, Records.raw(ContentType.HANDSHAKE, FINISHED)))
                        .problem())
                .isEqualTo(Problem.UNEXPECTED_RECORD);
    }

    @Test
    void aRecordThatDoesNotDecryptNamesItsNumberAndLength() throws TlsException {
        Records.open(opener, Records.seal(sealer, ContentType.HANDSHAKE, FINISHED, 0));

        Diagnosis diagnosis =
                Records.diagnosis(() -> Records.open(opener, Records.raw(ContentType.APPLICATION_DATA, new byte[40])));

        assertThat(diagnosis.problem()).isEqualTo(Problem.BAD_RECORD_MAC);
        assertThat(diagnosis.facts()).containsExactly(1L, 40);
    }

    @Test
    void refusesATargetWithoutRoom() throws TlsException {
        byte[] record = Records.seal(sealer, ContentType.HANDSHAKE, FINISHED, 0);
        byte[] clearRecord = Records.raw(ContentType.HANDSHAKE, FINISHED);

        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> opener.open(record, 0, record.length, new byte[FINISHED.length], 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> clear.open(clearRecord, 0, clearRecord.length, new byte[FINISHED.length - 1], 0));
    }

    @Test
    void thereIsNoContentTypeBeforeTheFirstRecordOrAfterARefusedOne() throws TlsException {
        assertThatIllegalStateException().isThrownBy(opener::contentType);
        Records.open(opener, Records.seal(sealer, ContentType.HANDSHAKE, FINISHED, 0));
        Records.diagnosis(() -> Records.open(opener, Records.raw(ContentType.APPLICATION_DATA, new byte[40])));

        assertThatIllegalStateException().isThrownBy(opener::contentType);
    }

    /** The first record under the opener's key, with this TLSInnerPlaintext. */
    private byte[] sealed(byte[] inner) {
        byte[] record = new byte[inner.length + 21];
        cipher.seal(inner, 0, 0, inner, inner.length, record, 0);
        return record;
    }

    private static byte[] sealedAt(long sequence, byte[] inner) {
        byte[] record = new byte[inner.length + 21];
        new RecordCipher(Suites.keys(Suites.AES_128, 1), sequence).seal(inner, 0, 0, inner, inner.length, record, 0);
        return record;
    }
}
