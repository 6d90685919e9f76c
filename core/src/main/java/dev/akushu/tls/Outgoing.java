package dev.akushu.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection over a socket. Its lock is for those who send: records leave in the order in which they were sealed. A second lock is for those who use the engine before the handshake is done, and is never held while a
 * write waits for the peer, so that one thread can be stuck in sending while another receives. The first is taken before the second.
 */
final class Outgoing {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** A failure found by the reader is told to the peer unless a writer is stuck for so long. */
    private static final Duration ALERT_PATIENCE = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger("dev.akushu.tls");

    private final TlsEngine engine;
    private final OutputStream to;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean hasSentData;
    private final AtomicBoolean apart = new AtomicBoolean();
    private volatile boolean isMuch;

    /** Why a write failed: what it had to send is lost, so nothing can follow. */
    private volatile @Nullable TlsException broken;

    Outgoing(TlsEngine engine, Socket socket) throws IOException {
        this.engine = engine;
        this.to = socket.getOutputStream();
    }

    /** Uses the engine for a result, when nobody else does. */
    <T> T inTurn(Question<T> question) throws TlsException {
        turn.lock();
        try {
            return question.answer();
        } finally {
            turn.unlock();
        }
    }

    /** Does {@code use}, and sends what the engine then has to say. */
    void afterwards(Use use) throws TlsException {
        lock.lock();
        finish(use);
    }

    /** As {@link #afterwards}, for a result. */
    <T> T answeredAfterwards(Question<T> question) throws TlsException {
        lock.lock();
        return finish(question);
    }

    /** As {@link #afterwards}, but not if the lock cannot be had within {@code patience}; returns whether it was done. */
    boolean afterwardsWithin(Duration patience, Use use) throws TlsException {
        if (!acquired(patience)) {
            return false;
        }
        finish(use);
        return true;
    }

    private void finish(Use use) throws TlsException {
        finish(() -> {
            use.run();
            return true;
        });
    }

    private <T> T finish(Question<T> question) throws TlsException {
        T answer;
        try {
            answer = inTurn(question);
            sendAll();
        } finally {
            lock.unlock();
        }
        drainUnlessBusy();
        return answer;
    }

    /** Sends all of {@code data} in records. */
    void send(ByteBuffer data) throws TlsException {
        hasSentData = true;
        sendBy(data, engine::send);
    }

    /** Whether the program has ever sent anything. */
    boolean hasSentData() {
        return hasSentData;
    }

    /** As {@link #send}, also before the client has finished the handshake. */
    void sendHalfRtt(ByteBuffer data) throws TlsException {
        sendBy(data, engine::sendHalfRttData);
    }

    /**
     * Sends what the engine has to say by itself, unless somebody else is about to, who looks here again afterwards. What is
     * too much for one buffer, and all that follows it, leaves by a thread of its own: early data above all, since a peer that
     * answers it at length may not read on before its answer is read. So whoever receives never waits here for such a peer.
     */
    void drainUnlessBusy() throws TlsException {
        if (!hasOutput() || (!isMuch && !sendsOneOfMany())) {
            return;
        }
        isMuch = true;
        sendApart();
    }

    /** Sends what the engine has to say by itself by a thread of this object's own: for who receives, and must not wait for a peer that does not read on. */
    void sendApart() {
        if (apart.compareAndSet(false, true)) {
            Thread.ofVirtual().name("akushu-send").start(this::drainApart);
        }
    }

    /** Sends one buffer, if nobody else sends; returns whether there is more. */
    private boolean sendsOneOfMany() throws TlsException {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            sendNext();
        } finally {
            lock.unlock();
        }
        // Only now: until the lock was free, others left to this thread what they had to say.
        return hasOutput();
    }

    /** Whether a thread of this object's own is sending. */
    boolean sendsApart() {
        return apart.get();
    }

    private void drainApart() {
        try {
            drainAll();
            apart.set(false);
            // What came in between saw that somebody sends.
            drainUnlessBusy();
        } catch (TlsException failed) {
            // Whoever sends next gets it; who receives has a reason of its own, perhaps the peer's alert.
            LOG.log(Logger.Level.DEBUG, "the rest of a flight could not be sent", failed);
        }
    }

    private void drainAll() throws TlsException {
        while (hasOutput()) {
            lock.lock();
            try {
                sendAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Sends the alert of {@code failed}, if there is one and no writer is stuck. */
    void sendAlert(TlsException failed) {
        if (!engine.hasOutput()) {
            return;
        }
        try {
            afterwardsWithin(ALERT_PATIENCE, () -> {});
        } catch (TlsException alsoFailed) {
            if (alsoFailed != failed) {
                failed.addSuppressed(alsoFailed);
            }
        }
    }

    private boolean hasOutput() throws TlsException {
        return inTurn(engine::hasOutput);
    }

    private void sendAll() throws TlsException {
        while (hasOutput()) {
            sendNext();
        }
    }

    private void sendNext() throws TlsException {
        sendNext(NOTHING, engine::send);
    }

    /** Sends as much as one buffer has room for. */
    private void sendNext(ByteBuffer data, Sealing sealing) throws TlsException {
        ByteBuffer records = RecordBuffers.take();
        inTurn(() -> sealing.seal(data, records));
        write(records.array(), records.arrayOffset(), records.position());
        RecordBuffers.giveBack(records);
    }

    private void sendBy(ByteBuffer data, Sealing sealing) throws TlsException {
        lock.lock();
        try {
            while (data.hasRemaining()) {
                sendNext(data, sealing);
            }
        } catch (TlsException failed) {
            sendAlert(failed);
            throw failed;
        } finally {
            lock.unlock();
        }
        drainUnlessBusy();
    }

    private void write(byte[] records, int offset, int length) throws TlsException {
        try {
            throwIfBroken();
            to.write(records, offset, length);
        } catch (TlsException known) {
            throw known;
        } catch (IOException failed) {
            TlsException reason =
                    Problem.TRANSPORT_FAILED.causedBy(failed, "write", String.valueOf(failed.getMessage()));
            broken = reason;
            throw reason;
        }
    }

    private void throwIfBroken() throws TlsException {
        TlsException before = broken;
        if (before != null) {
            throw before;
        }
    }

    private boolean acquired(Duration patience) {
        if (lock.tryLock()) {
            return true;
        }
        try {
            return lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Uses the engine. */
    @FunctionalInterface
    interface Use {
        /** Does it, in turn. */
        void run() throws TlsException;
    }

    /** Uses the engine for a result. */
    @FunctionalInterface
    interface Question<T> {
        /** Does it, in turn. */
        T answer() throws TlsException;
    }

    /** One of the engine's ways to send. */
    @FunctionalInterface
    private interface Sealing {
        TlsEngine.Status seal(ByteBuffer data, ByteBuffer network) throws TlsException;
    }
}
