package dev.akushu.cli.keys;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.option.StoreOptions;
import dev.akushu.cli.option.TicketKeyPlace;
import dev.akushu.tls.TicketKeyRing;
import dev.akushu.tls.TlsException;
import java.time.Duration;
import java.util.Optional;

/** The keys in one place, to look at and to change. */
interface KeyRing extends AutoCloseable {
    /** Those in the file or the store that {@code text} names. */
    static KeyRing at(String text, StoreOptions store, Console console) throws CommandFailure, TlsException {
        TicketKeyPlace place = TicketKeyPlace.shared(text, console.words());
        if (place instanceof TicketKeyPlace.InStore inStore) {
            return RingInStore.at(inStore, store, console);
        }
        store.requireNone(console.words());
        return new RingInFile(((TicketKeyPlace.InFiles) place).files().getFirst(), console.words());
    }

    /** How the place is called in texts. */
    String place();

    /** What to say when there are keys and none of them seals. */
    String noneSeals();

    /** The keys there are. */
    TicketKeyRing list() throws CommandFailure, TlsException;

    /** Adds the next key, {@code ahead} before it seals or, if that is not said, as long as is usual; the keys there are then. */
    TicketKeyRing rotate(Optional<Duration> ahead) throws CommandFailure, TlsException;

    /** Takes the key called {@code name}, in hexadecimal, out; the keys there are then. */
    TicketKeyRing retire(String name) throws CommandFailure, TlsException;

    @Override
    void close();
}
