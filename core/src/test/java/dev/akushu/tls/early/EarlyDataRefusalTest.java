package dev.akushu.tls.early;

import static dev.akushu.tls.EarlyDataOutcome.ACCEPTED;
import static dev.akushu.tls.EarlyDataOutcome.AGE_MISMATCH;
import static dev.akushu.tls.EarlyDataOutcome.NO_TICKET;
import static dev.akushu.tls.EarlyDataOutcome.OTHER_APPLICATION_PROTOCOL;
import static dev.akushu.tls.EarlyDataOutcome.OTHER_SERVER_NAME;
import static dev.akushu.tls.EarlyDataOutcome.OTHER_SUITE;
import static dev.akushu.tls.EarlyDataOutcome.REFUSED_BY_SERVER;
import static dev.akushu.tls.EarlyDataOutcome.REPLAYED;
import static dev.akushu.tls.EarlyDataOutcome.REPLAY_UNKNOWN;
import static dev.akushu.tls.EarlyDataOutcome.RETRY;
import static dev.akushu.tls.EarlyDataOutcome.SESSION_NOT_RESUMED;
import static dev.akushu.tls.EarlyDataOutcome.TICKET_ALLOWS_MORE;
import static dev.akushu.tls.EarlyDataOutcome.TICKET_WITHOUT_EARLY_DATA;
import static dev.akushu.tls.EarlyDataOutcome.TOO_LONG_FOR_KEY;
import static dev.akushu.tls.EarlyDataOutcome.TOO_LONG_FOR_TICKET;
import static dev.akushu.tls.EarlyDataOutcome.TURNED_OFF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TicketKeys;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Work;
import dev.akushu.tls.testing.EnginePair;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reason for which early data is not sent or not taken; the handshake goes on, and each end says what it knows. RFC 9846 sections 4.3.10 and 8. */
class EarlyDataRefusalTest {
    private final EarlyEnds ends = new EarlyEnds();

    @Test
    void withoutATicketNothingIsOffered() throws TlsException {
        EnginePair pair = ends.offering("hello");
        requireRefused(pair, NO_TICKET, EarlyDataOutcome.NOT_OFFERED);
        assertThat(pair.client().session().earlyData().bytes()).isZero();
    }

    @Test
    void aServerGivesNoTicketsForItUnlessToldTo() throws TlsException {
        ends.refusing().withTicket();
        requireRefused(ends.offering("hello"), TICKET_WITHOUT_EARLY_DATA, EarlyDataOutcome.NOT_OFFERED);
    }

    @Test
    void moreThanTheTicketAllowsIsNotSentAtAll() throws TlsException {
        ends.withTicket();
        String more = "x".repeat(EarlyEnds.LIMIT + 1);
        requireRefused(ends.offering(more), TOO_LONG_FOR_TICKET, EarlyDataOutcome.NOT_OFFERED);
    }

    @Test
    void moreRecordsThanAKeyMayProtectAreNotSent() throws TlsException {
        ends.server(server -> server.earlyData(1 << 20))
                .client(client -> client.recordsPerKey(16))
                .withTicket();
        // Of 16 records 4 are kept for alerts and EndOfEarlyData.
        EnginePair most = ends.offering("x".repeat(12 * 16_384));
        most.shakeHands();
        assertThat(most.server().session().earlyData().outcome()).isEqualTo(ACCEPTED);
        requireRefused(ends.offering("x".repeat(12 * 16_384 + 1)), TOO_LONG_FOR_KEY, EarlyDataOutcome.NOT_OFFERED);
    }

    @Test
    void aTicketForAnotherServerNameIsNotUsedForIt() throws TlsException {
        ends.withTicket().client(client -> client.serverNameIndication(false));
        requireRefused(ends.offering("hello"), OTHER_SERVER_NAME, EarlyDataOutcome.NOT_OFFERED);
    }

    @Test
    void dataInAnotherProtocolThanTheTicketsIsNotSent() throws TlsException {
        ends.client(client -> client.applicationProtocols("h2", "http/1.1"))
                .server(server -> server.applicationProtocols("h2", "http/1.1"))
                .withTicket();
        EnginePair pair = ends.offering(EarlyData.of(EarlyEnds.bytes("hello"), "http/1.1"));
        requireRefused(pair, OTHER_APPLICATION_PROTOCOL, EarlyDataOutcome.NOT_OFFERED);
        EnginePair same = ends.offering(EarlyData.of(EarlyEnds.bytes("hello"), "h2"));
        same.shakeHands();
        assertThat(same.client().session().earlyData().outcome()).isEqualTo(ACCEPTED);
    }

    @Test
    void dataForTheOneProtocolOnOfferIsNotSentWhereNoneWasAgreedOn() throws TlsException {
        // The server does not know ALPN, so the ticket's session speaks none.
        ends.client(client -> client.applicationProtocols("h2")).withTicket();
        EnginePair pair = ends.offering(EarlyData.of(EarlyEnds.bytes("hello")).resendIfRefused());
        requireRefused(pair, OTHER_APPLICATION_PROTOCOL, EarlyDataOutcome.NOT_OFFERED);
        assertThat(pair.server().received())
                .as("this connection speaks none either")
                .isEmpty();
        assertThat(pair.client().session().earlyData().resent()).isFalse();
    }

    @Test
    void dataForTheOneProtocolOnOfferIsSentInItsSession() throws TlsException {
        ends.client(client -> client.applicationProtocols("h2"))
                .server(server -> server.applicationProtocols("h2"))
                .withTicket();
        EnginePair pair = ends.offering("hello");
        pair.shakeHands();
        assertThat(pair.client().session().earlyData().outcome()).isEqualTo(ACCEPTED);
    }

    @Test
    void aServerThatNowChoosesAnotherProtocolRefuses() throws TlsException {
        ends.client(client -> client.applicationProtocols("h2", "http/1.1"))
                .server(server -> server.applicationProtocols("h2", "http/1.1"))
                .withTicket()
                .server(server -> server.applicationProtocols("http/1.1", "h2"));
        EnginePair pair =
                ends.offering(EarlyData.of(EarlyEnds.bytes("hello"), "h2").resendIfRefused());
        requireRefused(pair, REFUSED_BY_SERVER, OTHER_APPLICATION_PROTOCOL);
        assertThat(pair.server().received())
                .as("it must not be sent again in another protocol")
                .isEmpty();
        assertThat(pair.client().session().earlyData().resent()).isFalse();
    }

    @Test
    void aServerThatNowChoosesAnotherSuiteRefuses() throws TlsException {
        // Two suites with SHA-256, so that the session itself still resumes.
        List<CipherSuite> first = List.of(CipherSuite.TLS_AES_128_GCM_SHA256, CipherSuite.TLS_CHACHA20_POLY1305_SHA256);
        ends.withTicket().server(server -> server.policy(Policy.MODERN_2026_11.withSuites(first.reversed())));
        EnginePair pair = ends.offering("hello");
        requireRefused(pair, REFUSED_BY_SERVER, OTHER_SUITE);
        assertThat(pair.client().session().resumed()).isTrue();
    }

    @Test
    void aRetryRefuses() throws TlsException {
        Policy both = Policy.MODERN_2026_11
                .withGroups(List.of(NamedGroup.X25519, NamedGroup.SECP256R1))
                .withKeyShares(List.of(NamedGroup.X25519));
        ends.client(client -> client.policy(both))
                .withTicket()
                .server(server -> server.policy(both.withGroups(List.of(NamedGroup.SECP256R1))));
        EnginePair pair = ends.offering(EarlyData.of(EarlyEnds.bytes("hello")).resendIfRefused());
        requireRefused(pair, RETRY, RETRY);
        assertThat(pair.client().session().retried()).isTrue();
        assertThat(pair.client().session().resumed()).isTrue();
        assertThat(pair.server().received()).isEqualTo("hello");
    }

    @Test
    void aSessionThatIsNotResumedHasNone() throws TlsException {
        ends.withTicket().server(server -> server.ticketKeys(TicketKeys.rotating()));
        requireRefused(ends.offering("hello"), SESSION_NOT_RESUMED, SESSION_NOT_RESUMED);
    }

    @Test
    void aServerThatTakesNoneAnyMoreRefuses() throws TlsException {
        requireRefused(ends.withTicket().refusing().offering("hello"), REFUSED_BY_SERVER, TURNED_OFF);
    }

    @Test
    void aServerThatNowTakesLessRefusesRatherThanBreakItsWord() throws TlsException {
        ends.withTicket().server(server -> server.earlyData(EarlyEnds.LIMIT - 1));
        requireRefused(ends.offering("hello"), REFUSED_BY_SERVER, TICKET_ALLOWS_MORE);
    }

    @Test
    void whateverTheTicketAllowsIsPassedOver() throws TlsException {
        Policy both = Policy.MODERN_2026_11
                .withGroups(List.of(NamedGroup.X25519, NamedGroup.SECP256R1))
                .withKeyShares(List.of(NamedGroup.X25519));
        Policy other = both.withGroups(List.of(NamedGroup.SECP256R1));
        requirePassedOver(server -> server.earlyData(1000), both, REFUSED_BY_SERVER, TICKET_ALLOWS_MORE);
        requirePassedOver(server -> server.earlyData(0), both, REFUSED_BY_SERVER, TURNED_OFF);
        requirePassedOver(
                server -> server.earlyData(1000).ticketsPerHandshake(0),
                both,
                SESSION_NOT_RESUMED,
                SESSION_NOT_RESUMED);
        requirePassedOver(server -> server.earlyData(1000).policy(other), both, RETRY, RETRY);
        requirePassedOver(server -> server.earlyData(0).policy(other), both, RETRY, TURNED_OFF);
    }

    /** More than a server passes over that has no ticket to go by, and more than this one takes now. */
    private static void requirePassedOver(
            UnaryOperator<TlsServer.Builder> lower, Policy client, EarlyDataOutcome atClient, EarlyDataOutcome atServer)
            throws TlsException {
        String much = "x".repeat(200_000);
        EarlyEnds ends = new EarlyEnds()
                .client(builder -> builder.policy(client))
                .server(server -> server.earlyData(much.length()))
                .withTicket()
                .server(lower);
        requireRefused(ends.offering(much), atClient, atServer);
    }

    @ParameterizedTest
    @ValueSource(longs = {-10_001, 10_001})
    void aHelloThatComesTooEarlyOrTooLateIsRefused(long millis) throws TlsException {
        ends.withTicket().after(Duration.ofMinutes(5));
        EnginePair pair = ends.offering("hello");
        ends.after(Duration.ofMillis(millis));
        requireRefused(pair, REFUSED_BY_SERVER, AGE_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(longs = {-10_000, 0, 10_000})
    void aHelloThatComesInTheWindowIsTaken(long millis) throws TlsException {
        ends.withTicket().after(Duration.ofMinutes(5));
        EnginePair pair = ends.offering("hello");
        ends.after(Duration.ofMillis(millis));
        pair.shakeHands();
        assertThat(pair.server().session().earlyData().outcome()).isEqualTo(ACCEPTED);
    }

    @Test
    void theWindowIsTheServersToChoose() throws TlsException {
        ends.withTicket().server(server -> server.freshnessWindow(Duration.ofSeconds(1)));
        EnginePair pair = ends.offering("hello");
        ends.after(Duration.ofMillis(1001));
        requireRefused(pair, REFUSED_BY_SERVER, AGE_MISMATCH);
    }

    @Test
    void aCopyOfAFlightIsRefusedAndNotRead() throws TlsException {
        EnginePair pair = ends.withTicket().offering("hello");
        byte[] flight = pair.client().output();
        pair.server().input(flight);
        EnginePair.End other = new EnginePair.End(ends.server().engine());
        other.input(flight);

        assertThat(EarlyEnds.earlyData(pair)).isEqualTo("hello");
        assertThat(other.engine().earlyData()).contains(REPLAYED);
        assertThat(other.engine().earlyDataAvailable()).isZero();
        assertThat(other.engine().failure()).as("the handshake must go on").isEmpty();
    }

    @Test
    void whatARetryHasRefusedIsNotTakenLater() throws TlsException {
        AtomicBoolean underLoad = new AtomicBoolean(true);
        ends.withTicket().server(server -> server.statelessRetry(underLoad::get));
        byte[] flight = ends.offering("hello").client().output();

        assertThat(outcomeOf(flight, ends.server())).isEqualTo(RETRY);
        underLoad.set(false);
        assertThat(outcomeOf(flight, ends.server())).isEqualTo(REPLAYED);
        byte[] another = ends.offering("hello").client().output();
        assertThat(outcomeOf(another, ends.server())).isEqualTo(ACCEPTED);
    }

    @Test
    void whatOtherSettingsHaveRefusedIsNotTakenUnderNewOnes() throws TlsException {
        byte[] flight = ends.withTicket().offering("hello").client().output();
        TlsServer without = ends.refusing().server();

        assertThat(outcomeOf(flight, without)).isEqualTo(TURNED_OFF);
        assertThat(outcomeOf(
                        flight, without.toBuilder().earlyData(EarlyEnds.LIMIT).build()))
                .isEqualTo(REPLAYED);
    }

    /** Anybody with a ticket could fill the guard's memory for days by stating ages that are far ahead. */
    @Test
    void theGuardIsNotToldOfARefusedHelloThatIsNotOfItsTime() throws TlsException {
        List<ReplayGuard.Hello> asked = new ArrayList<>();
        ends.server(server -> server.replayGuard(hello -> {
                    asked.add(hello);
                    return CompletableFuture.completedFuture(ReplayGuard.Answer.FRESH);
                }))
                .withTicket();
        byte[] flight = ends.offering("hello").client().output();

        assertThat(outcomeOf(flight, ends.after(Duration.ofSeconds(11)).server()))
                .isEqualTo(AGE_MISMATCH);
        assertThat(outcomeOf(flight, ends.after(Duration.ofSeconds(-22)).server()))
                .isEqualTo(AGE_MISMATCH);
        assertThat(asked).isEmpty();
    }

    @Test
    void theGuardIsNotToldOfARefusedBinderThatNobodyProved() throws TlsException {
        List<ReplayGuard.Hello> asked = new ArrayList<>();
        ends.server(server -> server.statelessRetry(() -> true).replayGuard(hello -> {
                    asked.add(hello);
                    return CompletableFuture.completedFuture(ReplayGuard.Answer.FRESH);
                }))
                .withTicket();
        byte[] flight = ends.offering("hello").client().output();
        byte[] forged = flight.clone();
        int helloEnd = 5 + ((flight[3] & 0xff) << 8 | flight[4] & 0xff);
        forged[helloEnd - 1] ^= 1;

        assertThat(outcomeOf(forged, ends.server())).isEqualTo(RETRY);
        assertThat(asked).isEmpty();
        assertThat(outcomeOf(flight, ends.server())).isEqualTo(RETRY);
        assertThat(asked).hasSize(1);
    }

    /** Else whoever has a ticket could ask a slow guard as fast as ClientHellos can be sent. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRetryWaitsForTheGuardThatIsToRememberWhatItRefuses(boolean stateless) throws TlsException {
        CompletableFuture<ReplayGuard.Answer> slow = new CompletableFuture<>();
        Policy both = Policy.MODERN_2026_11
                .withGroups(List.of(NamedGroup.X25519, NamedGroup.SECP256R1))
                .withKeyShares(List.of(NamedGroup.X25519));
        ends.client(client -> client.policy(both))
                .server(server -> server.replayGuard(hello -> slow))
                .withTicket()
                .server(server -> stateless
                        ? server.statelessRetry(() -> true)
                        : server.policy(both.withGroups(List.of(NamedGroup.SECP256R1))));
        requireWaiting(slow, RETRY);
    }

    @Test
    void aFullAnswerWaitsForTheGuardThatIsToRememberWhatItRefuses() throws TlsException {
        CompletableFuture<ReplayGuard.Answer> slow = new CompletableFuture<>();
        ends.server(server -> server.replayGuard(hello -> slow)).withTicket().server(server -> server.earlyData(0));
        requireWaiting(slow, TURNED_OFF);
    }

    /** Nothing is sent before the guard has answered, whatever it says; and then the reason is the first. */
    private void requireWaiting(CompletableFuture<ReplayGuard.Answer> slow, EarlyDataOutcome reason)
            throws TlsException {
        byte[] flight = ends.offering("hello").client().output();
        TlsServer server = ends.server().toBuilder()
                .replayGuardTimeout(Duration.ofMinutes(1))
                .build();
        TlsEngine engine = server.engine();
        engine.receive(ByteBuffer.wrap(flight), ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE));
        Work work = engine.work().orElseThrow();
        work.start();
        engine.resume();
        assertThat(work.kind()).isEqualTo(Work.Kind.CHECK_REPLAY);
        assertThat(engine.hasOutput()).isFalse();

        slow.complete(ReplayGuard.Answer.CANNOT_TELL);
        engine.resume();
        engine.work().ifPresent(Work::run);
        engine.resume();
        assertThat(engine.hasOutput()).isTrue();
        assertThat(engine.earlyData()).contains(reason);
    }

    private static EarlyDataOutcome outcomeOf(byte[] flight, TlsServer server) throws TlsException {
        EnginePair.End end = new EnginePair.End(server.engine());
        end.leaveEarlyDataUnread();
        end.input(flight);
        return end.engine().earlyData().orElseThrow();
    }

    @Test
    void aCopyIsRefusedByAServerWithOtherSettingsToo() throws TlsException {
        EnginePair pair = ends.withTicket().offering("hello");
        byte[] flight = pair.client().output();
        pair.server().input(flight);
        ends.server(server -> server.freshnessWindow(Duration.ofSeconds(5)));
        EnginePair.End other = new EnginePair.End(ends.server().engine());
        other.input(flight);

        assertThat(other.engine().earlyData()).contains(REPLAYED);
    }

    @Test
    void aServerThatHasJustStartedWithKeysFromElsewhereTakesNone() throws TlsException {
        TicketKeys older = TicketKeys.rotating();
        ends.server(server -> server.ticketKeys(older).freshnessWindow(Duration.ofHours(1)))
                .withTicket();
        requireRefused(ends.offering("hello"), REFUSED_BY_SERVER, REPLAY_UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(ReplayGuard.Answer.class)
    void theGuardsAnswerDecidesAndTheHandshakeGoesOn(ReplayGuard.Answer answer) throws TlsException {
        ends.withTicket().server(server -> server.replayGuard(hello -> CompletableFuture.completedFuture(answer)));
        EnginePair pair = ends.offering("hello");
        pair.shakeHands();
        assertThat(pair.server().session().earlyData().outcome())
                .isEqualTo(
                        switch (answer) {
                            case FRESH -> ACCEPTED;
                            case SEEN -> REPLAYED;
                            case CANNOT_TELL -> REPLAY_UNKNOWN;
                        });
        assertThat(pair.client().session().resumed()).isTrue();
    }

    @Test
    void aGuardThatFailsCannotTell() throws TlsException {
        IllegalStateException down = new IllegalStateException("the store is down, as the test wants it");
        ends.withTicket().server(server -> server.replayGuard(hello -> CompletableFuture.failedFuture(down)));
        requireRefused(ends.offering("hello"), REFUSED_BY_SERVER, REPLAY_UNKNOWN);
        ends.server(server -> server.replayGuard(hello -> {
            throw down;
        }));
        requireRefused(ends.offering("hello"), REFUSED_BY_SERVER, REPLAY_UNKNOWN);
    }

    @Test
    @Timeout(60)
    void aGuardThatNeverAnswersHoldsUpNobody() throws TlsException {
        CompletableFuture<ReplayGuard.Answer> never = new CompletableFuture<>();
        ends.withTicket().server(server -> server.replayGuard(hello -> never).replayGuardTimeout(Duration.ofMillis(5)));
        requireRefused(ends.offering("hello"), REFUSED_BY_SERVER, REPLAY_UNKNOWN);
        assertThat(never).as("it is the guard's own").isNotDone();
    }

    @Test
    void aGuardWithoutAnAnswerCannotTell() throws TlsException {
        ends.withTicket().server(server -> server.replayGuard(hello -> null));
        requireRefused(ends.offering("hello"), REFUSED_BY_SERVER, REPLAY_UNKNOWN);
        ends.server(server -> server.replayGuard(hello -> CompletableFuture.completedFuture(null)));
        requireRefused(ends.offering("hello"), REFUSED_BY_SERVER, REPLAY_UNKNOWN);
    }

    @Test
    void whatIsTooOldWhenTheGuardAnswersIsRefused() throws TlsException {
        ends.withTicket()
                .server(server -> server.replayGuard(hello -> {
                    ends.after(Duration.ofSeconds(11));
                    return CompletableFuture.completedFuture(ReplayGuard.Answer.FRESH);
                }));
        requireRefused(ends.offering("hello"), REFUSED_BY_SERVER, AGE_MISMATCH);
    }

    @Test
    void theHandshakeWaitsForAGuardThatAnswersLater() throws TlsException {
        CompletableFuture<ReplayGuard.Answer> later = new CompletableFuture<>();
        ends.withTicket().server(server -> server.replayGuard(hello -> later));
        EnginePair pair = ends.offering("hello");
        byte[] flight = pair.client().output();
        new Thread(() -> later.complete(ReplayGuard.Answer.FRESH)).start();
        pair.server().input(flight);
        assertThat(pair.server().engine().earlyData()).contains(ACCEPTED);
    }

    @Test
    void theGuardIsAskedByTheBinderAlone() throws TlsException {
        List<ReplayGuard.Hello> asked = new ArrayList<>();
        ends.withTicket()
                .server(server -> server.replayGuard(hello -> {
                    asked.add(hello);
                    return CompletableFuture.completedFuture(ReplayGuard.Answer.FRESH);
                }));
        EnginePair pair = ends.offering("hello");
        byte[] flight = pair.client().output();
        pair.server().input(flight);

        assertThat(asked).hasSize(1);
        Bytes id = asked.getFirst().id();
        assertThat(id.length()).isEqualTo(32);
        assertThat(Bytes.copyOf(flight).hex()).contains(id.hex());
    }

    @Test
    void refusedDataIsLostUnlessTheApplicationLetsItBeSentAgain() throws TlsException {
        EnginePair lost = ends.withTicket().refusing().offering("hello");
        lost.shakeHands();
        assertThat(lost.server().received()).isEmpty();
        assertThat(lost.client().session().earlyData().resent()).isFalse();
    }

    @Test
    void refusedDataIsSentAgainInFrontOfAllOther() throws TlsException {
        EnginePair again = ends.withTicket()
                .refusing()
                .offering(EarlyData.of(EarlyEnds.bytes("hello ")).resendIfRefused());
        again.shakeHands();
        again.server().input(again.client().seal("world"));
        assertThat(again.server().received()).isEqualTo("hello world");
        assertThat(again.client().session().earlyData().resent()).isTrue();
    }

    @Test
    void dataThatWasNeverOfferedIsSentInTheOrdinaryWayIfItMay() throws TlsException {
        EnginePair pair = ends.offering(EarlyData.of(EarlyEnds.bytes("hello")).resendIfRefused());
        pair.shakeHands();
        assertThat(pair.server().received()).isEqualTo("hello");
    }

    @Test
    void acceptedDataIsNeverSentAgain() throws TlsException {
        EnginePair pair = ends.withTicket()
                .offering(EarlyData.of(EarlyEnds.bytes("hello")).resendIfRefused());
        pair.server().input(pair.client().output());
        assertThat(EarlyEnds.earlyData(pair)).isEqualTo("hello");
        pair.shakeHands();
        assertThat(pair.server().received()).isEmpty();
        assertThat(pair.client().session().earlyData().resent()).isFalse();
    }

    @Test
    void muchRefusedDataChangesKeysWhereItMust() throws TlsException {
        String much = "x".repeat(12 * 16_384);
        ends.server(server -> server.earlyData(1 << 20))
                .client(client -> client.recordsPerKey(16))
                .withTicket()
                .server(server ->
                        server.replayGuard(hello -> CompletableFuture.completedFuture(ReplayGuard.Answer.CANNOT_TELL)));
        EnginePair pair = ends.offering(EarlyData.of(EarlyEnds.bytes(much)).resendIfRefused());
        pair.shakeHands();
        assertThat(pair.server().received()).isEqualTo(much);
    }

    private static void requireRefused(EnginePair pair, EarlyDataOutcome atClient, EarlyDataOutcome atServer)
            throws TlsException {
        pair.shakeHands();
        assertThat(pair.client().session().earlyData().outcome()).isEqualTo(atClient);
        assertThat(pair.server().session().earlyData().outcome()).isEqualTo(atServer);
        assertThat(pair.server().engine().earlyDataAvailable()).isZero();
        pair.client().input(pair.server().seal("on"));
        assertThat(pair.client().received()).isEqualTo("on");
    }
}
