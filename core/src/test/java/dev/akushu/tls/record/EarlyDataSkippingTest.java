package dev.akushu.tls.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.akushu.tls.ContentType;
import dev.akushu.tls.Diagnosis;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import org.junit.jupiter.api.Test;

/** RFC 9846 section 4.3.10: a server that refuses early data skips it, up to a limit. */
class EarlyDataSkippingTest {
    private static final int EARLY_KEY = 1;
    private static final int HANDSHAKE_KEY = 2;

    private final RecordSealer early = sealer(EARLY_KEY);
    private final RecordSealer handshake = sealer(HANDSHAKE_KEY);
    private final RecordOpener server = new RecordOpener();

    @Test
    void skipsUntilARecordDecryptsUnderTheHandshakeKey() throws TlsException {
        server.protect(Suites.keys(Suites.AES_128, HANDSHAKE_KEY));
        server.skipEarlyData(1000);

        assertThat(Records.delivers(server, earlyData(400))).isFalse();
        assertThatIllegalStateException().isThrownBy(server::contentType);
        assertThat(Records.delivers(server, earlyData(400))).isFalse();

        assertThat(Records.open(server, finished())).containsExactly(20);
    }

    @Test
    void afterTheFirstRecordThatDecryptsTheNextMustToo() throws TlsException {
        server.protect(Suites.keys(Suites.AES_128, HANDSHAKE_KEY));
        server.skipEarlyData(1000);
        Records.open(server, finished());

        assertThat(Records.diagnosis(() -> Records.delivers(server, earlyData(1)))
                        .problem())
                .isEqualTo(Problem.BAD_RECORD_MAC);
    }

    @Test
    void skipsRecordsOfApplicationDataAfterARetryUntilTheNextHello() throws TlsException {
        server.skipEarlyData(1000);

        assertThat(Records.delivers(server, earlyData(400))).isFalse();
        assertThat(Records.open(server, Records.raw(ContentType.CHANGE_CIPHER_SPEC, new byte[] {1})))
                .containsExactly(1);
        assertThat(Records.delivers(server, earlyData(400))).isFalse();
        assertThat(Records.open(server, Records.raw(ContentType.HANDSHAKE, new byte[] {1})))
                .containsExactly(1);

        assertThat(Records.diagnosis(() -> Records.delivers(server, earlyData(1)))
                        .problem())
                .isEqualTo(Problem.UNEXPECTED_RECORD);
    }

    @Test
    void allTheEarlyDataThatWasAllowedMayBeSkippedInRecordsOfAnyNumber() throws TlsException {
        server.protect(Suites.keys(Suites.AES_128, HANDSHAKE_KEY));
        server.skipEarlyData(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(Records.delivers(server, earlyData(1))).isFalse();
        }

        Diagnosis diagnosis = Records.diagnosis(() -> Records.delivers(server, earlyData(1)));

        assertThat(diagnosis.problem()).isEqualTo(Problem.EARLY_DATA_TOO_LONG);
        assertThat(diagnosis.facts()).containsExactly(1000L);
    }

    @Test
    void emptyRecordsCannotBeSentForEver() throws TlsException {
        server.skipEarlyData(10);
        for (int i = 0; i < 10; i++) {
            assertThat(Records.delivers(server, earlyData(0))).isFalse();
        }

        assertThat(Records.diagnosis(() -> Records.delivers(server, earlyData(0)))
                        .problem())
                .isEqualTo(Problem.EARLY_DATA_TOO_LONG);
    }

    @Test
    void withoutRefusedEarlyDataNothingIsSkipped() {
        server.protect(Suites.keys(Suites.AES_128, HANDSHAKE_KEY));

        assertThat(Records.diagnosis(() -> Records.delivers(server, earlyData(1)))
                        .problem())
                .isEqualTo(Problem.BAD_RECORD_MAC);
    }

    @Test
    void skippedRecordsDoNotCountAsDecrypted() throws TlsException {
        server.protect(Suites.keys(Suites.AES_128, HANDSHAKE_KEY));
        server.skipEarlyData(1000);
        Records.delivers(server, earlyData(1));
        Records.open(server, finished());

        Diagnosis diagnosis = Records.diagnosis(() -> Records.delivers(server, earlyData(1)));

        assertThat(diagnosis.fact("sequence")).isEqualTo(1L);
    }

    @Test
    void skippingDoesNotExcuseARecordThatIsTooLong() {
        server.skipEarlyData(100_000);
        byte[] header = Records.hex("1703034101");

        assertThat(Records.diagnosis(() -> server.recordLength(header, 0, 5)).problem())
                .isEqualTo(Problem.RECORD_TOO_LONG);
    }

    private byte[] earlyData(int length) throws TlsException {
        return Records.seal(early, ContentType.APPLICATION_DATA, new byte[length], 0);
    }

    private byte[] finished() throws TlsException {
        return Records.seal(handshake, ContentType.HANDSHAKE, new byte[] {20}, 0);
    }

    private static RecordSealer sealer(int key) {
        RecordSealer sealer = new RecordSealer();
        sealer.protect(Suites.keys(Suites.AES_128, key));
        return sealer;
    }
}
