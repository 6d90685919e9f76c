package dev.akushu.conformance;

import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Work;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runner at the other end of a socket, spoken to through an engine. In a test of pauses it makes the engine wait
 * wherever it can: input comes byte by byte, room for output is short at first, work is done elsewhere. Belongs to the
 * test's thread.
 */
final class Peer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TlsEngine engine;
    private final InputStream from;
    private final OutputStream to;
    private final boolean async;
    private final ByteBuffer received =
            ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE).flip();
    private final ByteBuffer application = ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
    private final ByteBuffer toSend = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
    private final ByteBuffer held = ByteBuffer.allocate(4 * TlsEngine.NETWORK_BUFFER_SIZE);
    private boolean holding;

    Peer(TlsEngine engine, Socket socket, boolean async) throws IOException {
        this.engine = engine;
        this.from = socket.getInputStream();
        this.to = socket.getOutputStream();
        this.async = async;
    }

    TlsEngine engine() {
        return engine;
    }

    /** Does what the first message waits for, so that it is known whether early data goes with it. */
    void begin() throws TlsException {
        while (!engine.hasOutput() && engine.work().isPresent()) {
            work();
        }
    }

    /** Shakes hands, or as much of it that a server can take early data. */
    void handshake() throws TlsException, IOException {
        while (!engine.isEstablished() && !takesEarlyData()) {
            flush();
            step(NOTHING);
        }
        flush();
    }

    /** Whether a client may be sending early data. */
    boolean takesEarlyData() {
        boolean accepted = engine.earlyData().equals(Optional.of(EarlyDataOutcome.ACCEPTED));
        return engine.role() == Role.SERVER
                && accepted
                && (engine.earlyDataAvailable() > 0 || !engine.isEarlyDataComplete());
    }

    /**
     * Early data, or the content of the next record of application data that is not empty; null after close_notify or at the end of
     * the stream. What the engine wants to answer meanwhile goes out with the next write, so that many KeyUpdates get
     * one answer (RFC 9846 section 4.7.3).
     */
    byte @Nullable [] read() throws TlsException, IOException {
        handshake();
        while (true) {
            if (!engine.isEstablished()) {
                handshake();
            }
            application.clear();
            if (engine.earlyDataAvailable() > 0) {
                engine.readEarlyData(application);
            }
            boolean more = application.position() > 0 || step(engine.isEstablished() ? application : NOTHING);
            if (application.position() > 0) {
                byte[] data = new byte[application.flip().remaining()];
                application.get(data);
                return data;
            }
            if (!more) {
                return null;
            }
        }
    }

    /** Sends application data, once the handshake is done or early data was taken. */
    void write(byte[] data) throws TlsException, IOException {
        handshake();
        ByteBuffer rest = ByteBuffer.wrap(data);
        while (rest.hasRemaining()) {
            send(rest);
        }
    }

    /** Lets one byte of what is written through, and holds the rest back until {@link #release}. */
    void writeUnfinished(byte[] data) throws TlsException, IOException {
        holding = true;
        write(data);
        to.write(held.array(), 0, 1);
    }

    /** Sends what was held back, if anything. */
    void release() throws IOException {
        if (holding) {
            holding = false;
            to.write(held.array(), 1, held.position() - 1);
        }
    }

    /** Sends close_notify. */
    void close() throws TlsException, IOException {
        engine.closeOutput();
        flush();
    }

    /** Sends what the engine has to say: messages, or the alert of a failed connection. */
    void flush() throws TlsException, IOException {
        while (engine.hasOutput()) {
            send(NOTHING);
        }
    }

    /** Takes one step on the receiving side; false if nothing can follow. */
    private boolean step(ByteBuffer into) throws TlsException, IOException {
        return switch (engine.receive(received, into)) {
            case OK -> true;
            case CLOSED -> false;
            case NEED_INPUT -> fill();
            case NEED_WORK -> {
                work();
                yield true;
            }
            case NEED_SPACE -> throw new IllegalStateException("no room in a buffer of the size that always suffices");
        };
    }

    private boolean fill() throws TlsException, IOException {
        received.compact();
        int count = from.read(received.array(), received.position(), async ? 1 : received.remaining());
        received.position(received.position() + Math.max(0, count)).flip();
        if (count >= 0) {
            return true;
        }
        if (!engine.isEstablished()) {
            engine.endOfInput();
        }
        return false;
    }

    private void work() throws TlsException {
        Work work = engine.work().orElseThrow();
        if (async) {
            Thread elsewhere = Thread.startVirtualThread(work);
            engine.resume();
            try {
                elsewhere.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        } else {
            work.run();
        }
        engine.resume();
    }

    private void send(ByteBuffer data) throws TlsException, IOException {
        toSend.clear();
        if (async && seal(data, toSend.limit(1)) == TlsEngine.Status.NEED_SPACE) {
            toSend.clear();
        }
        toSend.limit(toSend.capacity());
        seal(data, toSend);
        if (holding) {
            held.put(toSend.flip());
        } else {
            to.write(toSend.array(), 0, toSend.position());
        }
    }

    private TlsEngine.Status seal(ByteBuffer data, ByteBuffer network) throws TlsException {
        return data.hasRemaining() && !engine.isEstablished()
                ? engine.sendHalfRttData(data, network)
                : engine.send(data, network);
    }
}
