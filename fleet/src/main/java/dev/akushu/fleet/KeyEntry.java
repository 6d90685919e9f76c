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
    /** An entry with the text that stands for it in the store. */
    record Stored(String text, KeyEntry entry) {}

    boolean retired() {
        return key == null;
    }

    /**
     * The entry for {@code key}; null if it has been retired meanwhile.
     *
     * @throws GeneralSecurityException whatever {@code wrapping} throws, or if the entry would be too long
     */
    static @Nullable String live(String fleet, TicketKey key, KeyWrapping wrapping) throws GeneralSecurityException {
        byte[] secret = key.copySecret();
        if (secret == null) {
            return null;
        }
        try {
            return encode(fleet, EntryHead.LIVE, key, secret, wrapping);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** The entry that says that {@code key} is retired. */
    static String retired(String fleet, TicketKey key, KeyWrapping wrapping) throws GeneralSecurityException {
        return encode(fleet, EntryHead.RETIRED, key, new byte[0], wrapping);
    }

    private static String encode(String fleet, String state, TicketKey key, byte[] secret, KeyWrapping wrapping)
            throws GeneralSecurityException {
        String head = EntryHead.VERSION + " " + state + " " + key.notBefore().toEpochMilli() + " "
                + key.sealUntil().toEpochMilli() + " " + key.openUntil().toEpochMilli();
        String entry =
                head + " " + wrap(wrapping, secret, context(fleet, key.name().hex(), head));
        if (entry.length() > EntryHead.LONGEST) {
            // No server would look at it.
            throw new GeneralSecurityException(
                    "an entry of " + entry.length() + " characters, where " + EntryHead.LONGEST + " are the most");
        }
        return entry;
    }

    private static String wrap(KeyWrapping wrapping, byte[] secret, byte[] context) throws GeneralSecurityException {
        try {
            return Base64.getEncoder().encodeToString(wrapping.wrap(secret, context));
        } catch (GeneralSecurityException failed) {
            throw failed;
        } catch (Exception | StackOverflowError | LinkageError failed) {
            // The clients of some services throw what they like; it is none of the store's faults.
            throw new GeneralSecurityException(failed);
        }
    }

    /** No two fleets, keys and heads give the same context: none of them holds a line feed. */
    private static byte[] context(String fleet, String name, String head) {
        return ("akushu fleet key\n" + fleet + "\n" + name + "\n" + head).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Opens what stands in the store under {@code name}.
     *
     * @throws GeneralSecurityException if it was not written so by a server of this fleet, or cannot be opened now
     * @throws IllegalArgumentException if a server of this fleet wrote what is no key
     */
    static KeyEntry open(String fleet, String name, EntryHead.Entry entry, KeyWrapping wrapping)
            throws GeneralSecurityException {
        EntryHead head = entry.head();
        byte[] secret = wrapping.unwrap(entry.wrapped().toArray(), context(fleet, name, head.text()));
        try {
            Bytes id = Bytes.fromHex(name);
            TicketKey key = head.live()
                    ? new TicketKey(id, secret, head.notBefore(), head.sealUntil(), head.openUntil())
                    : null;
            return new KeyEntry(id, key, head.openUntil());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
