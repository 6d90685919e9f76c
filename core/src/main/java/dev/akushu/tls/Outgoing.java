package dev.akushu.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sending half of a connection over a socket, with the lock of those who send. Before the handshake is done that lock guards all use of the engine.
 */
final class Outgoing {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** A failure found by the reader is told to the peer unless a writer is stuck for so long. */
    private static final Duration ALERT_PATIENCE = Duration.ofSeconds(1);

    private final TlsEngine engine;
    private final OutputStream to;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private final ByteBuffer toSend = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);

    Outgoing(TlsEngine engine, Socket socket) throws IOException {
        this.engine = engine;
        this.to = socket.getOutputStream();
    }

    /** Does {@code use} with the lock. */
    void locked(Use use) throws TlsException {
        lock.lock();
        try {
            use.run();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #locked}, for its result. */
    <T> T answered(Question<T> question) throws TlsException {
        lock.lock();
        try {
            return question.answer();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #locked}, but not if the lock cannot be had within {@code patience}; returns whether it was done. */
    boolean lockedWithin(Duration patience, Use use) throws TlsException {
        if (!acquired(patience)) {
            return false;
        }
        try {
            use.run();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Sends all of {@code data} in records. */
    void send(ByteBuffer data) throws TlsException {
        sendBy(data, engine::send);
    }

    /** As {@link #send}, before the client has finished the handshake. */
    void answerEarly(ByteBuffer data) throws TlsException {
        sendBy(data, engine::answerEarlyData);
    }

    /** Sends what the engine has to say by itself. */
    void drain() throws TlsException {
        locked(() -> {
            while (engine.hasOutput()) {
                engine.send(NOTHING, toSend);
                flush();
            }
        });
    }

    /** Sends the alert of {@code failed}, if there is one and no writer is stuck. */
    void sendAlert(TlsException failed) {
        if (!engine.hasOutput()) {
            return;
        }
        try {
            lockedWithin(ALERT_PATIENCE, this::drain);
        } catch (TlsException alsoFailed) {
            if (alsoFailed != failed) {
                failed.addSuppressed(alsoFailed);
            }
        }
    }

    private void sendBy(ByteBuffer data, Sealing sealing) throws TlsException {
        lock.lock();
        try {
            while (data.hasRemaining()) {
                sealing.seal(data, toSend);
                flush();
            }
        } catch (TlsException failed) {
            sendAlert(failed);
            throw failed;
        } finally {
            lock.unlock();
        }
    }

    private void flush() throws TlsException {
        try {
            to.write(toSend.array(), 0, toSend.position());
        } catch (IOException broken) {
            throw Problem.TRANSPORT_FAILED.causedBy(broken, "write", String.valueOf(broken.getMessage()));
        } finally {
            toSend.clear();
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
        /** Does it, with the lock. */
        void run() throws TlsException;
    }

    /** Uses the engine for a result. */
    @FunctionalInterface
    interface Question<T> {
        /** Does it, with the lock. */
        T answer() throws TlsException;
    }

    /** One of the engine's ways to send. */
    @FunctionalInterface
    private interface Sealing {
        TlsEngine.Status seal(ByteBuffer data, ByteBuffer network) throws TlsException;
    }
}
