package dev.akushu.tls;

import java.util.concurrent.CompletionStage;

/**
 * Something that a handshake waits for and that may take long or happen elsewhere: a signature, the verdict about a certificate chain, the choice of an identity, the answer of a replay guard, a pre-shared key. Whoever drives the engine decides where it is
 * done: at once ({@link #run}), on another thread, or by a service that answers later ({@link #start}). When it is done the engine goes on with its next call.
 */
public interface Work extends Runnable {
    /** What is to be done. */
    Kind kind();

    /**
     * Begins and returns without waiting for what happens elsewhere. The stage completes, never exceptionally, when the engine can go on: a failure is kept and thrown by the
     * engine's next call. A second call returns the same stage.
     */
    CompletionStage<Void> start();

    /** Does the work on this thread and returns when the engine can go on. */
    @Override
    default void run() {
        start().toCompletableFuture().join();
    }

    /** What there is to wait for. */
    enum Kind {
        /** A signature by the own private key. */
        SIGN,
        /** The verdict about the peer's signature and certificates. */
        VERIFY_PEER,
        /** Who this end is. */
        CHOOSE_IDENTITY,
        /** Whether a ClientHello with early data was here before. */
        CHECK_REPLAY,
        /** The external pre-shared keys that a client names. */
        FIND_PSK
    }
}
