package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.akushu.tls.Problem;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables in the Javadoc of {@link AkushuEngine}: what callers rely on. */
class EngineStatusTest {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static EngineTalk talk() throws Exception {
        return new EngineTalk(
                Contexts.akushu().createSSLEngine("localhost", 443),
                Contexts.akushu().createSSLEngine());
    }

    private static void expect(SSLEngineResult result, Status status, HandshakeStatus handshake, int consumed) {
        assertThat(result.getStatus()).isEqualTo(status);
        assertThat(result.getHandshakeStatus()).isEqualTo(handshake);
        assertThat(result.bytesConsumed()).isEqualTo(consumed);
    }

    @Test
    void anEngineThatHasNotBegunIsNotHandshaking() throws Exception {
        SSLEngine engine = Contexts.akushu().createSSLEngine();
        assertThat(engine.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
        assertThat(engine.getHandshakeSession()).isNull();
        assertThat(engine.getSession().getProtocol()).isEqualTo("NONE");
        assertThat(engine.getSession().getCipherSuite()).isEqualTo("SSL_NULL_WITH_NULL_NULL");
        assertThat(engine.getApplicationProtocol()).isNull();
        assertThatThrownBy(engine::beginHandshake).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theModeCannotChangeOnceTheHandshakeHasBegun() throws Exception {
        SSLEngine engine = Contexts.akushu().createSSLEngine();
        engine.setUseClientMode(true);
        engine.beginHandshake();
        assertThatThrownBy(() -> engine.setUseClientMode(false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void finishedIsReturnedOnceByEachEnd() throws Exception {
        EngineTalk talk = talk().handshake();
        talk.settle();
        talk.client().send(talk.server(), new byte[100]);
        talk.server().send(talk.client(), new byte[100]);
        talk.settle();
        assertThat(talk.client().finishedCount()).isEqualTo(1);
        assertThat(talk.server().finishedCount()).isEqualTo(1);
    }

    @Test
    void theServerFinishesByTheWrapOfItsTicketsAsTheJdkDoes() throws Exception {
        EngineTalk talk = talk().handshake();
        SSLEngineResult finished = talk.server().results().stream()
                .filter(result -> result.getHandshakeStatus() == HandshakeStatus.FINISHED)
                .findFirst()
                .orElseThrow();
        assertThat(finished.bytesProduced()).isPositive();
    }

    @Test
    void aTicketIsUnwrappedToNothing() throws Exception {
        EngineTalk talk = talk().handshake();
        SSLEngineResult last = talk.client().results().stream()
                .filter(result -> result.getStatus() == Status.OK)
                .reduce((first, second) -> second)
                .orElseThrow();
        expect(last, Status.OK, HandshakeStatus.NOT_HANDSHAKING, last.bytesConsumed());
        assertThat(last.bytesProduced()).isZero();
    }

    @Test
    void aKeyUpdateIsAnsweredWithTheNextDataAndChangesNoStatus() throws Exception {
        EngineTalk talk = talk().handshake();
        SSLEngine client = talk.client().engine();
        AkushuEngine server = (AkushuEngine) talk.server().engine();
        for (int i = 0; i < 3; i++) {
            Objects.requireNonNull(server.endpoint()).engine().updateKeys(true);
            talk.server().send(talk.client(), new byte[] {1});
            SSLEngineResult update = client.unwrap(talk.client().incoming(), ByteBuffer.allocate(20_000));
            expect(update, Status.OK, HandshakeStatus.NOT_HANDSHAKING, update.bytesConsumed());
            assertThat(update.bytesProduced()).isZero();
            assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
            SSLEngineResult data = client.unwrap(talk.client().incoming(), ByteBuffer.allocate(20_000));
            assertThat(data.bytesProduced()).isEqualTo(1);
            int oneRecord = 5 + 1 + 1 + 16;
            SSLEngineResult answered = talk.client().wrap(talk.server(), ByteBuffer.wrap(new byte[] {2}));
            expect(answered, Status.OK, HandshakeStatus.NOT_HANDSHAKING, 1);
            assertThat(answered.bytesProduced()).isGreaterThan(oneRecord);
            assertThat(talk.client()
                            .wrap(talk.server(), ByteBuffer.wrap(new byte[] {3}))
                            .bytesProduced())
                    .isEqualTo(oneRecord);
            talk.settle();
        }
        assertThat(talk.server().received()).containsExactly(2, 3, 2, 3, 2, 3);
    }

    @Test
    void anEmptySourceIsAnUnderflow() throws Exception {
        EngineTalk talk = talk();
        SSLEngine server = talk.server().engine();
        server.beginHandshake();
        expect(server.unwrap(NOTHING, NOTHING), Status.BUFFER_UNDERFLOW, HandshakeStatus.NEED_UNWRAP, 0);
    }

    @Test
    void unwrapWaitsForTheWrapThatIsNeeded() throws Exception {
        SSLEngine client = talk().client().engine();
        client.beginHandshake();
        expect(client.unwrap(ByteBuffer.allocate(5), NOTHING), Status.OK, HandshakeStatus.NEED_WRAP, 0);
    }

    @Test
    void wrapWithoutRoomIsAnOverflowThatTouchesNothing() throws Exception {
        EngineTalk talk = talk();
        SSLEngine client = talk.client().engine();
        expect(client.wrap(NOTHING, ByteBuffer.allocate(10)), Status.BUFFER_OVERFLOW, HandshakeStatus.NEED_WRAP, 0);
        talk.handshake();
        ByteBuffer data = ByteBuffer.wrap(new byte[100]);
        ByteBuffer small = ByteBuffer.allocate(100);
        expect(client.wrap(data, small), Status.BUFFER_OVERFLOW, HandshakeStatus.NOT_HANDSHAKING, 0);
        assertThat(small.position()).isZero();
    }

    @Test
    void unwrapTakesOneRecordAndLeavesTheRest() throws Exception {
        EngineTalk talk = talk().handshake();
        talk.client().send(talk.server(), "one".getBytes(StandardCharsets.US_ASCII));
        talk.client().send(talk.server(), "two".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer both = talk.server().incoming();
        ByteBuffer target = ByteBuffer.allocate(20_000);
        SSLEngineResult first = talk.server().engine().unwrap(both, target);
        assertThat(first.bytesProduced()).isEqualTo(3);
        assertThat(both.remaining()).isEqualTo(first.bytesConsumed());
    }

    @Test
    void gathersAndScattersBuffersOfEveryKind() throws Exception {
        EngineTalk talk = talk().handshake();
        ByteBuffer[] sources = {
            ByteBuffer.wrap("xabx".getBytes(StandardCharsets.US_ASCII), 1, 2).slice(),
            ByteBuffer.allocate(0),
            ByteBuffer.wrap("cd".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer(),
            ByteBuffer.allocateDirect(2).put((byte) 'e').put((byte) 'f').flip(),
        };
        ByteBuffer network =
                ByteBuffer.allocateDirect(talk.client().engine().getSession().getPacketBufferSize());
        SSLEngineResult sent = talk.client().engine().wrap(sources, 0, 4, network);
        assertThat(sent.bytesConsumed()).isEqualTo(6);
        ByteBuffer[] targets = {
            ByteBuffer.allocate(1), ByteBuffer.allocateDirect(2), ByteBuffer.allocate(0), ByteBuffer.allocate(9)
        };
        SSLEngineResult received = talk.server().engine().unwrap(network.flip(), targets, 0, 4);
        assertThat(received.bytesProduced()).isEqualTo(6);
        StringBuilder text = new StringBuilder();
        for (ByteBuffer target : targets) {
            text.append(StandardCharsets.US_ASCII.decode(target.flip()));
        }
        assertThat(text).hasToString("abcdef");
    }

    @Test
    void aReadOnlyTargetIsRefusedBeforeAnythingHappens() throws Exception {
        EngineTalk talk = talk().handshake();
        ByteBuffer readOnly = ByteBuffer.allocate(20_000).asReadOnlyBuffer();
        assertThatThrownBy(() -> talk.client().engine().wrap(NOTHING, readOnly))
                .isInstanceOf(ReadOnlyBufferException.class);
        assertThatThrownBy(() -> talk.client().engine().unwrap(ByteBuffer.allocate(10), readOnly))
                .isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void nullArraysAndNullBuffersAreIllegalArguments() throws Exception {
        SSLEngine client = talk().handshake().client().engine();
        ByteBuffer[] none = null;
        ByteBuffer[] holed = {NOTHING, null};
        ByteBuffer room = ByteBuffer.allocate(20_000);
        assertThatThrownBy(() -> client.wrap(none, 0, 0, room)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.wrap(none, room)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.wrap(holed, 0, 2, room)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.unwrap(NOTHING, none, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.unwrap(NOTHING, none)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.unwrap(NOTHING, holed, 0, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.unwrap((ByteBuffer) null, room)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.wrap(holed, 1, 2, room)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void sizesAreHonestAndFitTheBuffersThatServersHave() throws Exception {
        EngineTalk talk = talk().handshake();
        assertThat(talk.client().engine().getSession().getApplicationBufferSize())
                .isGreaterThanOrEqualTo(16_384);
        int packet = talk.client().engine().getSession().getPacketBufferSize();
        assertThat(packet).isBetween(16_384 + 256 + 5, 16_921);
        ByteBuffer target = ByteBuffer.allocate(packet);
        SSLEngineResult result = talk.client().engine().wrap(ByteBuffer.allocate(100_000), target);
        expect(result, Status.OK, HandshakeStatus.NOT_HANDSHAKING, 16_384);
    }

    @Test
    void closeOutboundGivesCloseNotifyOnce() throws Exception {
        EngineTalk talk = talk().handshake();
        SSLEngine client = talk.client().engine();
        client.closeOutbound();
        assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_WRAP);
        assertThat(client.isOutboundDone()).isFalse();
        SSLEngineResult close = talk.client().wrap(talk.server(), NOTHING);
        expect(close, Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0);
        assertThat(close.bytesProduced()).isPositive();
        assertThat(client.isOutboundDone()).isTrue();
        SSLEngineResult again = talk.client().wrap(talk.server(), NOTHING);
        expect(again, Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0);
        assertThat(again.bytesProduced()).isZero();
    }

    @Test
    void afterThePeersCloseNotifySendingGoesOnAndNothingLoops() throws Exception {
        EngineTalk talk = talk().handshake();
        talk.client().engine().closeOutbound();
        talk.client().wrap(talk.server(), NOTHING);
        SSLEngine server = talk.server().engine();
        SSLEngineResult closed = server.unwrap(talk.server().incoming(), ByteBuffer.allocate(20_000));
        assertThat(closed.getStatus()).isEqualTo(Status.CLOSED);
        assertThat(closed.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
        assertThat(server.isInboundDone()).isTrue();
        assertThat(server.isOutboundDone()).isFalse();
        talk.server().send(talk.client(), "still here".getBytes(StandardCharsets.US_ASCII));
        talk.settle();
        assertThat(talk.client().received()).asString().isEqualTo("still here");
        server.closeInbound();
    }

    @Test
    void closeInboundBeforeCloseNotifyIsAnErrorThatLeavesTheSessionResumable() throws Exception {
        EngineTalk talk = talk().handshake();
        SSLEngine client = talk.client().engine();
        assertThatThrownBy(client::closeInbound)
                .isInstanceOf(SSLException.class)
                .asInstanceOf(type(Diagnosed.class))
                .satisfies(failed -> assertThat(failed.diagnosis().problem()).isEqualTo(Problem.TRUNCATED));
        assertThat(client.isInboundDone()).isTrue();
        assertThat(client.getSession().isValid()).isTrue();
    }

    @Test
    void aFailureIsThrownOnceThenTheAlertIsWrappedThenAllIsClosed() throws Exception {
        EngineTalk talk = new EngineTalk(
                Contexts.akushu(null, new Pki("Other").trustManagers()).createSSLEngine("localhost", 443),
                Contexts.akushu().createSSLEngine());
        assertThatThrownBy(talk::handshake).isInstanceOf(SSLHandshakeException.class);
        SSLEngine client = talk.client().engine();
        assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_WRAP);
        SSLEngineResult alert = talk.client().wrap(talk.server(), NOTHING);
        assertThat(alert.getStatus()).isEqualTo(Status.CLOSED);
        assertThat(alert.bytesProduced()).isPositive();
        expect(talk.client().wrap(talk.server(), NOTHING), Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0);
        expect(client.unwrap(NOTHING, NOTHING), Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0);
        assertThatThrownBy(talk::settle)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("unknown_ca");
    }

    @Test
    void whatIsNoRecordIsThrownByUnwrapItself() throws Exception {
        SSLEngine client = Contexts.akushu().createSSLEngine("localhost", 443);
        client.setUseClientMode(true);
        ByteBuffer packet = ByteBuffer.allocate(AkushuEngine.PACKET_SIZE);
        client.wrap(NOTHING, packet);
        ByteBuffer http = ByteBuffer.wrap("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> client.unwrap(http, ByteBuffer.allocate(AkushuEngine.PACKET_SIZE)))
                .isInstanceOf(SSLException.class);
        assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_WRAP);
        SSLEngineResult alert = client.wrap(NOTHING, packet.clear());
        assertThat(alert.getStatus()).isEqualTo(Status.CLOSED);
        assertThat(alert.bytesProduced()).isPositive();
    }

    /**
     * The JDK's engine finds it in a task. Kafka sends an alert only if the status before the exception was NEED_WRAP,
     * Undertow calls unwrap after a task and sends one only if that throws.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatUnwrapFindsWrongInTheHandshakeIsThrownByTheCallAfterATask(boolean byWrap) throws Exception {
        SSLEngine server = Contexts.akushu().createSSLEngine();
        server.setNeedClientAuth(true);
        EngineTalk talk = new EngineTalk(
                Contexts.akushu(null, Contexts.shared().trustManagers()).createSSLEngine("localhost", 443), server);
        talk.client().engine().beginHandshake();
        for (talk.client().step(talk.server());
                talk.client().finishedCount() == 0;
                talk.client().step(talk.server())) {
            talk.server().step(talk.client());
        }
        ByteBuffer room = ByteBuffer.allocate(AkushuEngine.PACKET_SIZE);
        SSLEngineResult last = server.unwrap(talk.server().incoming(), room);
        while (last.getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
            assertThat(last.bytesConsumed()).isPositive();
            last = server.unwrap(talk.server().incoming(), room);
        }
        assertThat(last.getStatus()).isEqualTo(Status.OK);
        assertThat(last.bytesConsumed()).isPositive();
        assertThat(server.isOutboundDone()).isFalse();
        expect(server.wrap(NOTHING, room), Status.OK, HandshakeStatus.NEED_TASK, 0);
        expect(server.unwrap(NOTHING, room), Status.OK, HandshakeStatus.NEED_TASK, 0);
        Runnable finding = Objects.requireNonNull(server.getDelegatedTask());
        assertThat(server.getDelegatedTask()).as("it is handed out once").isNull();
        finding.run();
        assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_WRAP);
        assertThatThrownBy(() -> {
                    if (byWrap) {
                        server.wrap(NOTHING, room);
                    } else {
                        server.unwrap(NOTHING, room);
                    }
                })
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("the client sent none");
        assertThat(room.position()).isZero();
        SSLEngineResult alert = talk.server().wrap(talk.client(), NOTHING);
        assertThat(alert.getStatus()).isEqualTo(Status.CLOSED);
        assertThat(alert.bytesProduced()).isPositive();
        assertThatThrownBy(talk::settle).hasMessageContaining("certificate_required");
    }

    @Test
    void anEngineThatIsClosedBeforeItBeginsSendsNothing() throws Exception {
        SSLEngine client = talk().client().engine();
        client.closeOutbound();
        assertThat(client.isOutboundDone()).isTrue();
        ByteBuffer target = ByteBuffer.allocate(20_000);
        expect(client.wrap(NOTHING, target), Status.CLOSED, HandshakeStatus.NOT_HANDSHAKING, 0);
        assertThat(target.position()).isZero();
    }

    @Test
    void thereIsATaskForEachThingThatMayTakeLong() throws Exception {
        EngineTalk talk = talk();
        SSLEngine server = talk.server().engine();
        talk.client().engine().beginHandshake();
        talk.client().wrap(talk.server(), NOTHING);
        SSLEngineResult hello = server.unwrap(talk.server().incoming(), NOTHING);
        assertThat(hello.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_TASK);
        Runnable choose = server.getDelegatedTask();
        assertThat(choose).isNotNull();
        assertThat(server.getDelegatedTask()).as("it is handed out once").isNull();
        choose.run();
        Runnable sign = server.getDelegatedTask();
        assertThat(sign).isNotNull();
        sign.run();
        assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_WRAP);
    }
}
