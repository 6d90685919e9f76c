package dev.akushu.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.System.Logger;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Drives an engine over a socket. One lock for each direction, so that a reader and a writer do not wait for each other; the handshake takes both, the writer's first. Locks and socket let go of
 * the carrier of a virtual thread.
 */
final class BlockingEngine {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** A failure found by the reader is told to the peer unless the writer is stuck for so long. */
    private static final Duration ALERT_PATIENCE = Duration.ofSeconds(1);

    /** How long closing in order may take with a peer that does not read. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private static final Logger LOG = System.getLogger("dev.akushu.tls");

    private final TlsEngine engine;
    private final Socket socket;
    private final InputStream from;
    private final OutputStream to;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();

    // Guarded by reading: what has come and is not opened yet, and what is opened and not read yet; both kept ready to
    // be read from.
    private final ByteBuffer received =
            ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE).flip();
    private final ByteBuffer opened =
            ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE).flip();
    // Guarded by writing.
    private final ByteBuffer toSend = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);

    private volatile Duration readTimeout = Duration.ZERO;

    BlockingEngine(TlsEngine engine, Socket socket, InputStream consumed) throws TlsException {
        this.engine = engine;
        this.socket = socket;
        try {
            this.from = new SequenceInputStream(consumed, socket.getInputStream());
            this.to = socket.getOutputStream();
        } catch (IOException unconnected) {
            throw Problem.TRANSPORT_FAILED.causedBy(unconnected, "open", String.valueOf(unconnected.getMessage()));
        }
    }

    void readTimeout(Duration limit) {
        readTimeout = limit;
    }

    /** Within {@code limit}; zero leaves it to the read timeout how long each wait may take. */
    void handshake(Duration limit) throws TlsException {
        if (engine.isEstablished()) {
            return;
        }
        writing.lock();
        reading.lock();
        try {
            shakeHands(limit);
        } finally {
            reading.unlock();
            writing.unlock();
        }
    }

    int read(byte[] target, int offset, int length) throws TlsException {
        reading.lock();
        try {
            if (engine.earlyDataAvailable() > 0) {
                throw Problem.EARLY_DATA_UNREAD.with(engine.earlyDataAvailable());
            }
            while (!opened.hasRemaining()) {
                int direct = receiveOnce(target, offset, length);
                if (direct != 0) {
                    return direct;
                }
            }
            int taken = Math.min(length, opened.remaining());
            opened.get(target, offset, taken);
            return taken;
        } catch (TlsException failed) {
            sendAlert(failed);
            throw failed;
        } finally {
            reading.unlock();
        }
    }

    /** Reads early data, at the pace of the handshake that it is part of; -1 after the last of it. */
    int readEarly(byte[] target, int offset, int length, Duration limit) throws TlsException {
        writing.lock();
        reading.lock();
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            while (engine.earlyDataAvailable() == 0 && !engine.isEarlyDataComplete()) {
                advance(limit, deadline);
            }
            if (engine.earlyDataAvailable() == 0) {
                return -1;
            }
            return engine.readEarlyData(ByteBuffer.wrap(target, offset, length));
        } catch (TlsException failed) {
            drainAlert(failed);
            throw failed;
        } finally {
            reading.unlock();
            writing.unlock();
        }
    }

    /** As {@link #available}, of early data. */
    int earlyAvailable() {
        if (!reading.tryLock()) {
            return 0;
        }
        try {
            return engine.earlyDataAvailable();
        } finally {
            reading.unlock();
        }
    }

    /** As {@link #write}, but before the handshake is done, when one thread at a time may use the engine. */
    void answerEarly(byte[] source, int offset, int length) throws TlsException {
        writing.lock();
        reading.lock();
        try {
            ByteBuffer data = ByteBuffer.wrap(source, offset, length);
            while (data.hasRemaining()) {
                engine.answerEarlyData(data, toSend);
                flush();
            }
        } catch (TlsException failed) {
            drainAlert(failed);
            throw failed;
        } finally {
            reading.unlock();
            writing.unlock();
        }
    }

    /** What can be read at once; 0 while another thread reads or shakes hands, who would have to be waited for. */
    int available() {
        if (!reading.tryLock()) {
            return 0;
        }
        try {
            return opened.remaining();
        } finally {
            reading.unlock();
        }
    }

    void write(byte[] source, int offset, int length) throws TlsException {
        writing.lock();
        try {
            ByteBuffer data = ByteBuffer.wrap(source, offset, length);
            while (data.hasRemaining()) {
                engine.send(data, toSend);
                flush();
            }
        } catch (TlsException failed) {
            drainAlert(failed);
            throw failed;
        } finally {
            writing.unlock();
        }
    }

    void updateKeys(boolean both) throws TlsException {
        writing.lock();
        try {
            engine.updateKeys(both);
            drain();
        } catch (TlsException failed) {
            drainAlert(failed);
            throw failed;
        } finally {
            writing.unlock();
        }
    }

    void closeOutput() throws TlsException {
        writing.lock();
        try {
            engine.closeOutput();
            drain();
        } finally {
            writing.unlock();
        }
    }

    /** Closes in order, or at once if the connection has failed or a writer is stuck. */
    void close() throws TlsException {
        try {
            if (!socket.isClosed() && engine.failure().isEmpty()) {
                // Writing cannot be given a time limit, so another thread does it; closing the socket ends that too.
                Thread.ofVirtual().start(this::closeInOrder).join(CLOSE_PATIENCE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            closeSocket();
        }
    }

    private void closeInOrder() {
        if (!lockWriting()) {
            return;
        }
        try {
            engine.closeOutput();
            drain();
            socket.shutdownOutput();
            discardInput();
        } catch (IOException gone) {
            LOG.log(Logger.Level.DEBUG, "the peer was gone before the connection was closed in order", gone);
        } finally {
            writing.unlock();
        }
    }

    private void shakeHands(Duration limit) throws TlsException {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!engine.isEstablished()) {
                advance(limit, deadline);
            }
            drain();
        } catch (TlsException failed) {
            drainAlert(failed);
            throw failed;
        }
    }

    private void advance(Duration limit, long deadline) throws TlsException {
        drain();
        TlsEngine.Status status = engine.receive(received, NOTHING);
        if (status == TlsEngine.Status.NEED_WORK) {
            engine.work().ifPresent(Work::run);
            engine.resume();
        } else if (status == TlsEngine.Status.NEED_INPUT) {
            drain();
            fillWithin(limit, deadline);
        }
    }

    private void fillWithin(Duration limit, long deadline) throws TlsException {
        if (limit.isZero()) {
            fill("handshake", readTimeout, readTimeout);
            return;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            // A peer that keeps bytes coming must not stretch the limit.
            throw Problem.TIMED_OUT.with("handshake", limit.toMillis() + " ms");
        }
        fill("handshake", limit, Duration.ofNanos(left));
    }

    /** Opens one record: straight into {@code target} if it is large enough; returns how much went there, -1 at the end of the data. */
    private int receiveOnce(byte[] target, int offset, int length) throws TlsException {
        boolean direct = length >= TlsEngine.APPLICATION_BUFFER_SIZE;
        ByteBuffer application =
                direct ? ByteBuffer.wrap(target, offset, length).slice() : opened.clear();
        TlsEngine.Status status;
        try {
            status = engine.receive(received, application);
        } finally {
            if (!direct) {
                opened.flip();
            }
        }
        return switch (status) {
            case OK, NEED_SPACE -> direct ? application.position() : 0;
            case CLOSED -> -1;
            case NEED_WORK -> {
                engine.work().ifPresent(Work::run);
                yield 0;
            }
            case NEED_INPUT -> fill("read", readTimeout, readTimeout) ? 0 : -1;
        };
    }

    /** Reads what the socket has, at least one byte; false at an end that close_notify announced. */
    private boolean fill(String operation, Duration limit, Duration left) throws TlsException {
        received.compact();
        try {
            socket.setSoTimeout(left.isZero() ? 0 : Math.clamp(left.toMillis(), 1, Integer.MAX_VALUE));
            int count = from.read(received.array(), received.position(), received.remaining());
            if (count < 0) {
                engine.endOfInput();
                return false;
            }
            received.position(received.position() + count);
            return true;
        } catch (SocketTimeoutException slow) {
            throw Problem.TIMED_OUT.causedBy(slow, operation, limit.toMillis() + " ms");
        } catch (TlsException truncated) {
            throw truncated;
        } catch (IOException broken) {
            throw Problem.TRANSPORT_FAILED.causedBy(broken, operation, String.valueOf(broken.getMessage()));
        } finally {
            received.flip();
        }
    }

    private void drain() throws TlsException {
        while (engine.hasOutput()) {
            engine.send(NOTHING, toSend);
            flush();
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

    private void sendAlert(TlsException failed) {
        if (!engine.hasOutput()) {
            return;
        }
        try {
            if (writing.tryLock(ALERT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    drainAlert(failed);
                } finally {
                    writing.unlock();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void drainAlert(TlsException failed) {
        try {
            drain();
        } catch (TlsException alsoFailed) {
            if (alsoFailed != failed) {
                failed.addSuppressed(alsoFailed);
            }
        }
    }

    private boolean lockWriting() {
        try {
            return writing.tryLock(ALERT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Takes what has come already, tickets for instance: TCP resets a connection that is closed with bytes unread, and the peer could lose our last ones. */
    private void discardInput() throws IOException {
        byte[] discarded = new byte[1024];
        // A reader that is still there takes it itself.
        if (!reading.tryLock()) {
            return;
        }
        try {
            for (int budget = 64; budget > 0 && from.available() > 0; budget--) {
                if (from.read(discarded) < 0) {
                    return;
                }
            }
        } finally {
            reading.unlock();
        }
    }

    private void closeSocket() throws TlsException {
        try {
            socket.close();
        } catch (IOException broken) {
            throw Problem.TRANSPORT_FAILED.causedBy(broken, "close", String.valueOf(broken.getMessage()));
        }
    }
}
