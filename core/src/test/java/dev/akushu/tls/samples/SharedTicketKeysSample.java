package dev.akushu.tls.samples;

import dev.akushu.tls.Identity;
import dev.akushu.tls.TicketKeyFiles;
import dev.akushu.tls.TicketKeyRing;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Several servers whose tickets open at each of them. */
final class SharedTicketKeysSample {
    private SharedTicketKeysSample() {}

    // sample: shared Ticket Keys
    static TlsServer server(Identity identity, Path keyFile) throws TlsException {
        return TlsServer.builder(identity)
                .ticketKeys(TicketKeyFiles.of(List.of(keyFile))) // reads the file again when it changes
                .build();
    }

    /** Makes the file, and later the next key in it. For one program alone, every 12 hours for instance. */
    static void rotate(Path keyFile) throws TlsException {
        TicketKeyRing ring = Files.exists(keyFile) ? TicketKeyFiles.read(keyFile) : TicketKeyRing.EMPTY;
        TicketKeyRing next = ring.rotated(Instant.now(), TicketKeyRing.Rotation.DEFAULT, new SecureRandom());
        TicketKeyFiles.write(keyFile, next);
    }
    // end
}
