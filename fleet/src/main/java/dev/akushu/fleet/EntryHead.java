package dev.akushu.fleet;

import dev.akushu.tls.Bytes;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What an entry says to everybody: {@code 1 live notBefore sealUntil openUntil}. Anybody who can write to the store can make one up; only what is wrapped proves it.
 *
 * @param text as it stands in the entry
 * @param live whether it is a key, and not the word that one is retired
 */
record EntryHead(String text, boolean live, Instant notBefore, Instant sealUntil, Instant openUntil) {
    static final String VERSION = "1";
    static final String LIVE = "live";
    static final String RETIRED = "retired";

    /** The longest entry, in characters: services wrap a key in some hundred bytes. */
    static final int LONGEST = 8192;

    /** A head with what it stands in front of. */
    record Entry(EntryHead head, Bytes wrapped) {}

    /** Reads an entry; empty if {@code text} has not the form of one. */
    static Optional<Entry> parse(String text) {
        int gap = text.lastIndexOf(' ');
        String[] words = gap < 0 || text.length() > LONGEST
                ? new String[0]
                : text.substring(0, gap).split(" ", -1);
        if (words.length != 5 || !words[0].equals(VERSION) || !(words[1].equals(LIVE) || words[1].equals(RETIRED))) {
            return Optional.empty();
        }
        try {
            EntryHead head = new EntryHead(
                    text.substring(0, gap), words[1].equals(LIVE), time(words[2]), time(words[3]), time(words[4]));
            String coded = text.substring(gap + 1);
            byte[] wrapped = Base64.getDecoder().decode(coded);
            // The decoder passes over bits of the last character that mean nothing, and over padding that lacks.
            return Base64.getEncoder().encodeToString(wrapped).equals(coded)
                    ? Optional.of(new Entry(head, Bytes.wrap(wrapped)))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Whether a server, whatever its times are, may seal with such a key at {@code now} or later. */
    boolean claimsToSeal(Instant now) {
        return live && now.isBefore(sealUntil);
    }

    private static Instant time(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
