package dev.akushu.cli.store;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.option.StoreOptions;
import dev.akushu.fleet.FleetOperator;
import dev.akushu.fleet.RollOut;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.TicketKeyRing;
import dev.akushu.tls.TlsException;
import java.util.List;
import java.util.Optional;

/** The keys of a fleet, for who runs it. */
public final class StoredKeys implements AutoCloseable {
    private final FleetOperator operator;
    private final StoreFaults faults;
    private int told;

    private StoredKeys(FleetOperator operator, StoreFaults faults) {
        this.operator = operator;
        this.faults = faults;
    }

    /** Connects to the store at {@code address}. */
    public static StoredKeys at(String address, StoreOptions options, Console console)
            throws CommandFailure, TlsException {
        Entrance entrance = Entrance.of(address, options, console);
        FleetOperator operator =
                FleetOperator.connect(entrance.address(), entrance.wrapping(), entrance.access(), RollOut.DEFAULT);
        return new StoredKeys(operator, new StoreFaults(console));
    }

    /**
     * The keys there are. Entries that are not used are told of, and do no harm.
     *
     * @throws TlsException if none opens that servers seal with: the key-encryption key is another one than theirs
     */
    public TicketKeyRing list() throws TlsException {
        return told(operator.keys());
    }

    /** Makes the next key; all there are then. */
    public TicketKeyRing rotate() throws TlsException {
        return told(operator.rotate());
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
