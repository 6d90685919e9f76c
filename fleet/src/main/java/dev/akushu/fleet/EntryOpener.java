package dev.akushu.fleet;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Opens entries, of which somebody may have forged any number: each that does not open once, or seldom, and for a second of each look at most, because a KMS may be asked for each. */
final class EntryOpener {
    private static final Duration LONGEST_WORK = Duration.ofSeconds(1);

    /** By the clocks of all servers together. */
    private static final Duration LONG_OVER = Duration.ofDays(1);

    private final String fleet;
    private final String store;
    private final KeyWrapping wrapping;
    private final RollOut rollOut;
    private final BiPredicate<EntryHead, Instant> inUse;
    private final EntryFaults faults;
    private final LongSupplier nanoTime;
    private final Refusals refusals = new Refusals();

    private boolean leftAny;

    /** Whether there was no room to remember entries that say that servers seal with them: in this round of the survey, and in the one before. */
    private boolean unheldInUse;

    private boolean unheldInUseBefore;
    private int unused;

    /**
     * @param store as it is called in error texts
     * @param nanoTime as {@link System#nanoTime}
     */
    EntryOpener(
            String fleet,
            String store,
            KeyWrapping wrapping,
            RollOut rollOut,
            Consumer<TlsException> onFault,
            LongSupplier nanoTime) {
        this(fleet, store, wrapping, rollOut, rollOut::isInUse, onFault, nanoTime);
    }

    /**
     * The same where another rule says which entries that do not open are taken for those of servers.
     *
     * @param inUse whether somebody seals, or is about to, at a time with such a key
     */
    EntryOpener(
            String fleet,
            String store,
            KeyWrapping wrapping,
            RollOut rollOut,
            BiPredicate<EntryHead, Instant> inUse,
            Consumer<TlsException> onFault,
            LongSupplier nanoTime) {
        this.fleet = fleet;
        this.store = store;
        this.wrapping = wrapping;
        this.rollOut = rollOut;
        this.inUse = inUse;
        this.faults = new EntryFaults(store, StoreAddress.entriesKey(fleet), onFault);
        this.nanoTime = nanoTime;
    }

    /**
     * What a look has brought.
     *
     * @param usable by name
     * @param longOver names of what is of no use to anybody: no server can open it, by its own word
     * @param undecided names of known keys that may be retired: what says so has not been tried, or who was asked may only have been away
     */
    record Opened(Map<String, KeyEntry.Stored> usable, List<String> longOver, Set<String> undecided) {}

    /** @param known whether it has the name of a key that is known here */
    private record Candidate(
            String name, String text, EntryHead.Entry entry, Refusals.@Nullable Refusal refusal, boolean known) {}

    /**
     * Opens entries as far as that is worth trying now.
     *
     * @param entries texts by names
     * @param known names of keys that are known here, of which something else is told now: that they are retired, perhaps
     */
    Opened open(Map<String, String> entries, Set<String> known, Instant now) {
        List<Candidate> untried = new ArrayList<>();
        List<Candidate> again = new ArrayList<>();
        Opened opened = new Opened(new HashMap<>(), new ArrayList<>(), new HashSet<>());
        entries.forEach((name, text) -> {
            boolean isKnown = known.contains(name);
            Optional<EntryHead.Entry> entry = EntryHead.parse(text);
            Refusals.Refusal refusal = refusals.find(name, text);
            if (entry.isPresent() && rollOut.isOver(entry.get().head().openUntil(), now)) {
                if (entry.get().head().openUntil().plus(LONG_OVER).isBefore(now)) {
                    opened.longOver().add(name);
                }
            } else if (refusal != null) {
                if (entry.isPresent() && refusal.isTriedAgain()) {
                    if (refusal.isDue(now)) {
                        again.add(new Candidate(name, text, entry.get(), refusal, isKnown));
                    }
                    noteRetirement(name, entry.get(), isKnown, opened);
                }
            } else if (entry.isEmpty()) {
                var _ = refuse(name, text, null, Problem.STORE_ENTRY_MALFORMED.with(store, printable(name)), now);
            } else {
                untried.add(new Candidate(name, text, entry.get(), null, isKnown));
                noteRetirement(name, entry.get(), isKnown, opened);
            }
        });
        openInTime(inTurn(untried, again), opened, now);
        return opened;
    }

    private static void noteRetirement(String name, EntryHead.Entry entry, boolean known, Opened opened) {
        if (known && !entry.head().live()) {
            opened.undecided().add(name);
        }
    }

    /** Those with known names, then the others: where there is no time for all, none may be kept waiting for ever behind those of a forger, neither the untried (three of four) nor those to be tried again. */
    private static List<Candidate> inTurn(List<Candidate> untried, List<Candidate> again) {
        Collections.shuffle(untried);
        Collections.shuffle(again);
        List<Candidate> all = new ArrayList<>();
        Iterator<Candidate> next = again.iterator();
        for (Candidate each : untried) {
            all.add(each);
            if (all.size() % 4 == 3 && next.hasNext()) {
                all.add(next.next());
            }
        }
        next.forEachRemaining(all::add);
        all.sort(Comparator.comparing(candidate -> !candidate.known()));
        return all;
    }

    private void openInTime(List<Candidate> candidates, Opened opened, Instant now) {
        long begin = nanoTime.getAsLong();
        leftAny = false;
        for (Candidate each : candidates) {
            if (nanoTime.getAsLong() - begin <= LONGEST_WORK.toNanos()) {
                open(each, opened, now);
            } else if (each.refusal() == null) {
                leftAny = true;
            }
        }
    }

    private void open(Candidate candidate, Opened opened, Instant now) {
        String name = candidate.name();
        EntryHead head = candidate.entry().head();
        try {
            KeyEntry entry = KeyEntry.open(fleet, name, candidate.entry(), wrapping);
            opened.usable().put(name, new KeyEntry.Stored(candidate.text(), entry));
            opened.undecided().remove(name);
            refusals.remove(name);
        } catch (KeyEncryptionKey.UnknownKeyException notOurs) {
            opened.undecided().remove(name);
            var _ = refuse(candidate, head, Problem.STORE_ENTRY_KEY_UNKNOWN.causedBy(notOurs, store, name), now);
        } catch (KeyEncryptionKey.NotAuthenticException forged) {
            opened.undecided().remove(name);
            var _ = refuse(candidate, null, Problem.STORE_ENTRY_FORGED.causedBy(forged, store, name), now);
        } catch (Exception | StackOverflowError | LinkageError failed) {
            // The clients of some services throw what they like, and a forged entry must not end the look.
            Refusals.Refusal refusal = candidate.refusal();
            if (refusal == null) {
                TlsException fault =
                        Problem.STORE_ENTRY_NOT_OPENED.causedBy(failed, store, name, StoreFault.words(failed));
                refusal = refuse(candidate, head, fault, now);
            }
            refusal.retryAfter(now, candidate.known());
        }
    }

    private Refusals.Refusal refuse(Candidate candidate, @Nullable EntryHead claim, TlsException fault, Instant now) {
        Refusals.Refusal refusal = refuse(candidate.name(), candidate.text(), claim, fault, now);
        if (claim != null && !candidate.known() && !refusals.holds(candidate.name(), refusal)) {
            unheldInUse |= inUse.test(claim, now);
        }
        return refusal;
    }

    private Refusals.Refusal refuse(
            String name, String text, @Nullable EntryHead claim, TlsException fault, Instant now) {
        Refusals.Refusal refusal = refusals.add(name, text, claim);
        faults.tell(refusal, fault, now);
        return refusal;
    }

    /**
     * A look is over.
     *
     * @param others how many fields are no entries at all
     * @param roundEnded whether all that is in the store has been seen
     */
    void endLook(int others, boolean roundEnded, Instant now) {
        if (roundEnded) {
            refusals.endRound();
            unheldInUseBefore = unheldInUse;
            unheldInUse = false;
        }
        unused = others + refusals.count();
        faults.tellRest(others + refusals.countUntold(), now);
    }

    /** How many fields and entries are not used, as far as is known. */
    int unused() {
        return unused;
    }

    /** Whether the last look had no time to try what had never been tried. */
    boolean leftAny() {
        return leftAny;
    }

    /** Whether entries that do not open here, under names that {@code names} accepts, say that servers seal with them at {@code now}. */
    boolean seesKeysInUse(Predicate<String> names, Instant now) {
        return unheldInUse || unheldInUseBefore || refusals.anyClaims(names, claim -> inUse.test(claim, now));
    }

    /** Names come from the store, so they may be anything. */
    private static String printable(String name) {
        String shown = name.replaceAll("[^0-9A-Za-z._-]", "?");
        return shown.length() <= 40 ? shown : shown.substring(0, 40) + "...";
    }
}
