package dev.akushu.cli.serve;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.PskOptions;
import dev.akushu.cli.option.Seconds;
import dev.akushu.cli.option.TicketKeyPlace;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TlsServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a server takes before the handshake is done, and how it finds copies of that. RFC 9846 section 8. */
final class EarlyDataOptions {
    /** The option without which the others mean nothing, as it is typed. */
    static final String USE = "--early-data BYTES";

    private static final String NAME = "--early-data";
    private static final String WINDOW = "--early-data-window";
    private static final String MEMORY = "--early-data-memory";
    private static final int MOST_BYTES = 1 << 24;
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);
    private static final int MOST_HELLOS = 10_000_000;

    @Option(names = NAME, paramLabel = "BYTES")
    private int bytes;

    @Option(names = WINDOW, paramLabel = "SECONDS")
    private @Nullable String window;

    @Option(names = MEMORY, paramLabel = "NUMBER")
    private @Nullable Integer hellos;

    /** Whether any is taken. */
    boolean given() {
        return bytes > 0;
    }

    /**
     * Sets what was asked for.
     *
     * @param withKeys how much may come with a pre-shared key
     */
    void apply(TlsServer.Builder server, int tickets, int withKeys, TicketKeyPlace ticketKeys, Words words)
            throws CommandFailure {
        if (bytes < 0 || bytes > MOST_BYTES) {
            throw words.misuse("out_of_range", bytes, NAME, 0, MOST_BYTES);
        }
        if (withKeys > bytes) {
            throw words.misuse("needs", PskOptions.EARLY, NAME + " " + withKeys);
        }
        if (bytes > 0 && tickets == 0 && withKeys == 0) {
            throw words.misuse("excluding", NAME, "--tickets 0");
        }
        if (bytes == 0 && (window != null || hellos != null)) {
            throw words.misuse("needs", window != null ? WINDOW : MEMORY, USE);
        }
        server.earlyData(bytes);
        if (window != null) {
            server.freshnessWindow(window(window, words));
        }
        if (hellos != null) {
            server.replayGuard(guard(hellos, withKeys, ticketKeys, words));
        }
    }

    private static Duration window(String text, Words words) throws CommandFailure {
        Duration window = Seconds.of(text, WINDOW, words);
        if (window.compareTo(LONGEST_WINDOW) > 0) {
            throw words.misuse("out_of_range", text, WINDOW, "0.001", LONGEST_WINDOW.toSeconds());
        }
        return window;
    }

    private static ReplayGuard guard(int hellos, int withKeys, TicketKeyPlace ticketKeys, Words words)
            throws CommandFailure {
        if (hellos < 1 || hellos > MOST_HELLOS) {
            throw words.misuse("out_of_range", hellos, MEMORY, 1, MOST_HELLOS);
        }
        // A fleet's servers remember together, in the store.
        if (ticketKeys instanceof TicketKeyPlace.InStore) {
            throw words.misuse("excluding", MEMORY, "--ticket-keys redis://");
        }
        // This guard would call nothing fresh before it was there for as long as their span.
        if (withKeys > 0) {
            throw words.misuse("excluding", MEMORY, PskOptions.EARLY);
        }
        return ReplayGuard.inMemory(hellos);
    }
}
