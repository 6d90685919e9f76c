package dev.akushu.cli.serve;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.option.StoreOptions;
import dev.akushu.cli.option.TicketKeyPlace;
import dev.akushu.cli.store.SharedKeys;
import dev.akushu.tls.TicketKeyFiles;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Ticket Keys of a server that runs.
 *
 * @param files null if there are none
 * @param shared null if there is no store
 */
record ServerKeys(@Nullable TicketKeyFiles files, @Nullable SharedKeys shared) implements AutoCloseable {
    static ServerKeys open(String place, StoreOptions store, Console console) throws CommandFailure, TlsException {
        TicketKeyPlace where = TicketKeyPlace.ofServer(place, console.words());
        if (where instanceof TicketKeyPlace.InStore inStore) {
            return new ServerKeys(null, SharedKeys.at(inStore.address(), store, console));
        }
        store.requireNone(console.words());
        return where instanceof TicketKeyPlace.InFiles(List<Path> files)
                ? new ServerKeys(TicketKeyFiles.of(files), null)
                : new ServerKeys(null, null);
    }

    void giveTo(TlsServer.Builder server) {
        if (files != null) {
            server.ticketKeys(files);
        }
        if (shared != null) {
            shared.join(server);
        }
    }

    /** Says what a client or another server would notice of them. */
    void announce() {
        if (shared != null) {
            shared.announce();
        }
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
    }
}
