package dev.akushu.tls;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A private key that signs: in memory, in a token, or behind a network service. Safe for use by many threads.
 */
public interface KeyOperation {
    /** The schemes this key can sign with, best first. */
    List<SignatureScheme> schemes();

    /**
     * Signs all of {@code content}. The stage may complete later and on any thread; the handshake waits without blocking one. It completes exceptionally if the key
     * fails, which ends the handshake with {@link Problem#SIGNING_FAILED}.
     */
    CompletionStage<Bytes> sign(SignatureScheme scheme, Bytes content);
}
