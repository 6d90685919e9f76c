package dev.akushu.bench.stack;

import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Work;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An engine of ours. */
public final class TlsEnd implements End {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TlsEngine engine;

    /** Drives {@code engine}. */
    public TlsEnd(TlsEngine engine) {
        this.engine = engine;
    }

    @Override
    public boolean turn(ByteBuffer in, ByteBuffer out, ByteBuffer scratch) throws TlsException {
        boolean isBusy = false;
        in.flip();
        while (true) {
            while (engine.hasOutput()) {
                engine.send(NOTHING, out);
                isBusy = true;
            }
            if (engine.earlyDataAvailable() > 0) {
                engine.readEarlyData(scratch.clear());
            }
            switch (engine.receive(in, scratch.clear())) {
                case NEED_WORK -> {
                    engine.work().ifPresent(Work::run);
                    engine.resume();
                }
                case NEED_INPUT, NEED_SPACE, CLOSED -> {
                    in.compact();
                    return isBusy;
                }
                case OK -> {}
            }
            isBusy = true;
        }
    }

    @Override
    public boolean isEstablished() {
        return engine.isEstablished();
    }

    @Override
    public void seal(ByteBuffer plain, ByteBuffer wire) throws IOException {
        while (plain.hasRemaining()) {
            require(engine.send(plain, wire));
        }
    }

    @Override
    public void open(ByteBuffer wire, ByteBuffer plain) throws IOException {
        require(engine.receive(wire, plain));
    }

    private static void require(TlsEngine.Status status) throws IOException {
        if (status != TlsEngine.Status.OK) {
            throw new IOException("Akushu's engine says " + status);
        }
    }

    @Override
    public void rest() {
        engine.releaseBuffers();
    }

    @Override
    public void closeOutput() throws TlsException {
        engine.closeOutput();
    }
}
