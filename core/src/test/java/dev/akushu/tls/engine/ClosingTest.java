package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections end: in order, early, or by a failure. RFC 9846 section 6. */
class ClosingTest {
    private static final byte[] NOTHING = new byte[0];

    @ParameterizedTest
    @EnumSource(Role.class)
    void whoHasClosedStillHears(Role closing) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        EnginePair.End near = tapped.end(closing);
        EnginePair.End far = far(tapped, closing);
        near.engine().closeOutput();
        far.input(near.output());
        near.input(far.seal("still here"));

        assertThat(far.engine().isInputClosed()).isTrue();
        assertThat(near.engine().isInputClosed()).isFalse();
        assertThat(near.received()).isEqualTo("still here");
        far.engine().closeOutput();
        near.input(far.output());
        assertThat(near.engine().isInputClosed()).isTrue();
        near.engine().endOfInput();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void closeNotifyIsSentOnceAndNothingFollowsIt(Role closing) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        EnginePair.End near = tapped.end(closing);
        EnginePair.End far = far(tapped, closing);
        near.engine().closeOutput();
        near.engine().closeOutput();

        assertThat(near.output()).hasSize(5 + 2 + 1 + 16);
        assertThat(problemOf(() -> near.engine().updateKeys(true))).isEqualTo(Problem.ALREADY_CLOSED);
        far.engine().updateKeys(true);
        near.input(far.output());
        near.engine().closeOutput();
        assertThat(near.output()).isEmpty();
        assertThat(near.engine().send(ByteBuffer.wrap(NOTHING), ByteBuffer.allocate(100)))
                .isEqualTo(TlsEngine.Status.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void sendingAfterTheCloseIsAMistakeThatLeavesTheOtherDirectionOpen(Role closing) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        EnginePair.End near = tapped.end(closing);
        EnginePair.End far = far(tapped, closing);
        near.engine().closeOutput();

        assertThat(problemOf(() -> near.seal("too late"))).isEqualTo(Problem.ALREADY_CLOSED);
        far.input(near.output());
        near.input(far.seal("still here"));
        assertThat(far.engine().isInputClosed()).isTrue();
        assertThat(near.received()).isEqualTo("still here");
        assertThat(near.engine().failure()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void anEndWithoutCloseNotifyIsATruncation(Role victim) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        TlsEngine engine = tapped.end(victim).engine();

        assertThat(problemOf(engine::endOfInput)).isEqualTo(Problem.TRUNCATED);
        assertThat(tapped.end(victim).output()).isEmpty();
    }

    @Test
    void anEndInTheHandshakeSaysHowFarItCame() throws TlsException {
        TappedPair tapped = new TappedPair(Ends.client(), Ends.server());
        TlsException atClient = failureOf(tapped.client().engine()::endOfInput);
        TlsException atServer = failureOf(tapped.server().engine()::endOfInput);

        assertThat(atClient.problem()).isEqualTo(Problem.CLOSED_DURING_HANDSHAKE);
        assertThat(atClient.diagnosis().facts()).containsExactly("EXPECT_SERVER_HELLO", 0L);
        assertThat(atServer.diagnosis().facts()).containsExactly("EXPECT_CLIENT_HELLO", 0L);
    }

    @Test
    void aClientThatClosesBeforeTheServerAnswersSaysNothingMore() throws TlsException {
        TappedPair tapped = new TappedPair(Ends.client(), Ends.server());
        tapped.server().input(tapped.client().output());
        tapped.client().engine().closeOutput();
        byte[] answer = tapped.server().output();

        // RFC 9846 6.1: after close_notify no Finished may follow.
        assertThat(problemOf(() -> tapped.client().input(answer))).isEqualTo(Problem.CANCELED);
        byte[] last = tapped.client().output();
        assertThat(last).hasSize(2 * 7).containsSubsequence(1, 90, 1, 0);
        assertThat(tapped.client().output()).isEmpty();
        assertThat(problemOf(() -> tapped.server().input(last))).isEqualTo(Problem.CLOSED_DURING_HANDSHAKE);
        assertThat(tapped.client().engine().isEstablished()).isFalse();
    }

    @Test
    void aServerThatClosesInTheHandshakeSaysNothingMore() throws TlsException {
        TappedPair tapped = new TappedPair(Ends.client(), Ends.server());
        tapped.server().input(tapped.client().output());
        tapped.client().input(tapped.server().output());
        tapped.server().engine().closeOutput();
        byte[] finished = tapped.client().output();

        assertThat(problemOf(() -> tapped.server().input(finished))).isEqualTo(Problem.CANCELED);
        tapped.client().input(tapped.server().output());
        assertThat(tapped.client().engine().isInputClosed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aFailureIsForGoodAndAlwaysTheSame(Role victim) throws TlsException {
        TappedPair tapped = TappedPair.connected();
        EnginePair.End end = tapped.end(victim);
        TlsException failed =
                TappedPair.requireFailure(end, ForgedRecords.clear(23, new byte[40]), Problem.BAD_RECORD_MAC);
        TlsEngine engine = end.engine();
        List<ThrowingCallable> calls = List.of(
                () -> engine.receive(ByteBuffer.allocate(100), ByteBuffer.allocate(20_000)),
                () -> engine.receive(ByteBuffer.wrap(NOTHING), ByteBuffer.wrap(NOTHING)),
                () -> engine.send(ByteBuffer.allocate(10), ByteBuffer.allocate(20_000)),
                () -> engine.send(ByteBuffer.wrap(NOTHING), ByteBuffer.allocate(20_000)),
                () -> engine.updateKeys(true),
                () -> engine.exportKeyingMaterial("EXPERIMENTAL-test", NOTHING, 32),
                engine::endOfInput,
                engine::resume);
        assertThat(end.output()).as("the alert").isNotEmpty();

        for (int round = 0; round < 2; round++) {
            for (ThrowingCallable call : calls) {
                assertThat(failureOf(call)).isSameAs(failed);
            }
        }
        assertThat(engine.hasOutput()).isFalse();
        assertThatCode(engine::closeOutput).doesNotThrowAnyException();
        assertThatCode(engine::releaseBuffers).doesNotThrowAnyException();
        assertThat(engine.hasOutput()).isFalse();
        assertThat(engine.failure()).containsSame(failed);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void anErrorIsSentAsAFatalAlertAloneInItsRecord(Role victim) throws TlsException {
        EnginePair.End end = new TappedPair(Ends.client(), Ends.server()).end(victim);
        end.output();
        TappedPair.requireFailure(end, ForgedRecords.clear(22, "14"), Problem.UNEXPECTED_HANDSHAKE_MESSAGE);

        assertThat(end.output()).containsExactly(21, 3, 3, 0, 2, 2, 10);
    }

    @Test
    void anAlertWaitsForRoom() throws TlsException {
        TappedPair tapped = TappedPair.connected();
        EnginePair.End end = tapped.client();
        TappedPair.requireFailure(end, ForgedRecords.clear(23, new byte[40]), Problem.BAD_RECORD_MAC);

        assertThat(end.engine().send(ByteBuffer.wrap(NOTHING), ByteBuffer.allocate(10)))
                .isEqualTo(TlsEngine.Status.NEED_SPACE);
        byte[] alert = end.output();
        assertThat(problemOf(() -> tapped.server().input(alert))).isEqualTo(Problem.ALERT_RECEIVED);
    }

    @Test
    void aKeyUpdateThatIsOwedDiesWithTheConnection() throws TlsException {
        TappedPair tapped = TappedPair.connected();
        tapped.server().engine().updateKeys(true);
        tapped.client().input(tapped.server().output());
        TappedPair.requireFailure(tapped.client(), ForgedRecords.clear(23, new byte[40]), Problem.BAD_RECORD_MAC);

        assertThat(tapped.client().output()).as("the alert").isNotEmpty();
        assertThat(tapped.client().engine().hasOutput()).isFalse();
    }

    @Test
    void nothingCanBeExportedBeforeTheHandshakeIsDone() throws TlsException {
        TappedPair tapped = new TappedPair(Ends.client(), Ends.server());
        List<TlsException> failures = new ArrayList<>();
        for (Role role : Role.values()) {
            failures.add(
                    failureOf(() -> tapped.end(role).engine().exportKeyingMaterial("EXPERIMENTAL-test", NOTHING, 32)));
            failures.add(failureOf(() -> tapped.end(role).engine().updateKeys(false)));
        }
        tapped.shakeHands();

        assertThat(failures).allMatch(failure -> failure.problem() == Problem.NOT_CONNECTED);
        assertThat(tapped.client().engine().isEstablished())
                .as("asking too early does no harm")
                .isTrue();
    }

    private static EnginePair.End far(TappedPair tapped, Role near) {
        return near == Role.CLIENT ? tapped.server() : tapped.client();
    }

    private static Problem problemOf(ThrowingCallable call) {
        return failureOf(call).problem();
    }

    private static TlsException failureOf(ThrowingCallable call) {
        TlsException failed = catchThrowableOfType(TlsException.class, call);
        assertThat(failed).isNotNull();
        return failed;
    }
}
