package dev.akushu.fleet;

import dev.akushu.tls.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Remembers the entries that are not used for as long as they are in the store, so that none is tried at each look, or told of twice. As many as one look brings, and not more. */
final class Refusals {
    private static final int MOST = 20_000;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** Those seen since the survey began its round, and those of the round before. */
    private Map<String, Refusal> seen = new HashMap<>();

    private Map<String, Refusal> before = new HashMap<>();

    /** What is known of an entry that is not used. */
    static final class Refusal {
        private final Bytes digest;
        private final @Nullable EntryHead claim;
        private Duration pause = FIRST_PAUSE;
        private Instant again = Instant.MAX;
        private boolean told;

        private Refusal(Bytes digest, @Nullable EntryHead claim) {
            this.digest = digest;
            this.claim = claim;
        }

        /**
         * Is to be tried again later, because who was asked may only have been away; each time after a longer pause.
         *
         * @param urgent always after the first pause: it may retire a key that is used here, and of such there are few
         */
        void retryAfter(Instant now, boolean urgent) {
            if (urgent) {
                again = now.plus(FIRST_PAUSE);
                return;
            }
            again = now.plus(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }

        /** Whether it may open yet. */
        boolean isTriedAgain() {
            return !again.equals(Instant.MAX);
        }

        boolean isDue(Instant now) {
            return !now.isBefore(again);
        }

        void markTold() {
            told = true;
        }

        boolean told() {
            return told;
        }
    }

    /** What is known of {@code text} under {@code name}, or null. */
    @Nullable Refusal find(String name, String text) {
        Refusal known = seen.get(name);
        if (known == null) {
            known = before.remove(name);
            if (known != null) {
                seen.put(name, known);
            }
        }
        return known != null && known.digest.equals(digest(text)) ? known : null;
    }

    /** @param claim what it says that it is, if it may be a key of servers with another key-encryption key */
    Refusal add(String name, String text, @Nullable EntryHead claim) {
        Refusal refusal = new Refusal(digest(text), claim);
        before.remove(name);
        if (seen.containsKey(name) || count() < MOST) {
            seen.put(name, refusal);
        }
        return refusal;
    }

    /** Whether there was room for {@code refusal}. */
    boolean holds(String name, Refusal refusal) {
        return seen.get(name) == refusal;
    }

    /** It is used after all. */
    void remove(String name) {
        seen.remove(name);
        before.remove(name);
    }

    /** The survey begins a new round: what it did not meet in this one is no longer there. */
    void endRound() {
        before = seen;
        seen = new HashMap<>();
    }

    int count() {
        return seen.size() + before.size();
    }

    /** How many nobody has been told of one by one. */
    int countUntold() {
        return (int) all().filter(refusal -> !refusal.getValue().told).count();
    }

    /** Whether one, under a name that {@code names} accepts, claims what {@code claims} accepts. */
    boolean anyClaims(Predicate<String> names, Predicate<EntryHead> claims) {
        return all().anyMatch(refusal -> {
            EntryHead claim = refusal.getValue().claim;
            return claim != null && claims.test(claim) && names.test(refusal.getKey());
        });
    }

    private Stream<Map.Entry<String, Refusal>> all() {
        return Stream.concat(seen.entrySet().stream(), before.entrySet().stream());
    }

    private static Bytes digest(String text) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("this JDK has no SHA-256", absent);
        }
    }
}
