package dev.akushu.fleet;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes round the entries of the store, a bounded way at each look: whoever can write there may have left any number. What a look did not come to, the next one does. */
final class EntrySurvey {
    /** A hundred thousand fields or so. */
    private static final int MOST_PARTS = 200;

    /** In characters: thousands of keys. */
    private static final int MOST_TEXT = 1 << 20;

    private @Nullable EntryStore surveyed;
    private String from = EntryStore.BEGIN;
    private int othersSoFar;
    private int others;
    private boolean whole;
    private boolean roundEnded;

    /** Reads on; from the beginning where {@code store} is another one than before, which may hold other entries. Whoever loses what it returns has to {@linkplain #beginAnew begin anew}. */
    Map<String, String> look(EntryStore store) throws IOException {
        if (!store.equals(surveyed)) {
            beginAnew();
            surveyed = store;
        }
        Map<String, String> found = new HashMap<>();
        int parts = 0;
        int text = 0;
        roundEnded = false;
        while (!roundEnded && parts < MOST_PARTS && text < MOST_TEXT) {
            EntryStore.Part part = store.part(from);
            found.putAll(part.entries());
            text += part.entries().values().stream().mapToInt(String::length).sum();
            othersSoFar += part.others();
            parts++;
            from = part.next();
            roundEnded = from.equals(EntryStore.BEGIN);
        }
        others = Math.max(others, othersSoFar);
        if (roundEnded) {
            whole = true;
            others = othersSoFar;
            othersSoFar = 0;
        }
        return found;
    }

    /** Something of what was read has been lost: the round begins again, and nothing counts as seen. */
    void beginAnew() {
        from = EntryStore.BEGIN;
        othersSoFar = 0;
        whole = false;
        roundEnded = false;
    }

    /** Whether the last look came to the end. */
    boolean roundEnded() {
        return roundEnded;
    }

    /** Whether every part has been read once. */
    boolean isWhole() {
        return whole;
    }

    /** How many fields are no entries, as far as is known. */
    int others() {
        return others;
    }
}
