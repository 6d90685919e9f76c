package dev.akushu.tls.engine;

import static dev.akushu.tls.engine.ForgedRecords.ALERT;
import static dev.akushu.tls.engine.ForgedRecords.APPLICATION_DATA;
import static dev.akushu.tls.engine.ForgedRecords.HANDSHAKE;
import static dev.akushu.tls.engine.ForgedRecords.clear;
import static dev.akushu.tls.engine.ForgedRecords.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that break the rules of RFC 9846 section 5, at every stage of a connection. */
class HostileRecordsTest {
    private static final String KEY_UPDATE = "1800000100";
    private static final byte[] A_BYTE = {1};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "SSH-2.0-OpenSSH_9.9\r\n",
                "HTTP/1.1 400 Bad Request\r\n",
                "EHLO localhost\r\n",
                "{\"a\":1}",
                "\n"
            })
    void anotherProtocolIsCalledSo(String greeting) throws TlsException {
        byte[] bytes = greeting.getBytes(StandardCharsets.US_ASCII);

        for (Role victim : Role.values()) {
            TappedPair.requireFailure(fresh().end(victim), bytes, Problem.NOT_TLS);
        }
    }

    @Test
    void theHelloOfSsl2IsNoTls() throws TlsException {
        TappedPair.requireFailure(
                fresh().server(),
                Bytes.fromHex("802e0100020015000000100100800200").toArray(),
                Problem.NOT_TLS);
    }

    /** What may not be the first thing that a server hears. */
    @ParameterizedTest
    @CsvSource({
        "23, 00, UNEXPECTED_RECORD",
        "20, 01, UNEXPECTED_RECORD",
        "20, 02, MALFORMED_CHANGE_CIPHER_SPEC",
        "22, '', EMPTY_RECORD",
        "21, '', EMPTY_RECORD",
        "21, 02, MALFORMED_ALERT",
        "21, 022800, MALFORMED_ALERT",
        "21, 0228, ALERT_RECEIVED",
        "21, 0128, ALERT_RECEIVED",
        "21, 02ff, ALERT_RECEIVED",
        "21, 0000, CLOSED_DURING_HANDSHAKE",
        "21, 0100, CLOSED_DURING_HANDSHAKE",
        "24, 0100, NOT_TLS",
        "0, 0100, NOT_TLS"
    })
    void onlyAClientHelloMayComeFirst(int type, String content, Problem problem) throws TlsException {
        TappedPair.requireFailure(fresh().server(), clear(type, content), problem);
    }

    @ParameterizedTest
    @CsvSource({"22, 16385", "21, 16385", "20, 16385", "22, 65535"})
    void aClearRecordHoldsAtMost16Kibibytes(int type, int length) throws TlsException {
        byte[] header = {(byte) type, 3, 3, (byte) (length >>> 8), (byte) length};

        TappedPair.requireFailure(fresh().server(), header, Problem.RECORD_TOO_LONG);
    }

    @Test
    void aMessageThatNeverEndsIsRefusedByItsLength() throws TlsException {
        TappedPair.requireFailure(fresh().server(), clear(HANDSHAKE, "01ffffff00"), Problem.HANDSHAKE_MESSAGE_TOO_LONG);
        TappedPair.requireFailure(fresh().client(), clear(HANDSHAKE, "02020001"), Problem.HANDSHAKE_MESSAGE_TOO_LONG);
    }

    /** Else anybody could have this end keep 128 KiB for a message that it would never take. */
    @ParameterizedTest
    @CsvSource({
        "0b, UNEXPECTED_HANDSHAKE_MESSAGE",
        "0b01fff0, UNEXPECTED_HANDSHAKE_MESSAGE",
        "0d, UNEXPECTED_HANDSHAKE_MESSAGE",
        "14, UNEXPECTED_HANDSHAKE_MESSAGE",
        "63, UNKNOWN_HANDSHAKE_TYPE",
        "fe, UNKNOWN_HANDSHAKE_TYPE"
    })
    void aMessageThatCannotComeIsRefusedByItsFirstByte(String beginning, Problem problem) throws TlsException {
        TappedPair.requireFailure(fresh().server(), clear(HANDSHAKE, beginning), problem);
        TappedPair.requireFailure(fresh().client(), clear(HANDSHAKE, beginning), problem);
        for (Role victim : Role.values()) {
            TappedPair tapped = TappedPair.connected();
            ForgedRecords forged = tapped.application(other(victim));
            tapped.requireFailure(
                    victim, forged.seal(HANDSHAKE, beginning), problem, AlertDescription.UNEXPECTED_MESSAGE);
        }
    }

    @Test
    void aClientHelloMayComeInRecordsOfOneByte() throws TlsException {
        TappedPair tapped = fresh();
        byte[] hello = tapped.client().output();
        for (int i = 5; i < hello.length; i++) {
            tapped.server().input(clear(HANDSHAKE, new byte[] {hello[i]}));
        }
        tapped.shakeHands();

        assertThat(tapped.server().engine().isEstablished()).isTrue();
        assertThat(tapped.client().engine().isEstablished()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"23, UNEXPECTED_RECORD", "20, INTERLEAVED_RECORD"})
    void nothingComesBetweenTheFragmentsOfAClientHello(int type, Problem problem) throws TlsException {
        TappedPair tapped = fresh();
        byte[] hello = tapped.client().output();
        tapped.server().input(clear(HANDSHAKE, Arrays.copyOfRange(hello, 5, 100)));

        TappedPair.requireFailure(tapped.server(), clear(type, A_BYTE), problem);
    }

    @Test
    void applicationDataBeforeTheHandshakeIsDoneIsRefused() throws TlsException {
        TappedPair tapped = afterServersFlight();
        ForgedRecords early = tapped.handshake(Role.CLIENT);

        tapped.requireFailure(
                Role.SERVER,
                early.seal(APPLICATION_DATA, "616263"),
                Problem.UNEXPECTED_RECORD,
                AlertDescription.UNEXPECTED_MESSAGE);
        assertThat(tapped.server().receivedBytes()).isEmpty();
    }

    @Test
    void applicationDataOfAServerBeforeItsFinishedIsRefused() throws TlsException {
        TappedPair tapped = fresh();
        tapped.server().input(tapped.client().output());
        byte[] flight = tapped.server().output();
        int serverHello = 5 + recordLength(flight, 0);
        tapped.client().input(Arrays.copyOf(flight, serverHello));

        tapped.requireFailure(
                Role.CLIENT,
                tapped.handshake(Role.SERVER).seal(APPLICATION_DATA, "616263"),
                Problem.UNEXPECTED_RECORD,
                AlertDescription.UNEXPECTED_MESSAGE);
        assertThat(tapped.client().receivedBytes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void nothingIsTakenInTheClearOnceThereAreKeys(Role victim) throws TlsException {
        for (byte[] record : new byte[][] {clear(HANDSHAKE, KEY_UPDATE), clear(ALERT, "0100"), clear(ALERT, "0228")}) {
            TappedPair tapped = TappedPair.connected();
            tapped.requireFailure(victim, record, Problem.UNEXPECTED_RECORD, AlertDescription.UNEXPECTED_MESSAGE);
        }
    }

    @Test
    void aServerHearsAClearAlertOfAClientThatHasNoKeys() throws TlsException {
        // RFC 9846 does not say how a client without keys tells its fault; all stacks do it in the clear.
        TappedPair tapped = afterServersFlight();

        TappedPair.requireFailure(tapped.server(), clear(ALERT, "022f"), Problem.ALERT_RECEIVED);
    }

    @Test
    void aClientHearsNoClearAlertOnceTheServerHasKeys() throws TlsException {
        TappedPair tapped = fresh();
        tapped.server().input(tapped.client().output());
        byte[] flight = tapped.server().output();
        tapped.client().input(Arrays.copyOf(flight, 5 + recordLength(flight, 0)));

        TappedPair.requireFailure(tapped.client(), clear(ALERT, "0228"), Problem.UNEXPECTED_RECORD);
    }

    /** Under the last keys: the type in the record, its content, the fault and its alert. */
    @ParameterizedTest
    @CsvSource({
        "0, '', NO_CONTENT_TYPE, UNEXPECTED_MESSAGE",
        "0, 0000, NO_CONTENT_TYPE, UNEXPECTED_MESSAGE",
        "20, 01, UNEXPECTED_RECORD, UNEXPECTED_MESSAGE",
        "22, '', EMPTY_RECORD, UNEXPECTED_MESSAGE",
        "21, '', EMPTY_RECORD, UNEXPECTED_MESSAGE",
        "24, 0100, UNKNOWN_RECORD_TYPE, UNEXPECTED_MESSAGE",
        "255, 0100, UNKNOWN_RECORD_TYPE, UNEXPECTED_MESSAGE",
        "21, 02, MALFORMED_ALERT, DECODE_ERROR",
        "21, 02280228, MALFORMED_ALERT, DECODE_ERROR",
        "22, 01ffffff, HANDSHAKE_MESSAGE_TOO_LONG, ILLEGAL_PARAMETER",
        "22, 18000001001800000100, MESSAGE_ACROSS_KEY_CHANGE, UNEXPECTED_MESSAGE",
        "22, 180000010018, MESSAGE_ACROSS_KEY_CHANGE, UNEXPECTED_MESSAGE",
        "22, 0500000000, UNEXPECTED_HANDSHAKE_MESSAGE, UNEXPECTED_MESSAGE",
        "22, 0000000000, UNKNOWN_HANDSHAKE_TYPE, UNEXPECTED_MESSAGE"
    })
    void aProtectedRecordBreaksNoRuleEither(int type, String content, Problem problem, AlertDescription alert)
            throws TlsException {
        for (Role victim : Role.values()) {
            TappedPair tapped = TappedPair.connected();
            ForgedRecords forged = tapped.application(other(victim));
            tapped.requireFailure(victim, forged.seal(type, content), problem, alert);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void contentTypeAndPaddingFitIntoOneByteMoreThan16Kibibytes(Role victim) throws TlsException {
        byte[] longest = new byte[(1 << 14) + 1];
        longest[100] = APPLICATION_DATA;
        TappedPair tapped = TappedPair.connected();
        ForgedRecords forged = tapped.application(other(victim));
        tapped.end(victim).input(forged.sealInner(longest));

        assertThat(tapped.end(victim).receivedBytes()).hasSize(100);
        tapped.requireFailure(
                victim,
                forged.sealInner(Arrays.copyOf(longest, longest.length + 1)),
                Problem.PLAINTEXT_TOO_LONG,
                AlertDescription.RECORD_OVERFLOW);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aProtectedRecordIsAtMost256BytesLongerThan16Kibibytes(Role victim) throws TlsException {
        TappedPair.connected()
                .requireFailure(
                        victim,
                        new byte[] {APPLICATION_DATA, 3, 3, 0x41, 1},
                        Problem.RECORD_TOO_LONG,
                        AlertDescription.RECORD_OVERFLOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 16_640})
    void junkUnderAKeyIsABadMac(int length) throws TlsException {
        byte[] junk = clear(APPLICATION_DATA, new byte[length]);

        for (Role victim : Role.values()) {
            TappedPair.connected()
                    .requireFailure(victim, junk, Problem.BAD_RECORD_MAC, AlertDescription.BAD_RECORD_MAC);
        }
    }

    @ParameterizedTest
    @CsvSource({"23, 616263", "21, 0100", "21, 015a"})
    void nothingComesBetweenTheFragmentsOfAMessageAfterTheHandshake(int type, String content) throws TlsException {
        for (Role victim : Role.values()) {
            TappedPair tapped = TappedPair.connected();
            ForgedRecords forged = tapped.application(other(victim));
            tapped.end(victim).input(forged.seal(HANDSHAKE, "180000"));
            tapped.requireFailure(
                    victim,
                    forged.seal(type, content),
                    Problem.INTERLEAVED_RECORD,
                    AlertDescription.UNEXPECTED_MESSAGE);
            assertThat(tapped.end(victim).receivedBytes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void anErrorMayStrikeInTheMiddleOfAMessage(Role victim) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        ForgedRecords forged = tapped.application(other(victim));
        tapped.end(victim).input(forged.seal(HANDSHAKE, "180000"));

        TlsException failed =
                TappedPair.requireFailure(tapped.end(victim), forged.seal(ALERT, "0250"), Problem.ALERT_RECEIVED);
        assertThat(failed.diagnosis().fact("alert")).isEqualTo("internal_error");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aMessageMayComeInFragments(int at) throws TlsException {
        byte[] update = Bytes.fromHex(KEY_UPDATE).toArray();
        TappedPair tapped = TappedPair.connected();
        ForgedRecords forged = tapped.application(Role.SERVER);
        tapped.client().input(forged.seal(HANDSHAKE, Arrays.copyOf(update, at)));
        tapped.client().input(forged.seal(HANDSHAKE, Arrays.copyOfRange(update, at, 5)));
        forged.update();
        tapped.client().input(forged.seal(APPLICATION_DATA, "6f6b"));

        assertThat(tapped.client().received()).isEqualTo("ok");
    }

    @Test
    void nothingMayStandBehindTheServersFinished() throws TlsException {
        // RFC 9846 5.1: messages before a change of keys align with the end of a record.
        TappedPair tapped = fresh();
        tapped.server().input(tapped.client().output());
        byte[] flight = tapped.server().output();
        int last = lastRecord(flight);
        byte[] inner = tapped.handshake(Role.SERVER).openInner(Arrays.copyOfRange(flight, last, flight.length));
        byte[] longer = join(
                Arrays.copyOf(inner, inner.length - 1),
                Bytes.fromHex(KEY_UPDATE).toArray());
        byte[] forged = tapped.handshake(Role.SERVER).seal(HANDSHAKE, longer);

        tapped.requireFailure(
                Role.CLIENT,
                join(Arrays.copyOf(flight, last), forged),
                Problem.MESSAGE_ACROSS_KEY_CHANGE,
                AlertDescription.UNEXPECTED_MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"18", KEY_UPDATE, "0100"})
    void nothingMayStandBehindAHello(String more) throws TlsException {
        TappedPair tapped = fresh();
        byte[] hello = tapped.client().output();
        byte[] longer = join(
                Arrays.copyOfRange(hello, 5, hello.length), Bytes.fromHex(more).toArray());
        TappedPair.requireFailure(tapped.server(), clear(HANDSHAKE, longer), Problem.MESSAGE_ACROSS_KEY_CHANGE);

        TappedPair second = fresh();
        second.server().input(second.client().output());
        byte[] answer = second.server().output();
        byte[] serverHello = join(
                Arrays.copyOfRange(answer, 5, 5 + recordLength(answer, 0)),
                Bytes.fromHex(more).toArray());
        TappedPair.requireFailure(second.client(), clear(HANDSHAKE, serverHello), Problem.MESSAGE_ACROSS_KEY_CHANGE);
    }

    @Test
    void nothingMayStandBehindTheClientsFinished() throws TlsException {
        TappedPair tapped = afterServersFlight();
        byte[] flight = tapped.client().output();
        int last = lastRecord(flight);
        byte[] inner = tapped.handshake(Role.CLIENT).openInner(Arrays.copyOfRange(flight, last, flight.length));
        byte[] longer = join(
                Arrays.copyOf(inner, inner.length - 1),
                Bytes.fromHex(KEY_UPDATE).toArray());
        byte[] forged = tapped.handshake(Role.CLIENT).seal(HANDSHAKE, longer);

        TappedPair.requireFailure(
                tapped.server(), join(Arrays.copyOf(flight, last), forged), Problem.MESSAGE_ACROSS_KEY_CHANGE);
        assertThat(tapped.server().engine().isEstablished()).isFalse();
    }

    private static TappedPair fresh() throws TlsException {
        return new TappedPair(Ends.client(), Ends.server());
    }

    /** The server waits for the client's Finished, which the client has ready. */
    private static TappedPair afterServersFlight() throws TlsException {
        TappedPair tapped = fresh();
        tapped.server().input(tapped.client().output());
        tapped.client().input(tapped.server().output());
        return tapped;
    }

    private static Role other(Role role) {
        return role == Role.CLIENT ? Role.SERVER : Role.CLIENT;
    }

    private static int recordLength(byte[] records, int offset) {
        return (records[offset + 3] & 0xff) << 8 | records[offset + 4] & 0xff;
    }

    private static int lastRecord(byte[] records) {
        int offset = 0;
        while (offset + 5 + recordLength(records, offset) < records.length) {
            offset += 5 + recordLength(records, offset);
        }
        return offset;
    }
}
