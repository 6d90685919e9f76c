package dev.akushu.cli.keys;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.TicketKeyFiles;
import dev.akushu.tls.TicketKeyRing;
import dev.akushu.tls.TlsException;
import java.nio.file.Path;
import java.time.Instant;

/** Keys that are to be changed. */
final class Rings {
    private Rings() {}

    /** The keys in {@code file}, which must be one of our own: in ours, those of other products would be lost to them. */
    static TicketKeyRing own(Path file, Words words) throws CommandFailure, TlsException {
        TicketKeyRing ring = TicketKeyFiles.read(file);
        if (ring.keys().stream().anyMatch(key -> key.openUntil().equals(Instant.MAX))) {
            throw words.misuse("foreign_ticket_keys", file);
        }
        return ring;
    }
}
