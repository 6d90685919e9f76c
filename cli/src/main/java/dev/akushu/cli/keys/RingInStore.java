package dev.akushu.cli.keys;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.StoreOptions;
import dev.akushu.cli.option.TicketKeyPlace;
import dev.akushu.cli.store.StoredKeys;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.TicketKeyRing;
import dev.akushu.tls.TlsException;
import java.time.Duration;
import java.util.Optional;

/** Keys in a store, which the servers make and retire by themselves; an operator may do so earlier. */
record RingInStore(String place, StoredKeys keys, Words words) implements KeyRing {
    static RingInStore at(TicketKeyPlace.InStore place, StoreOptions options, Console console)
            throws CommandFailure, TlsException {
        return new RingInStore(place.toString(), StoredKeys.at(place, options, console), console.words());
    }

    @Override
    public String noneSeals() {
        return words.text("keys.none_seals_in_store");
    }

    @Override
    public TicketKeyRing list() throws TlsException {
        return keys.list();
    }

    @Override
    public TicketKeyRing rotate(Optional<Duration> ahead) throws CommandFailure, TlsException {
        return keys.rotate(ahead);
    }

    @Override
    public TicketKeyRing retire(String name) throws CommandFailure, TlsException {
        CommandFailure none = words.misuse("no_such_ticket_key", name, place);
        if (!name.matches("([0-9A-Fa-f]{2})+")) {
            throw none;
        }
        return keys.retire(Bytes.fromHex(name)).orElseThrow(() -> none);
    }

    @Override
    public void close() {
        keys.close();
    }
}
