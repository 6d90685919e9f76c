package dev.akushu.cli.keys;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeyFiles;
import dev.akushu.tls.TicketKeyRing;
import dev.akushu.tls.TicketKeyRing.Rotation;
import dev.akushu.tls.TlsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keys in a file, which the first rotation makes. */
record RingInFile(Path file, Words words) implements KeyRing {
    private static final Duration AHEAD = Duration.ofMinutes(1);

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public String noneSeals() {
        return words.text("keys.none_seals");
    }

    @Override
    public TicketKeyRing list() throws TlsException {
        return TicketKeyFiles.read(file);
    }

    @Override
    public TicketKeyRing rotate(Optional<Duration> ahead) throws CommandFailure, TlsException {
        Rotation rotation = new Rotation(ahead.orElse(AHEAD), Rotation.DEFAULT.sealFor(), Rotation.DEFAULT.openFor());
        TicketKeyRing old = Files.notExists(file) ? TicketKeyRing.EMPTY : own();
        return written(old.rotated(Instant.now(), rotation, new SecureRandom()));
    }

    @Override
    public TicketKeyRing retire(String name) throws CommandFailure, TlsException {
        TicketKey found = list().keys().stream()
                .filter(key -> key.name().hex().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> words.misuse("no_such_ticket_key", name, place()));
        return written(own().without(found.name()));
    }

    private TicketKeyRing written(TicketKeyRing ring) throws TlsException {
        TicketKeyFiles.write(file, ring);
        return ring;
    }

    /** The keys, in a file that must be one of our own: in ours, those of other products would be lost to them. */
    private TicketKeyRing own() throws CommandFailure, TlsException {
        TicketKeyRing ring = list();
        if (ring.keys().stream().anyMatch(key -> key.openUntil().equals(Instant.MAX))) {
            throw words.misuse("foreign_ticket_keys", file);
        }
        return ring;
    }

    @Override
    public void close() {
        // Nothing stays open.
    }
}
