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
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * An engine that is Akushu's own, unless it is a server's and the client offers no TLS 1.3: then it becomes another
 * provider's. The own engine reads the ClientHello, whole or in pieces, and it alone says that the client is too old;
 * nothing has been sent then, and the other engine reads the same records again.
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

    HandOverEngine(AkushuEngine own, OlderClients olderClients) {
        super(own.getPeerHost(), own.getPeerPort());
        this.own = own;
        this.olderClients = olderClients;
        this.current = own;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        if (decided) {
            return current.unwrap(source, targets, offset, length);
        }
        deciding.lock();
        try {
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
            SSLEngine other = otherEngine(opened, failure);
            opened.handedOver(failure);
            return handOver(other, result.bytesConsumed(), targets, offset, length);
        }
        if (result.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
            decide(own);
        }
        return result;
    }

    private SSLEngineResult handOver(SSLEngine other, int consumed, ByteBuffer[] targets, int offset, int length)
            throws SSLException {
        ByteBuffer replayed = ByteBuffer.wrap(records.toByteArray());
        BiFunction<SSLEngine, List<String>, String> selector = protocolSelector;
        if (selector != null) {
            other.setHandshakeApplicationProtocolSelector((engine, offered) -> selector.apply(this, offered));
        }
        decide(other);
        other.beginHandshake();
        SSLEngineResult result = other.unwrap(replayed, targets, offset, length);
        while (replayed.hasRemaining() && result.bytesConsumed() > 0) {
            result = other.unwrap(replayed, targets, offset, length);
        }
        if (replayed.hasRemaining()) {
            throw new SSLProtocolException(replayed.remaining() + " bytes after the ClientHello were not taken by "
                    + olderClients.context().getProvider().getName());
        }
        return new SSLEngineResult(result.getStatus(), result.getHandshakeStatus(), consumed, result.bytesProduced());
    }

    private SSLEngine otherEngine(Endpoint opened, TlsException tooOld) throws SSLHandshakeException {
        try {
            return olderClients.engine(own.settings(), getPeerHost(), getPeerPort());
        } catch (SSLHandshakeException unprotected) {
            opened.failed(tooOld);
            own.toldOtherwise();
            decide(own);
            throw unprotected;
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
        if (decided) {
            return current.wrap(sources, offset, length, target);
        }
        // Nothing of the own engine's may leave while the other one is put in its place.
        deciding.lock();
        try {
            return current.wrap(sources, offset, length, target);
        } finally {
            deciding.unlock();
        }
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
