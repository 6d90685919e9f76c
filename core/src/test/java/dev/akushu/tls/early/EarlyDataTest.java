package dev.akushu.tls.early;

import static dev.akushu.tls.EarlyDataOutcome.ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Data in the client's first flight. RFC 9846 sections 2.3, 4.3.10 and 4.6. */
class EarlyDataTest {
    private static final int LIMIT = EarlyEnds.LIMIT;

    private final EarlyEnds ends = new EarlyEnds();

    @Test
    void arrivesBeforeTheClientHasHeardAnything() throws TlsException {
        EnginePair pair = ends.withTicket().offering("hello");
        pair.server().input(pair.client().output());

        assertThat(pair.server().engine().earlyData()).contains(ACCEPTED);
        assertThat(EarlyEnds.earlyData(pair)).isEqualTo("hello");
        assertThat(pair.server().engine().isEstablished()).isFalse();
        assertThat(pair.server().engine().isEarlyDataComplete()).isFalse();
    }

    @Test
    void bothEndsSayWhatBecameOfIt() throws TlsException {
        EnginePair pair = ends.withTicket().offering("hello");
        pair.server().input(pair.client().output());
        assertThat(pair.client().engine().earlyData()).isEmpty();
        assertThat(EarlyEnds.earlyData(pair)).isEqualTo("hello");
        pair.shakeHands();

        EarlyDataReport expected = new EarlyDataReport(ACCEPTED, 5, false);
        assertThat(pair.client().session().earlyData()).isEqualTo(expected);
        assertThat(pair.server().session().earlyData()).isEqualTo(expected);
        assertThat(pair.client().engine().earlyData()).contains(ACCEPTED);
        assertThat(pair.server().engine().isEarlyDataComplete()).isTrue();
    }

    @Test
    void ordinaryDataFollowsIt() throws TlsException {
        EnginePair pair = ends.accepted("early ");
        pair.server().input(pair.client().seal("late"));
        pair.client().input(pair.server().seal("answer"));

        assertThat(pair.server().received()).isEqualTo("late");
        assertThat(pair.client().received()).isEqualTo("answer");
    }

    @Test
    void ofManyRecordsArrivesWhole() throws TlsException {
        String much = "0123456789".repeat(LIMIT / 10);
        EnginePair pair = ends.withTicket().offering(much);
        pair.shakeHands();

        assertThat(EarlyEnds.earlyData(pair)).isEqualTo(much);
        assertThat(pair.client().session().earlyData().bytes()).isEqualTo(LIMIT);
    }

    @Test
    void mayBeEmpty() throws TlsException {
        EnginePair pair = ends.withTicket().offering("");
        pair.shakeHands();

        assertThat(pair.server().session().earlyData()).isEqualTo(new EarlyDataReport(ACCEPTED, 0, false));
        assertThat(pair.client().session().earlyData().accepted()).isTrue();
    }

    @Test
    void isAnsweredBeforeTheClientHasFinished() throws TlsException {
        EnginePair pair = ends.withTicket().offering("question");
        pair.server().input(pair.client().output());
        byte[] flight = pair.server().output();
        byte[] answer = EarlyEnds.answer(pair, "answer");
        assertThat(pair.server().engine().isEstablished()).isFalse();
        pair.client().input(flight);
        pair.client().input(answer);

        assertThat(pair.client().received()).isEqualTo("answer");
        EarlyEnds.earlyData(pair);
        pair.shakeHands();
        pair.client().input(pair.server().seal(" and more"));
        assertThat(pair.client().received()).isEqualTo("answer and more");
    }

    @Test
    void cannotBeAnsweredEarlyWhereNoneWasAccepted() throws TlsException {
        EnginePair pair = ends.pair();
        pair.server().input(pair.client().output());

        TlsException refused = catchThrowableOfType(TlsException.class, () -> EarlyEnds.answer(pair, "answer"));
        assertThat(refused.problem()).isEqualTo(Problem.NO_HALF_RTT_DATA);
        pair.shakeHands();
        assertThat(pair.server().engine().isEstablished()).isTrue();
        pair.client().input(EarlyEnds.answer(pair, "answer"));
        assertThat(pair.client().received()).isEqualTo("answer");
    }

    @Test
    void thatNobodyReadIsNotSkippedByAccident() throws TlsException {
        EnginePair pair = ends.withTicket().offering("early");
        pair.shakeHands();
        byte[] late = pair.client().seal("late");

        TlsException unread =
                catchThrowableOfType(TlsException.class, () -> pair.server().input(late));
        assertThat(unread.problem()).isEqualTo(Problem.EARLY_DATA_UNREAD);
        assertThat(pair.server().engine().failure()).isEmpty();
        assertThat(EarlyEnds.earlyData(pair)).isEqualTo("early");
        pair.server().input(new byte[0]);
        assertThat(pair.server().received()).isEqualTo("late");
    }

    @Test
    void isReadInPieces() throws TlsException {
        EnginePair pair = ends.withTicket().offering("hello");
        pair.server().input(pair.client().output());
        TlsEngine server = pair.server().engine();
        ByteBuffer two = ByteBuffer.allocate(2);

        assertThat(server.earlyDataAvailable()).isEqualTo(5);
        assertThat(server.readEarlyData(two)).isEqualTo(2);
        assertThat(server.earlyDataAvailable()).isEqualTo(3);
        assertThat(server.readEarlyData(two)).isZero();
        assertThat(new String(two.array(), StandardCharsets.UTF_8)).isEqualTo("he");
        assertThat(EarlyEnds.earlyData(pair)).isEqualTo("llo");
    }

    @Test
    void isNotToBeReadWhereNoneWasAccepted() throws TlsException {
        EnginePair pair = ends.pair();
        pair.shakeHands();

        TlsException refused = catchThrowableOfType(
                TlsException.class, () -> pair.server().engine().readEarlyData(ByteBuffer.allocate(1)));
        assertThat(refused.problem()).isEqualTo(Problem.NO_EARLY_DATA);
        assertThat(pair.server().engine().earlyData()).contains(EarlyDataOutcome.NOT_OFFERED);
        assertThat(pair.server().engine().isEarlyDataComplete()).isTrue();
        assertThat(pair.client().session().earlyData()).isEqualTo(EarlyDataReport.none());
    }

    @Test
    void bothEndsExportTheSameEarly() throws TlsException {
        EnginePair pair = ends.withTicket().offering("hello");
        byte[] atClient = exported(pair.client());
        pair.server().input(pair.client().output());
        byte[] atServer = exported(pair.server());
        EarlyEnds.earlyData(pair);
        pair.shakeHands();

        assertThat(atClient).hasSize(32).isEqualTo(atServer).isEqualTo(exported(pair.client()));
        assertThat(pair.client().engine().exportKeyingMaterial("EXPERIMENTAL test", new byte[0], 32))
                .isNotEqualTo(atClient);
    }

    @Test
    void nothingIsExportedEarlyOnceItWasRefused() throws TlsException {
        EnginePair pair = ends.withTicket().refusing().offering("hello");
        pair.shakeHands();

        for (EnginePair.End end : List.of(pair.client(), pair.server())) {
            TlsException refused = catchThrowableOfType(TlsException.class, () -> exported(end));
            assertThat(refused.problem()).isEqualTo(Problem.NO_EARLY_DATA);
        }
    }

    @Test
    void itsSecretsAreInTheKeyLogsOfBothEnds() throws TlsException {
        List<String> atClient = new ArrayList<>();
        List<String> atServer = new ArrayList<>();
        ends.withTicket()
                .client(client -> client.keyLog(atClient::add))
                .server(server -> server.keyLog(atServer::add))
                .offering("hello")
                .shakeHands();

        assertThat(new TreeSet<>(atClient)).isEqualTo(new TreeSet<>(atServer));
        assertThat(atClient.stream().map(line -> line.split(" ", -1)[0]))
                .contains("CLIENT_EARLY_TRAFFIC_SECRET", "EARLY_EXPORTER_SECRET");
    }

    @Test
    void ticketsGivenAfterItAreGoodForItToo() throws TlsException {
        ends.withTicket();
        for (int round = 0; round < 3; round++) {
            EnginePair pair = ends.offering("round " + round);
            pair.shakeHands();
            assertThat(pair.server().session().earlyData().outcome()).isEqualTo(ACCEPTED);
            assertThat(EarlyEnds.earlyData(pair)).isEqualTo("round " + round);
        }
    }

    @Test
    void isForOneOfTheProtocolsOnOffer() {
        TlsClient two =
                ends.clientBuilder().applicationProtocols("h2", "http/1.1").build();
        EarlyData nameless = EarlyData.of(new byte[1]);
        assertThatIllegalArgumentException().isThrownBy(() -> two.engine("localhost", 443, nameless));
        for (String protocol : Set.of("h3", "")) {
            EarlyData other = EarlyData.of(new byte[1], protocol);
            assertThatIllegalArgumentException().isThrownBy(() -> two.engine("localhost", 443, other));
        }
    }

    private static byte[] exported(EnginePair.End end) throws TlsException {
        return end.engine().exportEarlyKeyingMaterial("EXPERIMENTAL test", new byte[0], 32);
    }
}
