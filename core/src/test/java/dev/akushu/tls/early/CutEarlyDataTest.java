package dev.akushu.tls.early;

import static dev.akushu.tls.EarlyDataOutcome.ACCEPTED;
import static dev.akushu.tls.EarlyDataOutcome.NO_TICKET;
import static dev.akushu.tls.EarlyDataOutcome.REFUSED_BY_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataReport;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import org.junit.jupiter.api.Test;

/** Early data of which the beginning is sent if a ticket does not allow all of it. RFC 9846 section 4.3.10. */
class CutEarlyDataTest {
    private static final int LIMIT = EarlyEnds.LIMIT;
    private static final String MUCH = "0123456789".repeat(LIMIT / 10 + 100);

    private final EarlyEnds ends = new EarlyEnds();

    @Test
    void asMuchOfTheBeginningIsSentAsTheTicketAllows() throws TlsException {
        EnginePair pair = ends.withTicket().offering(cut(MUCH));
        pair.shakeHands();

        assertThat(EarlyEnds.earlyData(pair)).isEqualTo(MUCH.substring(0, LIMIT));
        assertThat(pair.client().session().earlyData()).isEqualTo(new EarlyDataReport(ACCEPTED, LIMIT, false));
    }

    @Test
    void whatTheTicketAllowsIsSentWhole() throws TlsException {
        EnginePair pair = ends.withTicket().offering(cut("short"));
        pair.shakeHands();

        assertThat(EarlyEnds.earlyData(pair)).isEqualTo("short");
        assertThat(pair.client().session().earlyData().bytes()).isEqualTo(5);
    }

    @Test
    void noMoreIsSentThanOneKeyMayProtect() throws TlsException {
        EnginePair pair = ends.server(server -> server.earlyData(1 << 20))
                .withTicket()
                .client(client -> client.recordsPerKey(16))
                .offering(cut("x".repeat(1 << 20)));
        pair.shakeHands();

        long sent = pair.client().session().earlyData().bytes();
        assertThat(pair.client().session().earlyData().accepted()).isTrue();
        assertThat(sent).isPositive().isLessThanOrEqualTo(16 << 14);
        assertThat(EarlyEnds.earlyData(pair)).hasSize((int) sent);
    }

    @Test
    void afterARefusalAllOfItIsSentAgainIfItMayBe() throws TlsException {
        EnginePair pair = ends.withTicket().refusing().offering(cut(MUCH).resendIfRefused());
        pair.shakeHands();

        assertThat(pair.server().received()).isEqualTo(MUCH);
        assertThat(pair.client().session().earlyData()).isEqualTo(new EarlyDataReport(REFUSED_BY_SERVER, LIMIT, true));
    }

    @Test
    void withoutATicketNothingIsSentEarly() throws TlsException {
        EnginePair pair = ends.offering(cut(MUCH));
        pair.shakeHands();

        assertThat(pair.client().session().earlyData()).isEqualTo(new EarlyDataReport(NO_TICKET, 0, false));
    }

    private static EarlyData cut(String text) {
        return EarlyData.of(EarlyEnds.bytes(text)).cutToFit();
    }
}
