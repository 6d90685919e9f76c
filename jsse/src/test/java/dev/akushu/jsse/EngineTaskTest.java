package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.Work;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Objects;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine says and does while a task runs elsewhere. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineTaskTest {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final AkushuEngine server;
    private final EngineTalk talk;
    private final Runnable choosing;

    /** A server that is to choose its certificate. */
    EngineTaskTest() throws Exception {
        server = (AkushuEngine) Contexts.akushu().createSSLEngine();
        talk = new EngineTalk(Contexts.akushu().createSSLEngine("localhost", 443), server);
        talk.client().engine().beginHandshake();
        talk.client().wrap(talk.server(), NOTHING);
        server.unwrap(talk.server().incoming(), NOTHING);
        choosing = Objects.requireNonNull(server.getDelegatedTask());
    }

    private Runnable signing() {
        choosing.run();
        return Objects.requireNonNull(server.getDelegatedTask());
    }

    private SSLEngineResult wrap() throws SSLException {
        return server.wrap(NOTHING, ByteBuffer.allocate(AkushuEngine.PACKET_SIZE));
    }

    @Test
    void aTaskIsNeededUntilTheEngineHasGoneOnFromIt() throws Exception {
        Runnable signing = signing();
        while (server.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            wrap();
        }
        Thread other = Thread.ofPlatform().daemon().unstarted(signing);
        server.lock().lock();
        try {
            other.start();
            while (!server.lock().hasQueuedThread(other)) {
                Thread.onSpinWait();
            }
            // The signature is there, and the engine has not been told.
            assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_TASK);
            assertThat(server.getDelegatedTask()).isNull();
            SSLEngineResult waiting = server.unwrap(ByteBuffer.allocate(5), NOTHING);
            assertThat(waiting.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_TASK);
            assertThat(waiting.bytesConsumed()).isZero();
        } finally {
            server.lock().unlock();
        }
        other.join();
        assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_WRAP);
    }

    @Test
    void aHandshakeThatIsGivenUpDuringATaskEndsByTheAlertAlone() throws Exception {
        Runnable signing = signing();
        server.closeOutbound();
        signing.run();
        assertThat(server.getDelegatedTask()).isNull();
        assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_WRAP);
        SSLEngineResult alert = wrap();
        while (alert.getStatus() == Status.OK && alert.bytesProduced() > 0) {
            alert = wrap();
        }
        assertThat(alert.getStatus()).isEqualTo(Status.CLOSED);
        assertThat(alert.bytesProduced()).isPositive();
        assertThat(wrap().bytesProduced()).isZero();
        assertThat(server.isOutboundDone()).isTrue();
    }

    @Test
    void aProgramThatClosesInsteadOfRunningTheTaskThatFindsAFaultStillGetsTheAlert() throws Exception {
        AkushuEngine refusing = (AkushuEngine) Contexts.akushu().createSSLEngine();
        EngineTalk other = new EngineTalk(Contexts.sunWithTls12Only().createSSLEngine("localhost", 443), refusing);
        other.client().engine().beginHandshake();
        other.client().wrap(other.server(), NOTHING);
        assertThat(refusing.unwrap(other.server().incoming(), NOTHING).getHandshakeStatus())
                .isEqualTo(HandshakeStatus.NEED_TASK);
        refusing.closeOutbound();
        assertThat(refusing.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_WRAP);
        ByteBuffer alert = ByteBuffer.allocate(AkushuEngine.PACKET_SIZE);
        assertThatThrownBy(() -> refusing.wrap(NOTHING, alert)).isInstanceOf(SSLException.class);
        assertThat(refusing.wrap(NOTHING, alert).getStatus()).isEqualTo(Status.CLOSED);
        assertThat(alert.position()).isEqualTo(7);
        assertThat(refusing.isOutboundDone()).isTrue();
    }

    /** Work knows all of its handshake, secrets too, and an idle engine lives long. */
    @Test
    void whatHasRunIsKeptNoLonger() throws Exception {
        WeakReference<Work> signed = sign();
        talk.handshake();
        assertThat(talk.server().finishedCount()).isEqualTo(1);

        while (signed.get() != null) {
            System.gc();
        }
        assertThat(server.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    }

    private WeakReference<Work> sign() {
        Runnable signing = signing();
        TlsEngine engine = Objects.requireNonNull(server.endpoint()).engine();
        WeakReference<Work> work = new WeakReference<>(engine.work().orElseThrow());
        signing.run();
        return work;
    }

    @Test
    void aFailureThatWasThrownBeforeTheTaskEndedIsNotThrownAgain() throws Exception {
        Runnable signing = signing();
        assertThatThrownBy(server::closeInbound).isInstanceOf(SSLException.class);
        signing.run();
        assertThat(wrap().getStatus()).isEqualTo(Status.CLOSED);
        assertThat(server.isOutboundDone()).isTrue();
    }
}
