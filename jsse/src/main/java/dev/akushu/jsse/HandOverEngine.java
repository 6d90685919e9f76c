package dev.akushu.jsse;

import dev.akushu.tls.TlsException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * An engine that is Akushu's own, unless it is a server's and the client offers no TLS 1.3: then it becomes another
 * provider's. The own engine reads the ClientHello, whole or in pieces, and it alone says that the client is too old;
 * nothing has been sent then, and the other engine reads the same records again. To hand over is a delegated task, since
 * finding out whether the client is protected against downgrades can ask key managers and make a signature.
 */
final class HandOverEngine extends EngineInFront {
    private final ReentrantLock deciding = new ReentrantLock();
    private final AkushuEngine own;
    private final OlderClients olderClients;
    // What the own engine has taken of a client that is not known yet.
    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private volatile boolean decided;
    private volatile SSLEngine current;
    private volatile @Nullable BiFunction<SSLEngine, List<String>, String> protocolSelector;
    // The client is too old, and the task that hands it over has not ended; the second is null once it is handed out.
    private volatile boolean handingOver;
    private volatile @Nullable Runnable task;
    // Why it was not handed over, until a call has thrown it.
    private volatile @Nullable SSLException untold;

    HandOverEngine(AkushuEngine own, OlderClients olderClients) {
        super(own.getPeerHost(), own.getPeerPort());
        this.own = own;
        this.olderClients = olderClients;
        this.current = own;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        if (decided && untold == null) {
            return current.unwrap(source, targets, offset, length);
        }
        deciding.lock();
        try {
            throwUntold();
            if (handingOver) {
                return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, 0, 0);
            }
            if (decided || own.getUseClientMode()) {
                return current.unwrap(source, targets, offset, length);
            }
            return unwrapHello(source, targets, offset, length);
        } finally {
            deciding.unlock();
        }
    }

    private SSLEngineResult unwrapHello(ByteBuffer source, ByteBuffer[] targets, int offset, int length)
            throws SSLException {
        // A null source is refused by the own engine.
        ByteBuffer unread = source == null ? ByteBuffer.allocate(0) : source.duplicate();
        SSLEngineResult result;
        try {
            result = own.unwrap(source, targets, offset, length);
        } catch (SSLException failed) {
            decide(own);
            throw failed;
        }
        keep(unread, result.bytesConsumed());
        // The own engine tells of a failure by its next wrap.
        Endpoint opened = own.endpoint();
        TlsException failure = opened == null ? null : opened.engine().failure().orElse(null);
        if (opened != null && failure != null && opened.handsOver(failure)) {
            Settings chosen = own.settings().copy();
            task = () -> handOver(opened, failure, chosen);
            handingOver = true;
            return new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, result.bytesConsumed(), 0);
        }
        if (result.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
            decide(own);
        }
        return result;
    }

    /** The task. What it finds wrong is thrown by the next call, as what the other tasks find. */
    private void handOver(Endpoint opened, TlsException tooOld, Settings chosen) {
        SSLEngine other = null;
        SSLException refused = null;
        try {
            other = olderClients.engine(chosen, getPeerHost(), getPeerPort());
        } catch (SSLHandshakeException unprotected) {
            refused = unprotected;
        } catch (RuntimeException unable) {
            refused = olderClients.unable(unable);
        }
        deciding.lock();
        try {
            if (handingOver) {
                handingOver = false;
                decide(opened, tooOld, other, refused);
            }
        } finally {
            deciding.unlock();
        }
    }

    private void decide(
            Endpoint opened, TlsException tooOld, @Nullable SSLEngine other, @Nullable SSLException refused) {
        untold = refused;
        if (other == null) {
            opened.failed(tooOld);
            own.toldOtherwise();
            decide(own);
            return;
        }
        try {
            replay(other);
            opened.handedOver(tooOld);
        } catch (SSLException failed) {
            untold = failed;
        }
    }

    private void replay(SSLEngine other) throws SSLException {
        ByteBuffer replayed = ByteBuffer.wrap(records.toByteArray());
        BiFunction<SSLEngine, List<String>, String> selector = protocolSelector;
        if (selector != null) {
            other.setHandshakeApplicationProtocolSelector((engine, offered) -> selector.apply(this, offered));
        }
        decide(other);
        other.beginHandshake();
        SSLEngineResult result;
        do {
            // A ClientHello holds no data for the program.
            result = other.unwrap(replayed, ByteBuffer.allocate(0));
        } while (replayed.hasRemaining() && result.bytesConsumed() > 0);
        if (replayed.hasRemaining()) {
            throw new SSLProtocolException(replayed.remaining() + " bytes after the ClientHello were not taken by "
                    + olderClients.context().getProvider().getName());
        }
    }

    private void throwUntold() throws SSLException {
        SSLException failed = untold;
        if (failed != null) {
            untold = null;
            throw failed;
        }
    }

    private void keep(ByteBuffer from, int count) {
        byte[] taken = new byte[count];
        from.get(taken);
        records.writeBytes(taken);
    }

    private void decide(SSLEngine chosen) {
        current = chosen;
        decided = true;
        records.reset();
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        if (decided && untold == null) {
            return current.wrap(sources, offset, length, target);
        }
        // Nothing of the own engine's may leave while the other one is put in its place.
        deciding.lock();
        try {
            throwUntold();
            return handingOver
                    ? new SSLEngineResult(Status.OK, HandshakeStatus.NEED_TASK, 0, 0)
                    : current.wrap(sources, offset, length, target);
        } finally {
            deciding.unlock();
        }
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
        if (decided) {
            return super.getDelegatedTask();
        }
        deciding.lock();
        try {
            Runnable handedOut = task;
            task = null;
            return handedOut != null || handingOver ? handedOut : super.getDelegatedTask();
        } finally {
            deciding.unlock();
        }
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        if (handingOver) {
            return HandshakeStatus.NEED_TASK;
        }
        return untold != null ? HandshakeStatus.NEED_WRAP : super.getHandshakeStatus();
    }

    @Override
    public void closeInbound() throws SSLException {
        giveUp();
        super.closeInbound();
    }

    @Override
    public void closeOutbound() {
        giveUp();
        super.closeOutbound();
    }

    /** Who closes while the client is being handed over keeps the own engine, which refuses the client. */
    private void giveUp() {
        deciding.lock();
        try {
            if (handingOver) {
                handingOver = false;
                task = null;
                decide(own);
            }
        } finally {
            deciding.unlock();
        }
    }

    @Override
    public boolean isInboundDone() {
        return !handingOver && untold == null && super.isInboundDone();
    }

    @Override
    public boolean isOutboundDone() {
        return !handingOver && untold == null && super.isOutboundDone();
    }

    @Override
    SSLEngine current() {
        return current;
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return own.getSupportedCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return own.getSupportedProtocols();
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(
            @Nullable BiFunction<SSLEngine, List<String>, String> selector) {
        protocolSelector = selector;
        current.setHandshakeApplicationProtocolSelector(
                selector == null ? null : (engine, offered) -> selector.apply(this, offered));
    }

    @Override
    public @Nullable BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return protocolSelector;
    }
}
