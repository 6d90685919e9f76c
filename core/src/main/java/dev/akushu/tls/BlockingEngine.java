package dev.akushu.tls;

import dev.akushu.tls.identity.HostNames;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Drives an engine over a socket. One lock for each direction, so that a reader and a writer do not wait for each other. The handshake has a third, and the reader's during all of it; those of {@link Outgoing} only while it sends or uses the
 * engine, not while it waits for the peer or for work: then another thread may close, or answer early data. They are taken in this order: handshaking, reading, Outgoing's. Locks and socket let go of the carrier of a virtual thread.
 */
final class BlockingEngine {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** A server's tickets come one behind the other. */
    private static final Duration QUIET = Duration.ofMillis(200);

    private final TlsEngine engine;
    private final Socket socket;
    private final boolean borrowed;
    private final Outgoing outgoing;
    private final Closing closing;
    private final ReentrantLock handshaking = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();

    // Guarded by reading: what has come and is not opened yet, and what is opened and not read yet, a record buffer
    // that is ready to be read from; null if there is nothing.
    private final Incoming incoming;
    private @Nullable ByteBuffer opened;

    // Guarded by handshaking: how long callers have been in here for the handshake. What they do meanwhile with early
    // data is their own time.
    private long handshakeNanos;

    // Null leaves the socket's own as it is.
    private volatile @Nullable Duration readTimeout;
    private volatile boolean isClosing;
    private volatile boolean isInputClosed;
    // Whether anything has come since the handshake.
    private volatile boolean hasHeard;

    /**
     * An engine over {@code socket}.
     *
     * @param borrowed leaves the socket open, and reads nothing beyond the peer's close_notify
     */
    BlockingEngine(TlsEngine engine, Socket socket, InputStream consumed, boolean borrowed) throws TlsException {
        this.engine = engine;
        this.socket = socket;
        this.borrowed = borrowed;
        try {
            this.incoming = new Incoming(socket, consumed, borrowed);
            this.outgoing = new Outgoing(engine, socket);
        } catch (IOException unconnected) {
            throw Problem.TRANSPORT_FAILED.causedBy(unconnected, "open", String.valueOf(unconnected.getMessage()));
        }
        this.closing = new Closing(engine, socket, this, outgoing);
    }

    void readTimeout(Duration limit) {
        readTimeout = limit;
    }

    /** Within {@code limit}; zero leaves it to the read timeout how long each wait may take. */
    void handshake(Duration limit) throws TlsException {
        if (engine.isEstablished()) {
            return;
        }
        inHandshake(limit, deadline -> {
            shakeHands(limit, deadline);
            return true;
        });
    }

    /** Receives until the engine has something to send or to be done, in the time of the handshake. Sends nothing, not even an alert, and keeps what has come. */
    void receiveHello(Duration limit) throws TlsException {
        inHandshake(limit, deadline -> {
            incoming.keep();
            while (!engine.hasOutput() && engine.work().isEmpty()) {
                if (receiveInHandshake() == TlsEngine.Status.NEED_INPUT) {
                    fillInHandshake(limit, deadline);
                }
            }
            return true;
        });
    }

    /** All that {@link #receiveHello} has received. */
    InputStream received() {
        reading.lock();
        try {
            return incoming.kept();
        } finally {
            reading.unlock();
        }
    }

    int read(byte[] target, int offset, int length) throws TlsException {
        reading.lock();
        try {
            if (engine.earlyDataAvailable() > 0) {
                throw Problem.EARLY_DATA_UNREAD.with(engine.earlyDataAvailable());
            }
            while (opened == null) {
                if (isInputClosed) {
                    return -1;
                }
                int direct = receiveOnce(target, offset, length);
                if (engine.owesAnswer()) {
                    outgoing.sendApart();
                }
                if (direct != 0) {
                    return direct;
                }
            }
            return takeOpened(opened, target, offset, length);
        } catch (TlsException failed) {
            outgoing.sendAlert(failed);
            throw failed;
        } finally {
            reading.unlock();
        }
    }

    /** Reads early data, at the pace of the handshake that it is part of; -1 after the last of it. */
    int readEarly(byte[] target, int offset, int length, Duration limit) throws TlsException {
        return inHandshake(limit, deadline -> {
            try {
                while (engine.earlyDataAvailable() == 0 && !engine.isEarlyDataComplete()) {
                    advance(limit, deadline);
                }
                if (engine.earlyDataAvailable() == 0) {
                    return -1;
                }
                return engine.readEarlyData(ByteBuffer.wrap(target, offset, length));
            } catch (TlsException failed) {
                outgoing.sendAlert(failed);
                throw failed;
            }
        });
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

    /** As {@link #write}, but at a server before the handshake is done; does not wait for who reads early data. */
    void writeHalfRtt(byte[] source, int offset, int length, Duration limit) throws TlsException {
        if (engine.awaitsHalfRttData()) {
            reachOwnFinished(limit);
        }
        outgoing.sendHalfRtt(ByteBuffer.wrap(source, offset, length));
    }

    /** Goes on until a server's flight is ready, and leaves it for what is written to go out with it. */
    private void reachOwnFinished(Duration limit) throws TlsException {
        inHandshake(limit, deadline -> {
            try {
                while (engine.awaitsHalfRttData()) {
                    advance(limit, deadline);
                }
                return true;
            } catch (TlsException failed) {
                outgoing.sendAlert(failed);
                throw failed;
            }
        });
    }

    private int takeOpened(ByteBuffer from, byte[] target, int offset, int length) {
        int taken = Math.min(length, from.remaining());
        from.get(target, offset, taken);
        if (!from.hasRemaining()) {
            opened = null;
            RecordBuffers.wipeAndGiveBack(from);
        }
        return taken;
    }

    /** What can be read at once; 0 while another thread reads or shakes hands, who would have to be waited for. */
    int available() {
        if (!reading.tryLock()) {
            return 0;
        }
        try {
            return opened == null ? 0 : opened.remaining();
        } finally {
            reading.unlock();
        }
    }

    void write(byte[] source, int offset, int length) throws TlsException {
        outgoing.send(ByteBuffer.wrap(source, offset, length));
    }

    void updateKeys(boolean both) throws TlsException {
        try {
            outgoing.afterwards(() -> engine.updateKeys(both));
        } catch (TlsException failed) {
            outgoing.sendAlert(failed);
            throw failed;
        }
    }

    /** Reads no more; who waits for data is told that there is none, unless the socket is borrowed. */
    void closeInput() throws TlsException {
        isInputClosed = true;
        if (!borrowed) {
            endReader();
        }
    }

    /** The answer completes on a thread of its own: what the program does then may wait for the reader, which must not wait for it. */
    CompletionStage<List<Bytes>> requestClientCertificate() throws TlsException {
        CompletableFuture<List<Bytes>> answer = new CompletableFuture<>();
        try {
            outgoing.answeredAfterwards(engine::requestClientCertificate)
                    .whenCompleteAsync((chain, failure) -> pass(chain, failure, answer), Thread::startVirtualThread);
        } catch (TlsException failed) {
            outgoing.sendAlert(failed);
            throw failed;
        }
        return answer;
    }

    private static void pass(
            @Nullable List<Bytes> chain, @Nullable Throwable failure, CompletableFuture<List<Bytes>> answer) {
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else {
            answer.complete(chain);
        }
    }

    /** Says that no more is sent. Waits for a writer that is stuck as long as SO_LINGER says, or without a limit if it says nothing. */
    void closeOutput() throws TlsException {
        Duration linger = closing.linger();
        if (linger == null) {
            outgoing.afterwards(engine::closeOutput);
        } else if (!outgoing.afterwardsWithin(linger, engine::closeOutput)) {
            throw Problem.TIMED_OUT.with("close (SO_LINGER)", linger.toMillis() + " ms", peer());
        }
    }

    /** Closes in order, or at once if the connection has failed. A socket that is borrowed stays open. */
    void close() throws TlsException {
        boolean again = isClosing;
        isClosing = true;
        try {
            closeByState(again);
        } finally {
            engine.abandonRequests();
        }
    }

    private void closeByState(boolean again) throws TlsException {
        Optional<TlsException> failure = engine.failure();
        if (borrowed) {
            closing.closeBorrowed(failure.isPresent());
        } else if (again || socket.isClosed()) {
            closing.closeSocket();
        } else if (failure.isPresent()) {
            closing.closeFailed();
        } else {
            closing.close();
        }
    }

    /** Wakes who waits for the peer. Does nothing if nobody does: what still comes has to be taken before the end. */
    void endReader() throws TlsException {
        if (reading.tryLock()) {
            reading.unlock();
            return;
        }
        try {
            socket.shutdownInput();
        } catch (IOException broken) {
            throw Problem.TRANSPORT_FAILED.causedBy(broken, "close", String.valueOf(broken.getMessage()));
        }
    }

    /** Takes what has come already, tickets for instance: TCP resets a connection that is closed with bytes unread, and the peer could lose our last ones. */
    void discardInput() throws IOException {
        // A reader that is still there takes it itself.
        if (!reading.tryLock()) {
            return;
        }
        try {
            hasHeard |= incoming.discard();
        } finally {
            reading.unlock();
        }
    }

    /**
     * Whether this is a client that has sent data and heard nothing since the handshake: its server's tickets are under way, and nobody reads them. If they met a socket that is closed, TCP would
     * reset the connection, and what the server has not received yet would be lost.
     */
    boolean awaitsTickets() {
        if (!reading.tryLock()) {
            // A reader is there, who takes them.
            return false;
        }
        reading.unlock();
        return !hasHeard
                && outgoing.hasSentData()
                && engine.session().filter(done -> done.role() == Role.CLIENT).isPresent();
    }

    /** Throws away what still comes: until the peer ends too, or is quiet after the first of it, or {@code limit} has passed. For who closes: nobody else reads any more. */
    void discardUntilQuiet(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        Duration wait = limit;
        try {
            while (wait.isPositive()) {
                socket.setSoTimeout(millis(wait));
                if (!incoming.discardNext()) {
                    return;
                }
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                wait = left.compareTo(QUIET) < 0 ? left : QUIET;
            }
        } catch (SocketTimeoutException quiet) {
            // It has said what it had to say, or says nothing.
        }
    }

    /** Does {@code act} as part of the handshake: nobody else goes on with that or reads meanwhile, and it takes its time from the handshake's. */
    private <T> T inHandshake(Duration limit, Paced<T> act) throws TlsException {
        handshaking.lock();
        reading.lock();
        long begin = System.nanoTime();
        try {
            return act.until(begin + limit.toNanos() - handshakeNanos);
        } finally {
            handshakeNanos += System.nanoTime() - begin;
            reading.unlock();
            handshaking.unlock();
        }
    }

    private void shakeHands(Duration limit, long deadline) throws TlsException {
        try {
            while (!engine.isEstablished()) {
                advance(limit, deadline);
            }
            outgoing.drainUnlessBusy();
        } catch (TlsException failed) {
            outgoing.sendAlert(failed);
            throw failed;
        }
    }

    private void advance(Duration limit, long deadline) throws TlsException {
        // Who goes on here serves the client: nobody else reads its hello again.
        incoming.forget();
        outgoing.drainUnlessBusy();
        TlsEngine.Status status = receiveInHandshake();
        if (status == TlsEngine.Status.NEED_WORK) {
            doWork();
        } else if (status == TlsEngine.Status.NEED_INPUT) {
            outgoing.drainUnlessBusy();
            fillInHandshake(limit, deadline);
        }
    }

    private TlsEngine.Status receiveInHandshake() throws TlsException {
        TlsEngine.Status status = outgoing.inTurn(() -> engine.receive(incoming.bytes(), NOTHING));
        incoming.rest();
        return status;
    }

    private void doWork() throws TlsException {
        Optional<Work> work = outgoing.inTurn(engine::work);
        // The application's code, which may take its time: who wants to close does not wait for it.
        work.ifPresent(Work::run);
        outgoing.inTurn(() -> {
            engine.resume();
            return true;
        });
    }

    private void fillInHandshake(Duration limit, long deadline) throws TlsException {
        Duration wait = readTimeout;
        if (!limit.isZero()) {
            wait = Duration.ofNanos(deadline - System.nanoTime());
            if (!wait.isPositive()) {
                // A peer that keeps bytes coming must not stretch the limit.
                throw Problem.TIMED_OUT.with("handshake", limit.toMillis() + " ms", peer());
            }
        }
        if (!fill("handshake", limit, wait)) {
            outgoing.inTurn(() -> {
                engine.endOfInput();
                return true;
            });
        }
    }

    /** Opens one record: straight into {@code target} if it is large enough; returns how much went there, -1 at the end of the data. */
    private int receiveOnce(byte[] target, int offset, int length) throws TlsException {
        boolean direct = length >= TlsEngine.APPLICATION_BUFFER_SIZE;
        ByteBuffer application =
                direct ? ByteBuffer.wrap(target, offset, length).slice() : RecordBuffers.take();
        // Where this throws, nobody has the buffer any more, whatever is in it.
        TlsEngine.Status status = engine.receive(incoming.bytes(), application);
        incoming.rest();
        if (!direct) {
            keepOpened(application.flip());
        }
        hasHeard |= status != TlsEngine.Status.NEED_INPUT;
        return switch (status) {
            case OK, NEED_SPACE -> direct ? application.position() : 0;
            case CLOSED -> -1;
            case NEED_WORK -> {
                engine.work().ifPresent(Work::run);
                // At once, so that what follows from it is sent before anything is waited for.
                engine.resume();
                yield 0;
            }
            case NEED_INPUT -> {
                boolean more = fill("read", Duration.ZERO, readTimeout);
                if (!more && !isInputClosed) {
                    engine.endOfInput();
                }
                yield more ? 0 : -1;
            }
        };
    }

    private void keepOpened(ByteBuffer data) {
        if (data.hasRemaining()) {
            opened = data;
        } else {
            RecordBuffers.giveBack(data);
        }
    }

    /**
     * Waits for at least one byte; false at the end.
     *
     * @param limit of all that {@code operation} may take, for the error; zero if it is that of each wait
     * @param wait how long this may take, or null if the socket's own timeout says that
     */
    private boolean fill(String operation, Duration limit, @Nullable Duration wait) throws TlsException {
        try {
            int own = socket.getSoTimeout();
            if (wait == null) {
                return filled(operation, own);
            }
            socket.setSoTimeout(millis(wait));
            try {
                return filled(operation, limit.isZero() ? wait.toMillis() : limit.toMillis());
            } finally {
                socket.setSoTimeout(own);
            }
        } catch (TlsException known) {
            throw known;
        } catch (IOException broken) {
            throw Problem.TRANSPORT_FAILED.causedBy(broken, operation, String.valueOf(broken.getMessage()));
        }
    }

    private boolean filled(String operation, long limitMillis) throws IOException {
        refuseIfClosing();
        try {
            if (incoming.fill()) {
                return true;
            }
        } catch (SocketTimeoutException slow) {
            throw Problem.TIMED_OUT.causedBy(slow, operation, limitMillis + " ms", peer());
        }
        refuseIfClosing();
        return false;
    }

    /** The other end for people, by the name that it was connected to if there was one; no name service is asked. */
    private String peer() {
        // Behind a SOCKS proxy that looks names up the JDK says 0.0.0.0.
        return socket.getRemoteSocketAddress() instanceof InetSocketAddress address
                        && (address.isUnresolved() || !address.getAddress().isAnyLocalAddress())
                ? HostNames.withPort(address)
                : "?";
    }

    /** The socket below may stay open for a while after it was closed here. */
    private void refuseIfClosing() throws SocketException {
        if (isClosing && !borrowed) {
            throw new SocketException("Socket closed");
        }
    }

    private static int millis(Duration limit) {
        return limit.isZero() ? 0 : Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE);
    }

    /** Something that has to be done in time. */
    @FunctionalInterface
    private interface Paced<T> {
        T until(long deadline) throws TlsException;
    }
}
