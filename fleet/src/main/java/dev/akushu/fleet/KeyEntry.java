package dev.akushu.fleet;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TicketKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A Ticket Key, or the word that one is retired, as it stands in the store:
 *
 * <pre>
 * 1 live    notBefore sealUntil openUntil wrapped      times in milliseconds, wrapped in base64
 * 1 retired notBefore sealUntil openUntil wrapped      wrapped: nothing
 * </pre>
 *
 * <p>What is wrapped is bound to all the rest, and to the names of fleet and key. So whoever can write to the store can take entries away or bring old ones back, but can make none, change none, lengthen the life
 * of none, and carry none to another fleet.
 *
 * @param name of the key
 * @param key null if the key is retired
 * @param openUntil after which the entry may be forgotten
 */
record KeyEntry(Bytes name, @Nullable TicketKey key, Instant openUntil) {
    private static final String VERSION = "1";
    private static final String LIVE = "live";
    private static final String RETIRED = "retired";
    private static final int LONGEST = 8192;

    /** What is wrong with an entry, in a few words that may be shown. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    boolean retired() {
        return key == null;
    }

    /** The entry for {@code key}; null if it has been retired meanwhile. */
    static @Nullable String live(String fleet, TicketKey key, KeyWrapping wrapping) throws GeneralSecurityException {
        byte[] secret = key.copySecret();
        if (secret == null) {
            return null;
        }
        try {
            return encode(fleet, LIVE, key, secret, wrapping);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** The entry that says that {@code key} is retired. */
    static String retired(String fleet, TicketKey key, KeyWrapping wrapping) throws GeneralSecurityException {
        return encode(fleet, RETIRED, key, new byte[0], wrapping);
    }

    private static String encode(String fleet, String state, TicketKey key, byte[] secret, KeyWrapping wrapping)
            throws GeneralSecurityException {
        String head = VERSION + " " + state + " " + key.notBefore().toEpochMilli() + " "
                + key.sealUntil().toEpochMilli() + " " + key.openUntil().toEpochMilli();
        byte[] wrapped = wrapping.wrap(secret, context(fleet, key.name().hex(), head));
        return head + " " + Base64.getEncoder().encodeToString(wrapped);
    }

    /** No two fleets, keys and heads give the same context: none of them holds a line feed. */
    private static byte[] context(String fleet, String name, String head) {
        return ("akushu fleet key\n" + fleet + "\n" + name + "\n" + head).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what stands in the store under {@code name}, whatever it is. */
    static KeyEntry decode(String fleet, String name, String text, KeyWrapping wrapping) throws Unusable {
        int gap = text.lastIndexOf(' ');
        String[] head = gap < 0 || text.length() > LONGEST
                ? new String[0]
                : text.substring(0, gap).split(" ", -1);
        if (head.length != 5 || !head[0].equals(VERSION)) {
            throw new Unusable("it has not the form of an entry", null);
        }
        byte[] secret = new byte[0];
        try {
            byte[] wrapped = Base64.getDecoder().decode(text.substring(gap + 1));
            secret = wrapping.unwrap(wrapped, context(fleet, name, text.substring(0, gap)));
            return of(Bytes.fromHex(name), head, secret);
        } catch (GeneralSecurityException notOurs) {
            throw new Unusable("it does not open: " + notOurs.getMessage(), notOurs);
        } catch (IllegalArgumentException malformed) {
            throw new Unusable("it has not the form of an entry", malformed);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static KeyEntry of(Bytes name, String[] head, byte[] secret) {
        Instant openUntil = time(head[4]);
        return switch (head[1]) {
            case LIVE ->
                new KeyEntry(name, new TicketKey(name, secret, time(head[2]), time(head[3]), openUntil), openUntil);
            case RETIRED -> new KeyEntry(name, null, openUntil);
            default -> throw new IllegalArgumentException("a state of its own: " + head[1]);
        };
    }

    private static Instant time(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
