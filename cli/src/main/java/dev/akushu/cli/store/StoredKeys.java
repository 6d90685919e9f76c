package dev.akushu.cli.store;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.StoreOptions;
import dev.akushu.cli.option.TicketKeyPlace;
import dev.akushu.fleet.FleetOperator;
import dev.akushu.fleet.RollOut;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeyRing;
import dev.akushu.tls.TlsException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The keys of a fleet, for who runs it. */
public final class StoredKeys implements AutoCloseable {
    /** Those of {@code akushu serve}. */
    private static final RollOut TIMES = RollOut.DEFAULT;

    private final String place;
    private final Words words;
    private final FleetOperator operator;
    private final StoreFaults faults;
    private int told;

    private StoredKeys(String place, Words words, FleetOperator operator, StoreFaults faults) {
        this.place = place;
        this.words = words;
        this.operator = operator;
        this.faults = faults;
    }

    /** Connects to the store. */
    public static StoredKeys at(TicketKeyPlace.InStore place, StoreOptions options, Console console)
            throws CommandFailure, TlsException {
        Entrance entrance = Entrance.of(place.address(), options, console);
        FleetOperator operator =
                FleetOperator.connect(entrance.address(), entrance.wrapping(), entrance.access(), TIMES);
        return new StoredKeys(place.toString(), console.words(), operator, new StoreFaults(console));
    }

    /**
     * The keys there are. Entries that are not used are told of, and do no harm.
     *
     * @throws TlsException if none opens that servers seal with: the key-encryption key is another one than theirs
     */
    public TicketKeyRing list() throws TlsException {
        return told(operator.keys());
    }

    /**
     * Makes the next key; all there are then.
     *
     * @param ahead how long before it seals the servers publish a key; then it lasts as long as the newest there is. If empty, that must last as those by the default times do
     */
    public TicketKeyRing rotate(Optional<Duration> ahead) throws CommandFailure, TlsException {
        if (ahead.isPresent()) {
            return told(operator.rotate(ahead.get()));
        }
        Optional<TicketKey> newest = list().keys().stream().max(Comparator.comparing(TicketKey::notBefore));
        if (newest.isPresent()) {
            requireDefaultTimes(newest.get());
        }
        return told(operator.rotate());
    }

    /** What lasts less would be over before its tickets are, and what lasts longer could be stolen for longer. */
    private void requireDefaultTimes(TicketKey key) throws CommandFailure {
        Duration seals = Duration.between(key.notBefore(), key.sealUntil());
        Duration opens = Duration.between(key.sealUntil(), key.openUntil());
        if (!seals.equals(TIMES.sealFor()) || !opens.equals(TIMES.openFor())) {
            throw words.misuse(
                    "other_key_times",
                    place,
                    shown(seals),
                    shown(opens),
                    shown(TIMES.sealFor()),
                    shown(TIMES.openFor()));
        }
    }

    private static String shown(Duration time) {
        return time.toSeconds() + " s";
    }

    /** Retires the key called {@code name} at all servers; those there are then, or empty if there is none of the name. */
    public Optional<TicketKeyRing> retire(Bytes name) throws TlsException {
        Optional<TicketKeyRing> left = operator.retire(name);
        tellFaults();
        return left;
    }

    private TicketKeyRing told(TicketKeyRing ring) {
        tellFaults();
        return ring;
    }

    private void tellFaults() {
        List<TlsException> found = operator.faults();
        found.subList(told, found.size()).forEach(faults::tell);
        told = found.size();
    }

    @Override
    public void close() {
        operator.close();
    }
}
