package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeySource;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Seals the state of sessions into tickets and opens them again, in the form of {@link KeyedSeal}. Safe for use by many threads.
 *
 * <p>The scope stands for the server's configuration: a ticket issued under another one, by another host on the same
 * server for example, does not open.
 */
public final class TicketProtector {
    private static final String PURPOSE = "akushu ticket 1";

    private final TicketKeySource keys;
    private final KeyedSeal seal;

    private TicketProtector(TicketKeySource keys, KeyedSeal seal) {
        this.keys = keys;
        this.seal = seal;
    }

    /**
     * Seals and opens with {@code keys}.
     *
     * @param crypto must have TLS_AES_256_GCM_SHA384
     * @param scope what a ticket must have been issued under to open here; no secret
     * @throws IllegalArgumentException if {@code crypto} lacks the suite
     */
    public static TicketProtector of(Crypto crypto, TicketKeySource keys, Bytes scope) {
        return new TicketProtector(keys, KeyedSeal.of(crypto, PURPOSE, scope));
    }

    /** The key to seal with at {@code now}, or null if there is none and no ticket can be issued. */
    public @Nullable TicketKey sealingKey(Instant now) {
        return keys.sealingKey(now);
    }

    /**
     * The ticket for {@code state}, which stays the caller's to wipe; null if {@code key} has been retired meanwhile
     * and no ticket can be issued.
     */
    public @Nullable Bytes seal(TicketKey key, TicketState state) {
        byte[] plaintext = state.encode();
        try {
            return seal.seal(key, plaintext);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /**
     * Opens {@code ticket}, whatever its bytes are. For a key that is not there the answer comes without cryptography.
     */
    public OpenedTicket open(Bytes ticket, Instant now) {
        Bytes name = KeyedSeal.keyName(ticket);
        if (name == null) {
            return new OpenedTicket.Unopened(NotResumed.TICKET_UNREADABLE);
        }
        TicketKey key = keys.openingKey(name, now);
        byte[] secret = key == null ? null : key.copySecret();
        if (secret == null) {
            return new OpenedTicket.Unopened(NotResumed.UNKNOWN_TICKET_KEY);
        }
        byte[] plaintext = seal.open(ticket, secret);
        TicketState state = plaintext == null ? null : decoded(plaintext);
        return state == null
                ? new OpenedTicket.Unopened(NotResumed.TICKET_UNREADABLE)
                : new OpenedTicket.Opened(state, name);
    }

    /** Whether {@code identity} looks like a ticket under one of {@code keys}, whether that still opens or not; without cryptography. */
    public static boolean isTicketUnder(TicketKeySource keys, Bytes identity) {
        Bytes name = KeyedSeal.keyName(identity);
        return name != null && keys.keys().stream().anyMatch(key -> key.name().equals(name));
    }

    private static @Nullable TicketState decoded(byte[] plaintext) {
        try {
            return TicketState.decode(plaintext, plaintext.length);
        } catch (TlsException otherFormat) {
            // Sealed by a server of ours, so no attack: one that runs another version puts other things into its
            // tickets.
            return null;
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }
}
