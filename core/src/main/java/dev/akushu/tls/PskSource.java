package dev.akushu.tls;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds the external pre-shared keys of a server's clients: in memory, in a database, behind a network service. Begun as {@link Work} of the kind {@link Work.Kind#FIND_PSK}. Safe for use
 * by many threads.
 */
@FunctionalInterface
public interface PskSource {
    /**
     * The key that {@code wanted} names, or empty if there is none. The stage may complete later and on any thread. If it fails or takes longer than {@link TlsServer.Builder#pskSourceTimeout}, the handshake ends with {@link Problem#PSK_SOURCE_FAILED}. A key of another
     * identity, context or kind than was asked for is not used.
     */
    CompletionStage<Optional<ExternalPsk>> find(Request wanted);

    /** Finds among {@code keys}; of two with the same identity, context and kind, the first. */
    static PskSource of(List<ExternalPsk> keys) {
        List<ExternalPsk> all = List.copyOf(keys);
        return wanted -> CompletableFuture.completedFuture(
                all.stream().filter(key -> key.answers(wanted)).findFirst());
    }

    /**
     * The name of a key, as a client offers it. Nothing is proved yet.
     *
     * @param identity of the key, 1 byte at least
     * @param context that the client imports it with; empty for a raw key
     * @param imported whether it offers the key imported (RFC 9258), and not as it is
     */
    record Request(Bytes identity, Bytes context, boolean imported) {}
}
