package dev.akushu.tls.engine;

import static dev.akushu.tls.engine.ForgedRecords.ALERT;
import static dev.akushu.tls.engine.ForgedRecords.APPLICATION_DATA;
import static dev.akushu.tls.engine.ForgedRecords.CHANGE_CIPHER_SPEC;
import static dev.akushu.tls.engine.ForgedRecords.HANDSHAKE;
import static dev.akushu.tls.engine.ForgedRecords.clear;
import static dev.akushu.tls.engine.ForgedRecords.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are allowed, and what a peer must not do with them: too many, too early, too late. */
class HostileFloodsTest {
    private static final byte[] CCS = clear(CHANGE_CIPHER_SPEC, "01");
    private static final byte[] NOTHING = new byte[0];

    @Test
    void aChangeCipherSpecBetweenAnyTwoRecordsOfAHandshakeIsDropped() throws TlsException {
        // RFC 9846 5: from the first ClientHello until the peer's Finished.
        TappedPair tapped = fresh();
        tapped.client().input(CCS);
        tapped.server().input(join(tapped.client().output(), CCS, CCS));
        tapped.client().input(between(tapped.server().output()));
        tapped.server().input(between(tapped.client().output()));
        tapped.client().input(tapped.server().output());

        assertThat(tapped.client().engine().isEstablished()).isTrue();
        assertThat(tapped.server().engine().isEstablished()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aChangeCipherSpecAfterFinishedIsRefused(Role victim) throws TlsException {
        TappedPair.connected()
                .requireFailure(victim, CCS, Problem.UNEXPECTED_RECORD, AlertDescription.UNEXPECTED_MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "02", "0101", "ff"})
    void aChangeCipherSpecHoldsTheByteOne(String content) throws TlsException {
        for (Role victim : Role.values()) {
            TappedPair tapped = fresh();
            if (victim == Role.SERVER) {
                tapped.server().input(tapped.client().output());
            }
            TappedPair.requireFailure(
                    tapped.end(victim), clear(CHANGE_CIPHER_SPEC, content), Problem.MALFORMED_CHANGE_CIPHER_SPEC);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void changeCipherSpecsWithoutEndAreRefused(Role victim) throws TlsException {
        TappedPair tapped = fresh();
        if (victim == Role.SERVER) {
            tapped.server().input(tapped.client().output());
        }

        assertThat(untilFailure(tapped.end(victim), () -> CCS, Problem.TOO_MANY_EMPTY_RECORDS))
                .isEqualTo(32);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void emptyRecordsArePaddingUntilTheyAreTooMany(Role victim) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        ForgedRecords forged = tapped.application(other(victim));

        int accepted = untilFailure(
                tapped.end(victim), () -> forged.seal(APPLICATION_DATA, NOTHING), Problem.TOO_MANY_EMPTY_RECORDS);
        assertThat(accepted)
                .as("the handshake's change_cipher_spec does not count")
                .isEqualTo(32);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void dataBetweenEmptyRecordsBeginsTheCountAnew(Role victim) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        ForgedRecords forged = tapped.application(other(victim));
        for (int i = 0; i < 200; i++) {
            tapped.end(victim).input(forged.seal(APPLICATION_DATA, i % 20 == 0 ? new byte[1] : NOTHING));
        }

        assertThat(tapped.end(victim).receivedBytes()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({"CLIENT, 1800000100", "CLIENT, 1800000101", "SERVER, 1800000100", "SERVER, 1800000101"})
    void keyUpdatesWithoutDataAreRefusedWhenTheyAreTooMany(Role victim, String update) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        ForgedRecords forged = tapped.application(other(victim));

        int accepted = untilFailure(tapped.end(victim), () -> updated(forged, update), Problem.TOO_MANY_KEY_UPDATES);
        assertThat(accepted).isEqualTo(32);
    }

    @Test
    void ticketsWithoutDataAreRefusedWhenTheyAreTooMany() throws TlsException {
        TappedPair tapped = TappedPair.connected();
        ForgedRecords forged = tapped.application(Role.SERVER);
        String ticket = "0400000e" + "00000064" + "00000000" + "00" + "0001" + "55" + "0000";

        assertThat(untilFailure(
                        tapped.client(),
                        () -> forged.seal(HANDSHAKE, ticket),
                        Problem.TOO_MANY_POST_HANDSHAKE_MESSAGES))
                .isEqualTo(64);
    }

    @Test
    void manyTicketsInOneRecordAreAsManyAsInRecordsOfTheirOwn() throws TlsException {
        TappedPair tapped = TappedPair.connected();
        String ticket = "0400000e" + "00000064" + "00000000" + "00" + "0001" + "55" + "0000";
        byte[] record = tapped.application(Role.SERVER).seal(HANDSHAKE, ticket.repeat(800));

        tapped.requireFailure(
                Role.CLIENT, record, Problem.TOO_MANY_POST_HANDSHAKE_MESSAGES, AlertDescription.UNEXPECTED_MESSAGE);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void canceledAgainAndAgainIsRefused(Role victim) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        ForgedRecords forged = tapped.application(other(victim));

        assertThat(untilFailure(tapped.end(victim), () -> forged.seal(ALERT, "015a"), Problem.TOO_MANY_WARNINGS))
                .isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void theAlertAfterAFloodIsProperlySealed(Role victim) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        ForgedRecords forged = tapped.application(other(victim));
        byte[] flood = NOTHING;
        for (int i = 0; i < 40; i++) {
            flood = join(flood, updated(forged, "1800000101"));
        }

        tapped.requireFailure(victim, flood, Problem.TOO_MANY_KEY_UPDATES, AlertDescription.UNEXPECTED_MESSAGE);
    }

    /** RFC 9846 6: the level decides nothing, and what is unknown is fatal. */
    @ParameterizedTest
    @CsvSource({
        "0228, handshake_failure",
        "0128, handshake_failure",
        "0028, handshake_failure",
        "0150, internal_error",
        "0164, unknown",
        "02ff, unknown",
        "0116, record_overflow"
    })
    void everyErrorIsFatalAtEveryLevel(String alert, String name) throws TlsException {
        for (Role victim : Role.values()) {
            TappedPair tapped = TappedPair.connected();
            byte[] record = tapped.application(other(victim)).seal(ALERT, alert);

            TlsException failed = TappedPair.requireFailure(tapped.end(victim), record, Problem.ALERT_RECEIVED);
            assertThat(failed.diagnosis().fact("alert")).isEqualTo(name);
            assertThat(tapped.end(victim).output()).isEmpty();
        }
    }

    @Test
    void nothingIsSentAfterAnErrorThatCame() throws TlsException {
        // RFC 9846 6: not even the flight that was ready.
        TappedPair tapped = fresh();
        tapped.server().input(tapped.client().output());
        tapped.client().input(tapped.server().output());
        ForgedRecords forged = tapped.application(Role.SERVER);
        TappedPair.requireFailure(tapped.client(), forged.seal(ALERT, "0228"), Problem.ALERT_RECEIVED);

        assertThat(tapped.client().engine().hasOutput()).isFalse();
        assertThat(tapped.client().output()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void closeNotifyIsTheEndAtEveryLevelAndWhatFollowsIsIgnored(Role victim) throws TlsException {
        for (String alert : new String[] {"0100", "0200", "0000"}) {
            TappedPair tapped = TappedPair.connected();
            ForgedRecords forged = tapped.application(other(victim));
            tapped.end(victim).input(forged.seal(APPLICATION_DATA, "6f6b"));
            tapped.end(victim).input(forged.seal(ALERT, alert));
            tapped.end(victim)
                    .input(join(
                            forged.seal(APPLICATION_DATA, "6e6f"),
                            clear(APPLICATION_DATA, "00"),
                            clear(HANDSHAKE, "00")));

            assertThat(tapped.end(victim).received()).isEqualTo("ok");
            assertThat(tapped.end(victim).engine().isInputClosed()).isTrue();
            assertThat(tapped.end(victim).engine().failure()).isEmpty();
        }
    }

    @Test
    void aHandshakeThatIsCanceledAndClosedIsNoCompromise() throws TlsException {
        TappedPair tapped = fresh();
        tapped.server().input(tapped.client().output());
        tapped.server().output();
        tapped.server().input(clear(ALERT, "015a"));

        TappedPair.requireFailure(tapped.server(), clear(ALERT, "0100"), Problem.CLOSED_DURING_HANDSHAKE);
        assertThat(tapped.server().output()).isEmpty();
    }

    @Test
    void closeNotifyInsteadOfFinishedIsNoHandshake() throws TlsException {
        TappedPair tapped = fresh();
        tapped.server().input(tapped.client().output());
        tapped.client().input(tapped.server().output());

        TappedPair.requireFailure(
                tapped.server(), tapped.handshake(Role.CLIENT).seal(ALERT, "0100"), Problem.CLOSED_DURING_HANDSHAKE);
    }

    /** How many of {@code records} the victim takes before the problem. */
    private static int untilFailure(EnginePair.End victim, Forge records, Problem problem) {
        for (int count = 0; count < 1000; count++) {
            byte[] record = records.next();
            TlsException failed = catchThrowableOfType(TlsException.class, () -> victim.input(record));
            if (failed != null) {
                assertThat(failed.problem()).isEqualTo(problem);
                return count;
            }
        }
        throw new AssertionError("there is no end");
    }

    private static byte[] updated(ForgedRecords forged, String update) {
        byte[] record = forged.seal(HANDSHAKE, Bytes.fromHex(update).toArray());
        forged.update();
        return record;
    }

    /** With a change_cipher_spec around every record. */
    private static byte[] between(byte[] records) {
        byte[] joined = CCS;
        for (int offset = 0; offset < records.length; ) {
            int end = offset + 5 + ((records[offset + 3] & 0xff) << 8 | records[offset + 4] & 0xff);
            boolean last = end == records.length;
            joined = join(joined, Arrays.copyOfRange(records, offset, end), last ? NOTHING : CCS);
            offset = end;
        }
        return joined;
    }

    private static TappedPair fresh() throws TlsException {
        return new TappedPair(Ends.client(), Ends.server());
    }

    private static Role other(Role role) {
        return role == Role.CLIENT ? Role.SERVER : Role.CLIENT;
    }

    /** Makes one record after another. */
    private interface Forge {
        byte[] next();
    }
}
