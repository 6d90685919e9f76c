package dev.akushu.fleet;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeyRing;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the keys of a fleet and changes them, for those who run it. Each call asks the store, blocks for some seconds at most, and fails with a {@linkplain Problem.Category#TRANSPORT transport} problem if the store does not answer or
 * refuses, with STORE_KEYS_FOREIGN if servers seal with keys that do not open here, and none that does: the key-encryption key is not theirs. Whatever times those keys have, it is believed that servers seal with them. For one thread.
 */
public final class FleetOperator implements AutoCloseable {
    /** For looking at all that somebody may have filled the store with. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LONGEST_AHEAD = Duration.ofDays(7);

    private final StoreClient client;
    private final List<TlsException> faults = new ArrayList<>();
    private final KeyBook book;
    private final KeyKeeper keeper;
    private final RedisLink link;
    private final InstantSource clock;

    private FleetOperator(StoreClient client, KeyWrapping wrapping, RollOut rollOut, InstantSource clock)
            throws TlsException {
        this.client = client;
        this.clock = clock;
        String fleet = client.address().fleet();
        // The servers may have other times than these: by those here, their keys could seem to be nobody's.
        EntryOpener opener = new EntryOpener(
                fleet,
                client.address().shown(),
                wrapping,
                rollOut,
                EntryHead::claimsToSeal,
                faults::add,
                System::nanoTime);
        book = new KeyBook(rollOut, opener);
        keeper = new KeyKeeper(fleet, book, rollOut, wrapping, new SecureRandom());
        try {
            link = client.connect(() -> {});
        } catch (IOException failed) {
            throw client.fault(failed);
        }
        try {
            requireSameTime(rollOut.clockDifference());
        } catch (TlsException failed) {
            link.close();
            throw failed;
        }
    }

    /** By a wrong clock, keys would seem to be over that are not, and the next one would begin when nobody expects it. */
    private void requireSameTime(Duration tolerance) throws TlsException {
        Duration difference;
        try {
            difference = link.differenceTo(clock);
        } catch (IOException failed) {
            throw client.fault(failed);
        }
        if (difference.compareTo(tolerance) > 0) {
            throw Problem.STORE_CLOCK_DIFFERS.with(
                    client.address().shown(), Duration.ofSeconds(difference.toSeconds()), tolerance);
        }
    }

    /**
     * Connects to the store.
     *
     * @param address as for {@link Fleet#at}
     * @param wrapping as the servers have it
     * @param rollOut as the servers have it
     * @throws TlsException what is wrong with the address, a file of {@code access} or the way to the store; STORE_CLOCK_DIFFERS: then nothing was changed
     */
    public static FleetOperator connect(String address, KeyWrapping wrapping, StoreAccess access, RollOut rollOut)
            throws TlsException {
        return connect(address, wrapping, access, rollOut, InstantSource.system());
    }

    static FleetOperator connect(
            String address, KeyWrapping wrapping, StoreAccess access, RollOut rollOut, InstantSource clock)
            throws TlsException {
        StoreClient client = StoreClient.of(address, access);
        try {
            return new FleetOperator(client, wrapping, rollOut, clock);
        } catch (TlsException failed) {
            client.close();
            throw failed;
        }
    }

    /** The keys there are now. */
    public TicketKeyRing keys() throws TlsException {
        TicketKeyRing ring = asked(this::survey);
        if (ring.keys().isEmpty() && book.isForeign(clock.instant())) {
            throw client.foreign();
        }
        return ring;
    }

    private void survey() throws IOException {
        long begin = System.nanoTime();
        do {
            book.compare(link, clock.instant());
        } while (!book.isWhole() && System.nanoTime() - begin < PATIENCE.toNanos());
    }

    private void requireThatOthersCouldOpenTheNext() throws TlsException {
        var _ = asked(this::survey);
        Instant now = clock.instant();
        if (!keeper.mayMake(now)) {
            throw book.isForeign(now) ? client.foreign() : client.filled(book.unused());
        }
    }

    /** Makes the next key, which begins to seal after {@link RollOut#ahead}, at once if no other does; the keys there are then. The key lasts by the times of this operator, which must be the servers'. If none seals and the store holds so many other entries that the keys may be behind them, fails with STORE_ENTRIES_UNUSABLE. */
    public TicketKeyRing rotate() throws TlsException {
        requireThatOthersCouldOpenTheNext();
        return asked(() -> keeper.makeKey(link, clock.instant()));
    }

    /**
     * The same for a fleet whose other times are not known here: the key lasts as long as the newest that there is. If there is none, the times of this operator hold.
     *
     * @param ahead the servers' own {@link RollOut#ahead}, which no key tells; more than zero, and seven days at most
     * @throws IllegalArgumentException if it is not; then the store is not asked
     */
    public TicketKeyRing rotate(Duration ahead) throws TlsException {
        if (!ahead.isPositive() || ahead.compareTo(LONGEST_AHEAD) > 0) {
            throw new IllegalArgumentException("A key cannot be published " + ahead
                    + " before it seals: it must be more than zero, and " + LONGEST_AHEAD + " at most");
        }
        requireThatOthersCouldOpenTheNext();
        return asked(() -> keeper.makeKeyLikeNewest(link, ahead, clock.instant()));
    }

    /**
     * Retires a key at all servers at once: what it sealed opens nowhere any more. A server that has lost the store hears of it when it finds it again.
     *
     * @return the keys there are then; empty if there is none of the name
     * @throws TlsException STORE_ENTRIES_UNUSABLE, too: there is no key of the name that opens, but so many other entries that not all could be tried
     */
    public Optional<TicketKeyRing> retire(Bytes name) throws TlsException {
        // By its name, because it may stand behind more rubbish than there is time for.
        Optional<TicketKey> named = find(name, asked(() -> book.lookFor(name.hex(), link, clock.instant())));
        Optional<TicketKey> key = named.isPresent() ? named : find(name, keys());
        if (key.isPresent()) {
            return Optional.of(asked(() -> keeper.retire(link, key.get(), clock.instant())));
        }
        if (!book.isWhole()) {
            throw client.filled(book.unused());
        }
        return Optional.empty();
    }

    private static Optional<TicketKey> find(Bytes name, TicketKeyRing ring) {
        return ring.keys().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** What was found wrong with entries of the store so far: of a few, and of how many more. */
    public List<TlsException> faults() {
        return List.copyOf(faults);
    }

    /** Something that is asked of the store. */
    private interface Question {
        void ask() throws IOException, GeneralSecurityException;
    }

    private TicketKeyRing asked(Question question) throws TlsException {
        try {
            question.ask();
            return TicketKeyRing.of(book.keys());
        } catch (IOException failed) {
            throw client.fault(failed);
        } catch (GeneralSecurityException failed) {
            throw client.notWrapped(failed);
        }
    }

    @Override
    public void close() {
        link.close();
        client.close();
        book.close();
    }
}
