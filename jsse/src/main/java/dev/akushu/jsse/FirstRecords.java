package dev.akushu.jsse;

import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsEngine.Status;
import dev.akushu.tls.TlsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;

/**
 * The first records of a client on a socket, read until it is known whether this end serves it. Nothing is sent
 * meanwhile. A read that timed out can be tried again.
 */
final class FirstRecords {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Endpoint endpoint;
    private final InputStream consumed;
    private final InputStream socket;
    private boolean consumedEnded;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    // Kept ready to be read from.
    private final ByteBuffer received =
            ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE).flip();

    /**
     * Records for the engine of {@code endpoint}.
     *
     * @param consumed gives what somebody has read from the socket before
     * @param socket gives the rest
     */
    FirstRecords(Endpoint endpoint, InputStream consumed, InputStream socket) {
        this.endpoint = endpoint;
        this.consumed = consumed;
        this.socket = socket;
    }

    /** Whether this end serves the client, or at least tells it what is wrong; false if it is to be handed over. */
    boolean areForThisEnd() throws IOException {
        TlsEngine tls = endpoint.engine();
        while (tls.failure().isEmpty() && tls.work().isEmpty() && !tls.hasOutput()) {
            try {
                step(tls);
            } catch (TlsException failed) {
                // The engine throws it again, for who also sends the alert.
                break;
            }
        }
        return tls.failure().filter(endpoint::handsOver).isEmpty();
    }

    /** What has been read and not taken by the engine. */
    InputStream rest() {
        InputStream untaken = new ByteArrayInputStream(received.array(), received.position(), received.remaining());
        return consumedEnded ? untaken : new SequenceInputStream(untaken, consumed);
    }

    /** All that has been read. */
    InputStream all() {
        return new SequenceInputStream(new ByteArrayInputStream(taken.toByteArray()), rest());
    }

    private void step(TlsEngine tls) throws IOException {
        int before = received.position();
        Status status;
        try {
            status = tls.receive(received, NOTHING);
        } finally {
            taken.write(received.array(), before, received.position() - before);
        }
        if (status == Status.NEED_INPUT) {
            fill(tls);
        }
    }

    private void fill(TlsEngine tls) throws IOException {
        received.compact();
        try {
            int count = read();
            if (count < 0) {
                tls.endOfInput();
                return;
            }
            received.position(received.position() + count);
        } finally {
            received.flip();
        }
    }

    /** Not by a SequenceInputStream: that closes the socket at its end. */
    private int read() throws IOException {
        int count = -1;
        if (!consumedEnded) {
            count = consumed.read(received.array(), received.position(), received.remaining());
            consumedEnded = count < 0;
        }
        return count >= 0 ? count : socket.read(received.array(), received.position(), received.remaining());
    }
}
