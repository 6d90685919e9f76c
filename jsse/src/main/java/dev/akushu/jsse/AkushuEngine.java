package dev.akushu.jsse;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Work;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The core's engine in the words of JSSE. Where callers rely on more than JSSE's documentation says, it does as the JDK's
 * own engine does:
 *
 * <table>
 * <caption>What getHandshakeStatus says</caption>
 * <tr><th>when</th><th>status</th></tr>
 * <tr><td>before {@code beginHandshake}, {@code wrap} or {@code unwrap}</td><td>NOT_HANDSHAKING</td></tr>
 * <tr><td>handshake messages are to be sent; tickets too, after the client's Finished</td><td>NEED_WRAP</td></tr>
 * <tr><td>an identity is to be chosen, a signature to be made, the peer to be verified</td><td>NEED_TASK</td></tr>
 * <tr><td>unwrap has found a handshake message that is to be answered by an alert</td><td>NEED_TASK</td></tr>
 * <tr><td>the peer's next handshake message is awaited</td><td>NEED_UNWRAP</td></tr>
 * <tr><td>the connection has failed or was closed, and the alert has not been sent</td><td>NEED_WRAP</td></tr>
 * <tr><td>otherwise; also when a KeyUpdate is owed, which goes out with the next data</td><td>NOT_HANDSHAKING</td></tr>
 * </table>
 *
 * <table>
 * <caption>What wrap and unwrap return</caption>
 * <tr><th>when</th><th>result</th></tr>
 * <tr><td>the call that sends or receives the last of the handshake</td><td>OK, FINISHED; once in a connection</td></tr>
 * <tr><td>unwrap, and no whole record is there</td><td>BUFFER_UNDERFLOW, nothing consumed</td></tr>
 * <tr><td>the target has no room for what might come</td><td>BUFFER_OVERFLOW, nothing consumed or produced</td></tr>
 * <tr><td>unwrap while NEED_WRAP or NEED_TASK, wrap while NEED_UNWRAP or NEED_TASK</td><td>OK, that status, 0 bytes</td></tr>
 * <tr><td>unwrap of a ticket or a KeyUpdate</td><td>OK, NOT_HANDSHAKING, 0 bytes produced</td></tr>
 * <tr><td>unwrap of close_notify and after it</td><td>CLOSED; sending goes on</td></tr>
 * <tr><td>wrap after {@code closeOutbound}</td><td>CLOSED with close_notify, then CLOSED with 0 bytes</td></tr>
 * <tr><td>unwrap of a handshake message that is to be answered by an alert</td><td>OK, NEED_TASK; after the task the next call throws</td></tr>
 * <tr><td>a failure</td><td>an SSLException once; then wrap gives CLOSED with the alert, then CLOSED with 0 bytes</td></tr>
 * </table>
 *
 * <p>Safe for use by many threads: one call at a time runs, tasks excepted.
 */
final class AkushuEngine extends EngineOfSettings implements WorkingSet.Resting {
    /** A buffer of this size holds every packet. */
    static final int PACKET_SIZE = TlsEngine.NETWORK_BUFFER_SIZE;

    /** Header, content type and tag of a record: what it holds besides its content. */
    private static final int RECORD_OVERHEAD = 5 + 1 + 16;

    /** No limit is smaller: RFC 8449 section 4 has none below 64 octets of content either. */
    static final int SMALLEST_PACKET = 64 + RECORD_OVERHEAD;

    private static final int LONGEST_CONTENT = 1 << 14;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What can be wrong with a record, whatever message it holds. */
    private static final Set<Problem> OF_RECORDS = EnumSet.of(
            Problem.NOT_TLS,
            Problem.RECORD_TOO_LONG,
            Problem.UNKNOWN_RECORD_TYPE,
            Problem.EMPTY_RECORD,
            Problem.MALFORMED_ALERT,
            Problem.MALFORMED_CHANGE_CIPHER_SPEC,
            Problem.UNEXPECTED_RECORD,
            Problem.INTERLEAVED_RECORD,
            Problem.BAD_RECORD_MAC,
            Problem.PLAINTEXT_TOO_LONG,
            Problem.NO_CONTENT_TYPE);

    /** One for the JVM: it is its memory. */
    static final WorkingSet WORKING = new WorkingSet(WorkingSet.MOST);

    private static final Logger LOG = System.getLogger(AkushuEngine.class.getName());

    private final WorkingSet.Member working = new WorkingSet.Member(this);
    private volatile boolean mayRest;
    private @Nullable Work taken;
    // Handed out, and the engine has not gone on from it.
    private @Nullable Work running;
    private boolean told;
    // What unwrap has found wrong, until the task that stands for finding it has run; then it is untold.
    private @Nullable TlsException found;
    private boolean findingTaken;
    private @Nullable TlsException untold;
    private boolean finished;
    private boolean inboundClosed;
    private boolean outboundClosed;

    /** An engine whose peer has no name. */
    AkushuEngine(Context context) {
        super(context, null, -1);
    }

    /** An engine for a peer at that host and port; both only tell sessions and names. */
    AkushuEngine(Context context, @Nullable String host, int port) {
        super(context, host, port);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        Buffers from = Buffers.sources(sources, offset, length);
        Buffers.require(target);
        if (target.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        lock().lock();
        try {
            if (isOutboundDone()) {
                return result(Status.CLOSED, 0, 0);
            }
            return wrap(open(), from, target);
        } catch (TlsException failed) {
            throw told(failed);
        } finally {
            leave();
        }
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        Buffers.require(source);
        Buffers to = Buffers.targets(targets, offset, length);
        lock().lock();
        try {
            if (isInboundDone() && untold == null && found == null) {
                return result(Status.CLOSED, 0, 0);
            }
            return unwrap(open(), source, to);
        } catch (TlsException failed) {
            throw told(failed);
        } finally {
            leave();
        }
    }

    private SSLEngineResult wrap(Endpoint opened, Buffers from, ByteBuffer target) throws TlsException {
        throwUntold();
        if (found != null) {
            return result(Status.OK, 0, 0);
        }
        TlsEngine tls = opened.engine();
        boolean failed = tls.failure().isPresent();
        if (!finished && !tls.hasOutput() && !outboundClosed) {
            return result(Status.OK, 0, 0);
        }
        int before = target.position();
        if (tls.hasOutput() && (!finished || outboundClosed || failed)) {
            TlsEngine.Status status = tls.send(NOTHING, target);
            int produced = target.position() - before;
            if (status == TlsEngine.Status.NEED_SPACE && produced == 0) {
                return result(Status.BUFFER_OVERFLOW, 0, 0);
            }
            return isOutboundDone() ? result(Status.CLOSED, 0, produced) : progress(opened, 0, produced);
        }
        return wrapData(tls, from, target);
    }

    /** One record of application data, and before it the KeyUpdate that is owed, if one is. */
    private SSLEngineResult wrapData(TlsEngine tls, Buffers from, ByteBuffer target) throws TlsException {
        comeIn();
        int limit = Math.min(LONGEST_CONTENT, settings().maximumPacketSize() - RECORD_OVERHEAD);
        ByteBuffer data = from.peek(limit);
        int content = data.remaining();
        if (content > 0 && target.remaining() < content + RECORD_OVERHEAD) {
            return result(Status.BUFFER_OVERFLOW, 0, 0);
        }
        int before = target.position();
        TlsEngine.Status status = tls.send(data, target);
        int consumed = content - data.remaining();
        int produced = target.position() - before;
        from.take(consumed);
        boolean stuck = status == TlsEngine.Status.NEED_SPACE && produced == 0;
        return result(stuck ? Status.BUFFER_OVERFLOW : Status.OK, consumed, produced);
    }

    private SSLEngineResult unwrap(Endpoint opened, ByteBuffer source, Buffers to) throws TlsException {
        throwUntold();
        HandshakeStatus status = getHandshakeStatus();
        if (!finished && (status == HandshakeStatus.NEED_WRAP || status == HandshakeStatus.NEED_TASK)) {
            return result(Status.OK, 0, 0);
        }
        if (!source.hasRemaining()) {
            return result(Status.BUFFER_UNDERFLOW, 0, 0);
        }
        if (finished) {
            comeIn();
        }
        int before = source.position();
        ByteBuffer target = to.isScattered() ? ByteBuffer.allocate(scatteredRoom(to)) : to.single();
        int start = target.position();
        TlsEngine tls = opened.engine();
        TlsEngine.Status received;
        try {
            received = tls.receive(source, target);
        } catch (TlsException failed) {
            // The JDK's engine reads handshake messages in tasks, and whichever call comes next throws what they
            // found. Kafka sends the alert only if a task or a wrap was due before, Undertow only if unwrap throws.
            // What is wrong with a record itself the JDK throws from unwrap, and Netty's tests want it so.
            if (finished || !tls.hasOutput() || OF_RECORDS.contains(failed.problem())) {
                throw failed;
            }
            found = failed;
            return result(Status.OK, source.position() - before, 0);
        }
        int produced = target.position() - start;
        if (to.isScattered()) {
            to.put(target.flip());
        }
        int consumed = source.position() - before;
        return switch (received) {
            case OK, NEED_WORK -> progress(opened, consumed, produced);
            case NEED_INPUT -> result(Status.BUFFER_UNDERFLOW, 0, 0);
            case NEED_SPACE -> result(Status.BUFFER_OVERFLOW, 0, 0);
            case CLOSED -> result(Status.CLOSED, consumed, produced);
        };
    }

    /** Is one of those that keep ciphers and buffers; not yet while it shakes hands. */
    private void comeIn() {
        if (mayRest) {
            mayRest = false;
        }
        WORKING.uses(working);
    }

    /** Whoever is in a call uses the connection, this very thread too, which an observer may have sent elsewhere: it rests when the call ends. */
    @Override
    public void rest() {
        mayRest = true;
        restUnlessInUse();
    }

    @Override
    void leave() {
        lock().unlock();
        if (mayRest) {
            restUnlessInUse();
        }
    }

    private void restUnlessInUse() {
        // Again if it was asked for once more while it was done.
        while (mayRest && !lock().isHeldByCurrentThread() && lock().tryLock()) {
            try {
                mayRest = false;
                Endpoint opened = endpoint();
                if (opened != null) {
                    opened.engine().releaseBuffers();
                }
            } catch (RuntimeException | Error failed) {
                // Another connection's call has led here, which is none the worse for it.
                LOG.log(Logger.Level.WARNING, "a connection that rests could not let go of its ciphers", failed);
            } finally {
                lock().unlock();
            }
        }
    }

    private static int scatteredRoom(Buffers to) {
        return (int) Math.min(to.remaining(), TlsEngine.APPLICATION_BUFFER_SIZE);
    }

    /** Something was done; the first time that all of the handshake is, it is FINISHED. */
    private SSLEngineResult progress(Endpoint opened, int consumed, int produced) {
        TlsEngine tls = opened.engine();
        if (finished || !tls.isEstablished() || tls.hasOutput()) {
            return result(Status.OK, consumed, produced);
        }
        finished = true;
        opened.complete();
        comeIn();
        return new SSLEngineResult(Status.OK, HandshakeStatus.FINISHED, consumed, produced);
    }

    private SSLEngineResult result(Status status, int consumed, int produced) {
        return new SSLEngineResult(status, getHandshakeStatus(), consumed, produced);
    }

    private SSLException told(TlsException failed) {
        told = true;
        Endpoint opened = endpoint();
        if (opened != null) {
            opened.failed(failed);
        }
        noSession().failed(failed.diagnosis());
        return Failures.of(failed);
    }

    /** What a task found is thrown by the next call, whichever it is. */
    private void throwUntold() throws TlsException {
        TlsException failed = untold;
        if (failed != null) {
            untold = null;
            throw failed;
        }
    }

    /** The failure was thrown in other words: what is left is its alert. */
    void toldOtherwise() {
        lock().lock();
        try {
            told = true;
            found = null;
            untold = null;
        } finally {
            leave();
        }
    }

    @Override
    public void beginHandshake() throws SSLException {
        lock().lock();
        try {
            if (outboundClosed || inboundClosed) {
                throw new SSLException("the engine is closed");
            }
            // A second time there is nothing to do: TLS 1.3 has no renegotiation, and keys change by themselves.
            open();
        } catch (TlsException failed) {
            throw told(failed);
        } finally {
            leave();
        }
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        lock().lock();
        try {
            Endpoint opened = endpoint();
            if (opened == null) {
                return HandshakeStatus.NOT_HANDSHAKING;
            }
            TlsEngine tls = opened.engine();
            boolean ending = outboundClosed || tls.failure().isPresent();
            if (found != null) {
                return HandshakeStatus.NEED_TASK;
            }
            if (untold != null || tls.hasOutput() && (!finished || ending)) {
                return HandshakeStatus.NEED_WRAP;
            }
            if (finished || ending) {
                return HandshakeStatus.NOT_HANDSHAKING;
            }
            return running != null || tls.work().isPresent() ? HandshakeStatus.NEED_TASK : HandshakeStatus.NEED_UNWRAP;
        } finally {
            leave();
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // each piece of work is handed out once
    public @Nullable Runnable getDelegatedTask() {
        lock().lock();
        try {
            Endpoint opened = endpoint();
            if (found != null && !findingTaken) {
                findingTaken = true;
                return this::tellFound;
            }
            Work work = opened == null ? null : opened.engine().work().orElse(null);
            if (opened == null || work == null || work == taken) {
                return null;
            }
            taken = work;
            running = work;
            return () -> work(opened.engine(), work);
        } finally {
            leave();
        }
    }

    /** What was found is thrown by the next call, unless the failure has been told meanwhile. */
    private void tellFound() {
        lock().lock();
        try {
            if (found != null) {
                untold = told ? null : found;
                found = null;
            }
        } finally {
            leave();
        }
    }

    /** The lock is not held while the work is done, since managers may ask this engine about its session. */
    private void work(TlsEngine tls, Work work) {
        work.run();
        lock().lock();
        try {
            running = null;
            // A handshake that was given up does not go on; what it has left to send is the alert.
            if (!outboundClosed) {
                try {
                    tls.resume();
                } finally {
                    // It holds all of the handshake.
                    taken = null;
                }
            }
        } catch (TlsException failed) {
            // Another thread may have met it, or caused it, while the task ran.
            untold = told ? null : failed;
        } finally {
            leave();
        }
    }

    @Override
    public void closeInbound() throws SSLException {
        lock().lock();
        try {
            if (inboundClosed) {
                return;
            }
            inboundClosed = true;
            tellFound();
            Endpoint opened = endpoint();
            if (opened == null) {
                outboundClosed = true;
            } else if (opened.engine().failure().isEmpty()) {
                opened.engine().endOfInput();
            }
        } catch (TlsException truncated) {
            throw told(truncated);
        } finally {
            leave();
        }
    }

    @Override
    public boolean isInboundDone() {
        lock().lock();
        try {
            Endpoint opened = endpoint();
            if (inboundClosed || opened == null) {
                return inboundClosed || outboundClosed;
            }
            TlsEngine tls = opened.engine();
            // Who gives a handshake up is not interested in how it would have gone on.
            boolean givenUp = outboundClosed && !finished;
            return givenUp || tls.isInputClosed() || tls.failure().isPresent();
        } finally {
            leave();
        }
    }

    @Override
    public void closeOutbound() {
        lock().lock();
        try {
            if (outboundClosed) {
                return;
            }
            outboundClosed = true;
            // Nobody need run a task any more.
            tellFound();
            Endpoint opened = endpoint();
            if (opened != null) {
                opened.engine().closeOutput();
            }
        } catch (TlsException impossible) {
            throw new IllegalStateException("close_notify could not be queued", impossible);
        } finally {
            leave();
        }
    }

    @Override
    public boolean isOutboundDone() {
        lock().lock();
        try {
            Endpoint opened = endpoint();
            if (opened == null) {
                return outboundClosed;
            }
            TlsEngine tls = opened.engine();
            boolean ending = outboundClosed || tls.failure().isPresent();
            return ending && found == null && untold == null && !tls.hasOutput();
        } finally {
            leave();
        }
    }
}
