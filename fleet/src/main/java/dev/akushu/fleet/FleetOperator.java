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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the keys of a fleet and changes them, for those who run it. Each call asks the store, blocks for some seconds at most, and fails with STORE_UNREACHABLE if it does not answer, with STORE_REFUSED if it answers by an error. For one thread. */
public final class FleetOperator implements AutoCloseable {
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
        book = new KeyBook(fleet, client.address().shown(), wrapping, rollOut.clockTolerance(), faults::add);
        keeper = new KeyKeeper(fleet, book, rollOut, wrapping, new SecureRandom());
        try {
            link = client.connect(() -> {});
        } catch (IOException failed) {
            throw client.fault(failed);
        }
        try {
            requireSameTime(rollOut.clockTolerance().multipliedBy(2));
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
     * @throws TlsException of FLEET_MISCONFIGURED, STORE_UNREACHABLE, STORE_REFUSED, or STORE_CLOCK_DIFFERS: then nothing was changed; or what is wrong with a file of {@code access}
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
        return asked(() -> book.compare(link, clock.instant()));
    }

    /** Makes the next key, which begins to seal after {@link RollOut#ahead}, at once if no other does; the keys there are then. */
    public TicketKeyRing rotate() throws TlsException {
        return asked(() -> {
            book.compare(link, clock.instant());
            keeper.makeKey(link, clock.instant());
        });
    }

    /**
     * Retires a key at all servers at once: what it sealed opens nowhere any more. A server that has lost the store hears of it when it finds it again.
     *
     * @return the keys there are then; empty if there is none of the name
     */
    public Optional<TicketKeyRing> retire(Bytes name) throws TlsException {
        Optional<TicketKey> key =
                keys().keys().stream().filter(each -> each.name().equals(name)).findFirst();
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(asked(() -> keeper.retire(link, key.get(), clock.instant())));
    }

    /** What was found wrong with entries of the store so far. */
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
