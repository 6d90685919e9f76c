package dev.akushu.bench.handshake;

import java.io.IOException;
import javax.net.ssl.SSLEngine;

/** Makes the engines of a stack. */
interface Engines {
    /** A client's, for {@link Servers#HOST}. */
    SSLEngine client(int port);

    /** The one of the servers with this number. */
    SSLEngine server(int number);

    /** Whether they take buffers outside the heap without a copy. */
    boolean areNative();

    /** Whether an engine says only at the next call that its handshake has ended, and then has something to send, as Netty's does. */
    boolean tellLate();

    /** Frees what the collector does not, of an engine that is closed. */
    void release(SSLEngine engine) throws IOException;
}
