package dev.akushu.tls;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a server finds its ticket keys: {@link TicketKeys} in the process, or a set that many servers share. Safe for
 * use by many threads.
 *
 * <p>To replace a key without a gap in a set that is shared: publish the new key with a {@code notBefore} far enough
 * ahead that every server has it by then, let it seal, and keep the old one until its {@code openUntil}.
 */
@FunctionalInterface
public interface TicketKeySource {
    /**
     * The keys there are, in any order; an immutable list. Asked for in every handshake, so it answers from memory, at
     * once and without a lock: a source that follows a store refreshes its snapshot elsewhere, and keeps the last one
     * while the store is away. Empty means that no ticket is issued or accepted.
     */
    List<TicketKey> keys();

    /**
     * The key that seals at {@code now}: the newest of those that may; null if there is none, and then no ticket is
     * issued.
     */
    default @Nullable TicketKey sealingKey(Instant now) {
        TicketKey newest = null;
        for (TicketKey key : keys()) {
            if (key.seals(now) && (newest == null || key.notBefore().isAfter(newest.notBefore()))) {
                newest = key;
            }
        }
        return newest;
    }

    /** The key called {@code name} if it may open at {@code now}, or null. */
    default @Nullable TicketKey openingKey(Bytes name, Instant now) {
        for (TicketKey key : keys()) {
            if (key.opens(now) && key.name().equals(name)) {
                return key;
            }
        }
        return null;
    }
}
