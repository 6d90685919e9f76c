package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeySource;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Aead;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.schedule.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Seals the state of sessions into tickets and opens them again. Safe for use by many threads. The form of a ticket:
 *
 * <pre>
 * struct {
 *     uint8 version = 1;
 *     opaque key_name[16];
 *     opaque salt[32];
 *     opaque sealed_state[..];     // AES-256-GCM, tag included
 * } Ticket;
 *
 * key || nonce = HKDF-SHA384(ikm = the ticket key's secret, salt = salt, info = "akushu ticket 1", L = 32 + 12)
 * aad          = version || key_name || salt || scope
 * </pre>
 *
 * <p>Each ticket has its own AEAD key and nonce. Under one AEAD key with random nonces of 96 bits, all servers of a
 * fleet together could not seal more than 2^32 tickets safely (NIST SP 800-38D section 8.3), and they would have to
 * count. With 256 bits of salt, two tickets get the same key with a probability of 2^-129 even after 2^64 tickets:
 * nobody has to count.
 *
 * <p>The scope stands for the server's configuration: a ticket issued under another one, by another host on the same
 * server for example, does not open.
 */
public final class TicketProtector {
    private static final int FORMAT_VERSION = 1;
    private static final int NAME_OFFSET = 1;
    private static final int SALT_OFFSET = NAME_OFFSET + TicketKey.NAME_LENGTH;
    private static final int SALT_LENGTH = 32;
    private static final int SEALED_OFFSET = SALT_OFFSET + SALT_LENGTH;
    private static final byte[] INFO = "akushu ticket 1".getBytes(StandardCharsets.US_ASCII);

    private final TicketKeySource keys;
    private final AeadAlgorithm aead;
    private final Hkdf hkdf;
    private final SecureRandom random;
    private final byte[] scope;

    private TicketProtector(SuiteCrypto suite, TicketKeySource keys, Bytes scope, SecureRandom random) {
        this.keys = keys;
        this.aead = suite.aead();
        this.hkdf = new Hkdf(suite.hash());
        this.random = random;
        this.scope = scope.toArray();
    }

    /**
     * Seals and opens with {@code keys}.
     *
     * @param crypto must have TLS_AES_256_GCM_SHA384
     * @param scope what a ticket must have been issued under to open here; no secret
     * @throws IllegalArgumentException if {@code crypto} lacks the suite
     */
    public static TicketProtector of(Crypto crypto, TicketKeySource keys, Bytes scope) {
        SuiteCrypto suite = crypto.suite(CipherSuite.TLS_AES_256_GCM_SHA384);
        if (suite == null) {
            throw new IllegalArgumentException(
                    "Tickets are sealed with " + CipherSuite.TLS_AES_256_GCM_SHA384 + ", and this crypto has only "
                            + crypto.suites().stream().map(SuiteCrypto::suite).toList());
        }
        return new TicketProtector(suite, keys, scope, crypto.random());
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
        byte[] secret = key.copySecret();
        if (secret == null) {
            return null;
        }
        byte[] plaintext = state.encode();
        byte[] ticket = new byte[SEALED_OFFSET + plaintext.length + AeadAlgorithm.TAG_LENGTH];
        ticket[0] = FORMAT_VERSION;
        key.name().copyTo(ticket, NAME_OFFSET);
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        System.arraycopy(salt, 0, ticket, SALT_OFFSET, SALT_LENGTH);
        byte[] aad = additionalData(ticket);
        try (TicketCipher cipher = cipher(secret, salt)) {
            cipher.seal(aad, plaintext, ticket);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
        return Bytes.wrap(ticket);
    }

    /**
     * Opens {@code ticket}, whatever its bytes are. For a key that is not there the answer comes without cryptography.
     */
    public OpenedTicket open(Bytes ticket, Instant now) {
        if (!hasForm(ticket)) {
            return new OpenedTicket.Unopened(NotResumed.TICKET_UNREADABLE);
        }
        Bytes name = ticket.slice(NAME_OFFSET, TicketKey.NAME_LENGTH);
        TicketKey key = keys.openingKey(name, now);
        byte[] secret = key == null ? null : key.copySecret();
        if (secret == null) {
            return new OpenedTicket.Unopened(NotResumed.UNKNOWN_TICKET_KEY);
        }
        TicketState state = open(ticket.toArray(), secret);
        return state == null
                ? new OpenedTicket.Unopened(NotResumed.TICKET_UNREADABLE)
                : new OpenedTicket.Opened(state, name);
    }

    /** Whether {@code identity} looks like a ticket under one of {@code keys}, whether that still opens or not; without cryptography. */
    public static boolean isTicketUnder(TicketKeySource keys, Bytes identity) {
        if (!hasForm(identity)) {
            return false;
        }
        Bytes name = identity.slice(NAME_OFFSET, TicketKey.NAME_LENGTH);
        return keys.keys().stream().anyMatch(key -> key.name().equals(name));
    }

    private static boolean hasForm(Bytes ticket) {
        return ticket.length() >= SEALED_OFFSET + AeadAlgorithm.TAG_LENGTH && ticket.at(0) == FORMAT_VERSION;
    }

    private @Nullable TicketState open(byte[] ticket, byte[] secret) {
        byte[] salt = Arrays.copyOfRange(ticket, SALT_OFFSET, SEALED_OFFSET);
        byte[] aad = additionalData(ticket);
        byte[] plaintext = new byte[ticket.length - SEALED_OFFSET - AeadAlgorithm.TAG_LENGTH];
        try (TicketCipher cipher = cipher(secret, salt)) {
            int length = cipher.open(aad, ticket, plaintext);
            return length < 0 ? null : TicketState.decode(plaintext, length);
        } catch (TlsException otherFormat) {
            // Sealed by a server of ours, so no attack: one that runs another version puts other things into its
            // tickets.
            return null;
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /**
     * All that stands in the ticket in clear, which has a fixed length, and then the scope: no two combinations give
     * the same bytes.
     */
    private byte[] additionalData(byte[] ticket) {
        byte[] aad = Arrays.copyOf(ticket, SEALED_OFFSET + scope.length);
        System.arraycopy(scope, 0, aad, SEALED_OFFSET, scope.length);
        return aad;
    }

    /** The cipher of the ticket with {@code salt}; wipes {@code secret}. */
    private TicketCipher cipher(byte[] secret, byte[] salt) {
        byte[] pseudorandomKey = hkdf.extract(salt, secret);
        byte[] output = hkdf.expand(pseudorandomKey, INFO, aead.keyLength() + AeadAlgorithm.NONCE_LENGTH);
        byte[] key = Arrays.copyOf(output, aead.keyLength());
        byte[] nonce = Arrays.copyOfRange(output, aead.keyLength(), output.length);
        try {
            return new TicketCipher(aead.withKey(key), nonce);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(pseudorandomKey, (byte) 0);
            Arrays.fill(output, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The cipher of one ticket, forgotten when closed. */
    private static final class TicketCipher implements AutoCloseable {
        private final Aead aead;
        private final byte[] nonce;

        TicketCipher(Aead aead, byte[] nonce) {
            this.aead = aead;
            this.nonce = nonce;
        }

        void seal(byte[] aad, byte[] plaintext, byte[] ticket) {
            aead.seal(nonce, aad, aad.length, plaintext, 0, plaintext.length, ticket, SEALED_OFFSET);
        }

        /** The length of the plaintext, or -1. */
        int open(byte[] aad, byte[] ticket, byte[] plaintext) {
            return aead.open(
                    nonce, aad, aad.length, ticket, SEALED_OFFSET, ticket.length - SEALED_OFFSET, plaintext, 0);
        }

        @Override
        public void close() {
            aead.destroy();
        }
    }
}
