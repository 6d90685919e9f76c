package dev.akushu.cli.store;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.option.StoreOptions;
import dev.akushu.fleet.FleetOperator;
import dev.akushu.fleet.RollOut;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.TicketKeyRing;
import dev.akushu.tls.TlsException;
import java.security.GeneralSecurityException;
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
     * The keys there are. Entries that have not the form of one are told of, and do no harm.
     *
     * @throws TlsException if there are entries and none opens: the key-encryption key is another one than the servers'
     */
    public TicketKeyRing list() throws TlsException {
        TicketKeyRing ring = operator.keys();
        if (ring.keys().isEmpty()) {
            requireOpened();
        }
        List<TlsException> found = operator.faults();
        found.subList(told, found.size()).forEach(faults::tell);
        told = found.size();
        return ring;
    }

    /** An entry that does not open was made under another key-encryption key, or forged. */
    private void requireOpened() throws TlsException {
        for (TlsException fault : operator.faults()) {
            if (fault.getCause() != null && fault.getCause().getCause() instanceof GeneralSecurityException) {
                throw fault;
            }
        }
    }

    /** Makes the next key; all there are then. Not where an entry does not open: the servers that made it could not open the new key either. */
    public TicketKeyRing rotate() throws TlsException {
        var _ = list();
        requireOpened();
        return operator.rotate();
    }

    /** Retires the key called {@code name} at all servers; those there are then, or empty if there is none of the name. */
    public Optional<TicketKeyRing> retire(Bytes name) throws TlsException {
        var _ = list();
        return operator.retire(name);
    }

    @Override
    public void close() {
        operator.close();
    }
}
