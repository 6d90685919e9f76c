package dev.akushu.bench.handshake;

import java.nio.ByteBuffer;

/** What all stacks send over. */
final class Wire {
    /** For the longest flight. */
    static final int ROOM = 1 << 16;

    /** Octets of data that go each way after the handshake; with the server's come its tickets. */
    static final int DATA = 16;

    private Wire() {}

    static void requireAll(ByteBuffer received) {
        if (received.position() != DATA) {
            throw new IllegalStateException(received.position() + " octets of data came, not " + DATA);
        }
    }
}
