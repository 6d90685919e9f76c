package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.BAD_RECORD_MAC;
import static dev.akushu.tls.AlertDescription.ILLEGAL_PARAMETER;
import static dev.akushu.tls.AlertDescription.UNEXPECTED_MESSAGE;
import static dev.akushu.tls.AlertDescription.UNSUPPORTED_EXTENSION;
import static dev.akushu.tls.engine.ForgedRecords.ALERT;
import static dev.akushu.tls.engine.ForgedRecords.APPLICATION_DATA;
import static dev.akushu.tls.engine.ForgedRecords.CHANGE_CIPHER_SPEC;
import static dev.akushu.tls.engine.ForgedRecords.HANDSHAKE;
import static dev.akushu.tls.engine.ForgedRecords.clear;
import static dev.akushu.tls.engine.ForgedRecords.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Policy;
import dev.akushu.tls.Problem;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.Role;
import dev.akushu.tls.TicketKeys;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.wire.EarlyDataIndication;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.SelectedProtocolName;
import dev.akushu.tls.wire.ServerHello;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What neither end may do with early data. RFC 9846 sections 4.3.10, 4.6 and 4.7.1. */
class MisbehavingEarlyDataTest {
    private static final int LIMIT = 100;
    private static final EarlyData HELLO = EarlyData.of("hello".getBytes(StandardCharsets.UTF_8));
    private static final String END_OF_EARLY_DATA = "05000000";
    private static final String FINISHED = "14000020" + "00".repeat(32);
    private static final String KEY_UPDATE = "1800000100";
    private static final Deception.Change ACCEPTED = Deception.Change.of(
            EncryptedExtensions.class,
            honest -> new EncryptedExtensions(
                    Altered.with(new EarlyDataIndication()).apply(honest.extensions())));

    @Test
    void aServerTakesNoMoreThanItAllowed() throws TlsException {
        TappedPair tapped = accepted();
        ForgedRecords client = afterHello(tapped);
        tapped.server().input(client.seal(APPLICATION_DATA, new byte[LIMIT - 5]));
        assertThat(tapped.server().engine().earlyDataAvailable()).isEqualTo(LIMIT);

        requireFailure(tapped, client.seal(APPLICATION_DATA, "00"), Problem.EARLY_DATA_TOO_LONG, UNEXPECTED_MESSAGE);
    }

    @Test
    void paddingDoesNotCount() throws TlsException {
        TappedPair tapped = accepted();
        byte[] inner = new byte[1000];
        inner[0] = 1;
        inner[1] = APPLICATION_DATA;
        tapped.server().input(afterHello(tapped).sealInner(inner));
        assertThat(tapped.server().engine().earlyDataAvailable()).isEqualTo(6);
    }

    @Test
    void emptyRecordsDoNotComeForEver() throws TlsException {
        TappedPair tapped = accepted();
        ForgedRecords client = afterHello(tapped);
        for (int i = 0; i < 30; i++) {
            tapped.server().input(client.seal(APPLICATION_DATA, ""));
        }
        byte[] more = join(
                client.seal(APPLICATION_DATA, ""),
                client.seal(APPLICATION_DATA, ""),
                client.seal(APPLICATION_DATA, ""));
        TappedPair.requireFailure(tapped.server(), more, Problem.TOO_MANY_EMPTY_RECORDS);
    }

    @Test
    void aRecordThatDoesNotDecryptIsNoLongerSkippedOnceEarlyDataWasAccepted() throws TlsException {
        TappedPair tapped = accepted();
        requireFailure(tapped, clear(APPLICATION_DATA, new byte[50]), Problem.BAD_RECORD_MAC, BAD_RECORD_MAC);
    }

    @Test
    void theHandshakeDoesNotGoOnUnderTheEarlyKeys() throws TlsException {
        for (String message : List.of(FINISHED, KEY_UPDATE)) {
            TappedPair tapped = accepted();
            requireFailure(
                    tapped,
                    afterHello(tapped).seal(HANDSHAKE, message),
                    Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                    UNEXPECTED_MESSAGE);
        }
    }

    @Test
    void nothingFollowsTheEndInItsRecord() throws TlsException {
        TappedPair tapped = accepted();
        requireFailure(
                tapped,
                afterHello(tapped).seal(HANDSHAKE, END_OF_EARLY_DATA + FINISHED),
                Problem.MESSAGE_ACROSS_KEY_CHANGE,
                UNEXPECTED_MESSAGE);
    }

    @Test
    void theEndHasNoContent() throws TlsException {
        TappedPair tapped = accepted();
        TlsException failed = TappedPair.requireFailure(
                tapped.server(), afterHello(tapped).seal(HANDSHAKE, "0500000100"), Problem.TRAILING_BYTES);
        assertThat(failed.problem().alert()).isEqualTo(AlertDescription.DECODE_ERROR);
    }

    @Test
    void noDataComesBetweenTheEndAndTheClientsFinished() throws TlsException {
        TappedPair tapped = ended();
        requireFailure(
                tapped,
                tapped.handshake(Role.CLIENT).seal(APPLICATION_DATA, "00"),
                Problem.UNEXPECTED_RECORD,
                UNEXPECTED_MESSAGE);
    }

    @Test
    void thereIsOneEnd() throws TlsException {
        TappedPair tapped = ended();
        requireFailure(
                tapped,
                tapped.handshake(Role.CLIENT).seal(HANDSHAKE, END_OF_EARLY_DATA),
                Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                UNEXPECTED_MESSAGE);
    }

    @Test
    void theEarlyKeysEndWithTheEnd() throws TlsException {
        TappedPair tapped = accepted();
        ForgedRecords client = afterHello(tapped);
        tapped.server().input(client.seal(HANDSHAKE, END_OF_EARLY_DATA));
        requireFailure(tapped, client.seal(APPLICATION_DATA, "00"), Problem.BAD_RECORD_MAC, BAD_RECORD_MAC);
    }

    @Test
    void aClientMaySendItsAlertInTheClearOrUnderTheEarlyKeys() throws TlsException {
        TappedPair early = accepted();
        TappedPair.requireFailure(early.server(), afterHello(early).seal(ALERT, "0228"), Problem.ALERT_RECEIVED);
        TappedPair open = accepted();
        open.server().input(afterHello(open).seal(APPLICATION_DATA, "00"));
        TappedPair.requireFailure(open.server(), clear(ALERT, "0228"), Problem.ALERT_RECEIVED);
        TappedPair late = ended();
        TappedPair.requireFailure(late.server(), clear(ALERT, "0228"), Problem.UNEXPECTED_RECORD);
    }

    @Test
    void aDummyChangeCipherSpecMayComeBetween() throws TlsException {
        TappedPair tapped = accepted();
        ForgedRecords client = afterHello(tapped);
        tapped.server()
                .input(join(
                        client.seal(APPLICATION_DATA, "00"),
                        clear(CHANGE_CIPHER_SPEC, "01"),
                        client.seal(APPLICATION_DATA, "00")));
        assertThat(tapped.server().engine().earlyDataAvailable()).isEqualTo(7);
    }

    @Test
    void aServerDoesNotAcceptWhatWasNotOffered() throws TlsException {
        requireFound(Scenario.FULL.begin(), Problem.UNSOLICITED_EXTENSION, UNSUPPORTED_EXTENSION);
        requireFound(Scenario.RESUMPTION.begin(), Problem.UNSOLICITED_EXTENSION, UNSUPPORTED_EXTENSION);
    }

    @Test
    void aServerDoesNotAcceptInAFullHandshake() throws TlsException {
        TlsClient client = Ends.client().build();
        new Talk(client, taking().build()).finish();
        TlsServer forgetful = taking().ticketKeys(TicketKeys.rotating()).build();
        requireFound(new Talk(client, forgetful, HELLO), Problem.EARLY_DATA_WRONGLY_ACCEPTED, ILLEGAL_PARAMETER);
    }

    /** RFC 9846 appendix E.3. */
    @Test
    void anOlderServerHelloEndsIt() throws TlsException {
        Deception.Change older = Deception.Change.of(
                ServerHello.class,
                hello -> Altered.extensions(
                        hello, Altered.without(ExtensionType.SUPPORTED_VERSIONS, ExtensionType.KEY_SHARE)));
        TappedPair tapped = accepted();
        byte[] flight = tapped.server().output();
        int end = 5 + ((flight[3] & 0xff) << 8 | flight[4] & 0xff);
        byte[] hello = older.onTheWay(Arrays.copyOfRange(flight, 5, end));

        TlsException failed =
                TappedPair.requireFailure(tapped.client(), clear(HANDSHAKE, hello), Problem.SERVER_TOO_OLD);

        assertThat(failed.problem().alert()).isEqualTo(AlertDescription.PROTOCOL_VERSION);
    }

    @Test
    void aServerDoesNotAcceptAndChooseAnotherSuite() throws TlsException {
        TlsClient client = Ends.client().build();
        TlsServer server = taking().build();
        new Talk(client, server).finish();
        TlsServer other = server.toBuilder()
                .policy(Policy.MODERN_2026_11.withSuites(List.of(CipherSuite.TLS_CHACHA20_POLY1305_SHA256)))
                .build();
        requireFound(new Talk(client, other, HELLO), Problem.EARLY_DATA_WRONGLY_ACCEPTED, ILLEGAL_PARAMETER);
    }

    @Test
    void aServerDoesNotAcceptAndChooseAnotherProtocol() throws TlsException {
        TlsClient client = Ends.client().applicationProtocols("h2", "http/1.1").build();
        TlsServer server = taking().applicationProtocols("h2", "http/1.1").build();
        new Talk(client, server).finish();
        TlsServer other =
                server.toBuilder().applicationProtocols("http/1.1", "h2").build();
        EarlyData inH2 = EarlyData.of(new byte[1], "h2");
        requireFound(new Talk(client, other, inH2), Problem.EARLY_DATA_WRONGLY_ACCEPTED, ILLEGAL_PARAMETER);
    }

    @Test
    void aClientThatFailsBeforeTheServersWordTellsUnderTheEarlyKeys() throws TlsException {
        TappedPair tapped = tapped();
        tapped.server().input(tapped.client().output());
        byte[] flight = tapped.server().output();
        // The last byte belongs to the server's Finished, or whatever else is protected.
        flight[flight.length - 1] ^= 1;
        TappedPair.requireFailure(tapped.client(), flight, Problem.BAD_RECORD_MAC);
        TappedPair.requireFailure(tapped.server(), tapped.client().output(), Problem.ALERT_RECEIVED);
    }

    @Test
    void aClientThatFindsAFaultInARefusalTellsUnderTheKeysOfTheHandshake() throws TlsException {
        TappedPair tapped = new TappedPair(
                Ends.client().build(),
                taking().replayGuard(hello -> CompletableFuture.completedFuture(ReplayGuard.Answer.CANNOT_TELL)),
                HELLO);
        tapped.server().input(tapped.client().output());
        byte[] flight = tapped.server().output();
        EncryptedExtensions unasked =
                new EncryptedExtensions(Extensions.of(new SelectedProtocolName(Alpn.bytes("h2"))));
        byte[] forged = tapped.handshake(Role.SERVER).seal(HANDSHAKE, HandshakeCodec.encode(unasked));
        TappedPair.requireFailure(tapped.client(), join(clearRecords(flight), forged), Problem.UNSOLICITED_EXTENSION);
        TlsException told =
                TappedPair.requireFailure(tapped.server(), tapped.client().output(), Problem.ALERT_RECEIVED);
        assertThat(told.diagnosis().fact("code")).isEqualTo(UNSUPPORTED_EXTENSION.code());
    }

    /** The flight up to its first protected record. */
    private static byte[] clearRecords(byte[] flight) {
        int end = 0;
        while (flight[end] != APPLICATION_DATA) {
            end += 5 + ((flight[end + 3] & 0xff) << 8 | flight[end + 4] & 0xff);
        }
        return Arrays.copyOf(flight, end);
    }

    private static void requireFound(Talk talk, Problem problem, AlertDescription alert) throws TlsException {
        TlsException failed = ACCEPTED.fate(Role.CLIENT, talk);
        assertThat(failed).as("it was accepted").isNotNull();
        assertThat(failed.problem()).as(failed.getMessage()).isEqualTo(problem);
        assertThat(failed.problem().alert()).isEqualTo(alert);
    }

    private static void requireFailure(TappedPair tapped, byte[] bytes, Problem problem, AlertDescription alert)
            throws TlsException {
        tapped.client().input(tapped.server().output());
        tapped.requireFailure(Role.SERVER, bytes, problem, alert);
    }

    private static TlsServer.Builder taking() {
        return Ends.server().earlyData(LIMIT);
    }

    private static TappedPair tapped() throws TlsException {
        return new TappedPair(Ends.client().build(), taking(), HELLO);
    }

    /** The server has accepted early data, and the client's first has come. */
    private static TappedPair accepted() throws TlsException {
        TappedPair tapped = tapped();
        tapped.server().input(tapped.client().output());
        assertThat(tapped.server().engine().earlyData()).contains(EarlyDataOutcome.ACCEPTED);
        return tapped;
    }

    /** The client's early records in other hands, after its own first one. */
    private static ForgedRecords afterHello(TappedPair tapped) {
        ForgedRecords client = tapped.early();
        client.seal(APPLICATION_DATA, "");
        return client;
    }

    /** The client has ended its early data. */
    private static TappedPair ended() throws TlsException {
        TappedPair tapped = accepted();
        EnginePair.End server = tapped.server();
        server.input(afterHello(tapped).seal(HANDSHAKE, END_OF_EARLY_DATA));
        assertThat(server.engine().isEarlyDataComplete()).isTrue();
        return tapped;
    }
}
