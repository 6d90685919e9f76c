package dev.akushu.fleet;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Tells of entries that are not used: in an hour of a few one by one, and of the rest how many there are, again only when they have doubled. Else whoever can write to the store could fill the logs of all servers. */
final class EntryFaults {
    private static final int FEW = 3;
    private static final Duration SPAN = Duration.ofHours(1);

    private final String store;
    private final String entriesKey;
    private final Consumer<TlsException> onFault;

    private Instant spanEnd = Instant.MIN;
    private int left;
    private int rest;
    private int toldRest;

    /**
     * @param store as it is called in texts
     * @param entriesKey under which name the entries are in it
     */
    EntryFaults(String store, String entriesKey, Consumer<TlsException> onFault) {
        this.store = store;
        this.entriesKey = entriesKey;
        this.onFault = onFault;
    }

    /** Tells of {@code refusal} unless that was done, or there were too many. */
    void tell(Refusals.Refusal refusal, TlsException fault, Instant now) {
        beginSpan(now);
        if (left > 0 && !refusal.told()) {
            left--;
            refusal.markTold();
            onFault.accept(fault);
        }
    }

    /** @param count how many are not used that were not told of one by one */
    void tellRest(int count, Instant now) {
        beginSpan(now);
        rest = count;
        if (count > 0 && count >= 2 * toldRest) {
            toldRest = count;
            onFault.accept(Problem.STORE_ENTRIES_UNUSABLE.with(store, count, entriesKey));
        }
    }

    private void beginSpan(Instant now) {
        if (now.isBefore(spanEnd)) {
            return;
        }
        spanEnd = now.plus(SPAN);
        left = FEW;
        if (rest == 0) {
            toldRest = 0;
        }
    }
}
