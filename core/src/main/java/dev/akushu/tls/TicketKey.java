package dev.akushu.tls;

import dev.akushu.tls.resume.HeldSecret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key under which servers seal the state of sessions into tickets, so that they need not remember it. All servers
 * that share tickets share these keys. Its life has three parts: from {@code notBefore} to {@code sealUntil} it seals,
 * until {@code openUntil} it opens, then it is {@linkplain #retire retired}. It opens before {@code notBefore} too,
 * because another server's clock may be ahead.
 *
 * <p>Whoever gets hold of a live key can impersonate the servers to clients that resume, and read the early data of
 * those that sent some; other traffic stays secret, because a resumption makes a new key exchange (psk_dhe_ke). Safe
 * for use by many threads.
 */
public final class TicketKey {
    /** Length of a name in bytes. */
    public static final int NAME_LENGTH = 16;

    /** Length of a secret in bytes. */
    public static final int SECRET_LENGTH = 32;

    private final Bytes name;
    private final HeldSecret secret;
    private final Instant notBefore;
    private final Instant sealUntil;
    private final Instant openUntil;

    /**
     * A key from its parts.
     *
     * @param name {@value #NAME_LENGTH} bytes that stand in every ticket in clear; unique among the keys of all servers
     *     that share tickets
     * @param secret {@value #SECRET_LENGTH} random bytes; copied, and the array stays the caller's to wipe
     * @param notBefore when it begins to seal
     * @param sealUntil when it no longer seals; after {@code notBefore}
     * @param openUntil when it no longer opens; not before {@code sealUntil}
     */
    public TicketKey(Bytes name, byte[] secret, Instant notBefore, Instant sealUntil, Instant openUntil) {
        this(name, held(name, secret), notBefore, sealUntil, openUntil);
    }

    private static HeldSecret held(Bytes name, byte[] secret) {
        if (name.length() != NAME_LENGTH || secret.length != SECRET_LENGTH) {
            throw new IllegalArgumentException("A ticket key has a name of 16 bytes and a secret of 32, not of "
                    + name.length() + " and " + secret.length);
        }
        return HeldSecret.copyOf(secret);
    }

    private TicketKey(Bytes name, HeldSecret secret, Instant notBefore, Instant sealUntil, Instant openUntil) {
        if (!notBefore.isBefore(sealUntil) || openUntil.isBefore(sealUntil)) {
            throw new IllegalArgumentException(
                    "A ticket key cannot seal from " + notBefore + " to " + sealUntil + " and open until " + openUntil);
        }
        this.name = name;
        this.secret = secret;
        this.notBefore = notBefore;
        this.sealUntil = sealUntil;
        this.openUntil = openUntil;
    }

    /** A new random key that seals for {@code sealFor} from {@code notBefore}, and opens for {@code openFor} more. */
    public static TicketKey generate(SecureRandom random, Instant notBefore, Duration sealFor, Duration openFor) {
        byte[] name = new byte[NAME_LENGTH];
        byte[] secret = new byte[SECRET_LENGTH];
        random.nextBytes(name);
        random.nextBytes(secret);
        Instant sealUntil = notBefore.plus(sealFor);
        TicketKey key = new TicketKey(Bytes.wrap(name), secret, notBefore, sealUntil, sealUntil.plus(openFor));
        Arrays.fill(secret, (byte) 0);
        return key;
    }

    /** The same key with another end; both have one secret, and are retired together. */
    TicketKey until(Instant sealEnd, Instant openEnd) {
        return new TicketKey(name, secret, notBefore, sealEnd, openEnd);
    }

    /**
     * This key with the secret of {@code earlier}, if that is the same key under other times: whoever holds the earlier
     * one goes on with it. This one's own copy of the secret is wiped then.
     */
    TicketKey continuing(TicketKey earlier) {
        if (!name.equals(earlier.name) || !secret.equalsSecret(earlier.secret)) {
            return this;
        }
        secret.wipe();
        return new TicketKey(name, earlier.secret, notBefore, sealUntil, openUntil);
    }

    /** Whether retiring one retires the other. */
    boolean sharesSecretWith(TicketKey other) {
        return secret == other.secret;
    }

    /** Its name, {@value #NAME_LENGTH} bytes; no secret. */
    public Bytes name() {
        return name;
    }

    /** When it begins to seal. */
    public Instant notBefore() {
        return notBefore;
    }

    /** When it no longer seals. */
    public Instant sealUntil() {
        return sealUntil;
    }

    /** When it no longer opens. */
    public Instant openUntil() {
        return openUntil;
    }

    /** Whether it may seal at {@code now}. */
    public boolean seals(Instant now) {
        return !now.isBefore(notBefore) && now.isBefore(sealUntil);
    }

    /** Whether it may open at {@code now}. */
    public boolean opens(Instant now) {
        return now.isBefore(openUntil);
    }

    /**
     * How long after {@code now} what it seals can still be opened: no ticket should promise a longer lifetime. Zero
     * once it no longer opens.
     */
    public Duration remaining(Instant now) {
        return opens(now) ? Duration.between(now, openUntil) : Duration.ZERO;
    }

    /**
     * A copy of the secret, which the caller must wipe, or null once the key is retired. For the sealing of tickets,
     * and for whoever carries keys from server to server; it belongs into no log.
     */
    public byte @Nullable [] copySecret() {
        return secret.find();
    }

    /**
     * Overwrites the secret: what it sealed opens no more. For the {@link TicketKeySource} that the key belongs to;
     * doing it again changes nothing.
     */
    public void retire() {
        secret.wipe();
    }

    /** The name and the times, never the secret. */
    @Override
    public String toString() {
        return "TicketKey[" + name.hex() + ", seals from " + notBefore + " until " + sealUntil + ", opens until "
                + openUntil + "]";
    }
}
