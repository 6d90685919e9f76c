package dev.akushu.bench.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** An engine of JSSE, whoever has made it. */
class JsseEnd implements End {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;

    JsseEnd(SSLEngine engine) throws SSLException {
        this.engine = engine;
        engine.beginHandshake();
    }

    @Override
    public final boolean turn(ByteBuffer in, ByteBuffer out, ByteBuffer scratch) throws SSLException {
        boolean isBusy = false;
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    if (!advances(engine.wrap(NOTHING, out), out)) {
                        return isBusy;
                    }
                }
                default -> {
                    if (in.position() == 0 && (!tellsLate() || isEstablished())) {
                        return isBusy;
                    }
                    in.flip();
                    SSLEngineResult result = engine.unwrap(in, scratch.clear());
                    in.compact();
                    if (!advances(result, out)) {
                        return isBusy;
                    }
                }
            }
            isBusy = true;
        }
    }

    private boolean advances(SSLEngineResult result, ByteBuffer out) throws SSLException {
        boolean isEnd = tellsLate() && result.getHandshakeStatus() == HandshakeStatus.FINISHED;
        if (isEnd) {
            engine.wrap(NOTHING, out);
        }
        return isEnd || result.bytesConsumed() > 0 || result.bytesProduced() > 0;
    }

    /** Whether the engine says only at the next call that its handshake has ended, and then has something to send, as Netty's does. */
    boolean tellsLate() {
        return false;
    }

    @Override
    public final boolean isEstablished() {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    @Override
    public final void seal(ByteBuffer plain, ByteBuffer wire) throws IOException {
        while (plain.hasRemaining()) {
            require(engine.wrap(plain, wire));
        }
    }

    @Override
    public final void open(ByteBuffer wire, ByteBuffer plain) throws IOException {
        require(engine.unwrap(wire, plain));
    }

    private static void require(SSLEngineResult result) throws IOException {
        if (result.getStatus() != SSLEngineResult.Status.OK) {
            throw new IOException("an engine says " + result);
        }
    }

    @Override
    public final void closeOutput() {
        engine.closeOutbound();
    }
}
