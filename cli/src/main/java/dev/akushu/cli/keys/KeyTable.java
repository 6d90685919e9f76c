package dev.akushu.cli.keys;

import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeyRing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Shows keys by their names and times; never their secrets. */
final class KeyTable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Console console;
    private final String noneSeals;

    /** @param noneSeals what to say when there are keys and none of them seals */
    KeyTable(Console console, String noneSeals) {
        this.console = console;
        this.noneSeals = noneSeals;
    }

    /** What a key is good for now. */
    private enum State {
        SEALS,
        READY,
        OPENS,
        EXPIRED;

        static State of(TicketKey key, TicketKeyRing ring, Instant now) {
            if (!key.opens(now)) {
                return EXPIRED;
            }
            if (key == ring.sealingKey(now)) {
                return SEALS;
            }
            return now.isBefore(key.notBefore()) ? READY : OPENS;
        }
    }

    void show(TicketKeyRing ring, Instant now) {
        Words words = console.words();
        if (ring.keys().isEmpty()) {
            console.print(words.text("keys.none"));
        } else {
            console.print(row(
                    words.text("keys.name"),
                    words.text("keys.state"),
                    words.text("keys.not_before"),
                    words.text("keys.seal_until"),
                    words.text("keys.open_until")));
        }
        for (TicketKey key : ring.keys()) {
            show(key, State.of(key, ring, now));
        }
        if (!ring.keys().isEmpty() && ring.sealingKey(now) == null) {
            console.warn(noneSeals);
        }
    }

    private void show(TicketKey key, State state) {
        String name = state.name().toLowerCase(Locale.ROOT);
        console.print(row(
                key.name().hex(),
                console.words().text("keys.state." + name),
                time(key.notBefore()),
                time(key.sealUntil()),
                time(key.openUntil())));
        console.event(JsonLine.event("ticket_key")
                .with("name", key.name().hex())
                .with("state", name)
                .with("not_before", key.notBefore().toString())
                .with("seal_until", key.sealUntil().toString())
                .with("open_until", key.openUntil().toString()));
    }

    /** Keys from the files of other products have no times. */
    private static String time(Instant instant) {
        return instant.equals(Instant.MAX) || !instant.isAfter(Instant.EPOCH.plusSeconds(1))
                ? "-"
                : TIME.format(instant);
    }

    private static String row(String name, String state, String begins, String seals, String opens) {
        return String.format(Locale.ROOT, "%-32s  %-12s  %-20s  %-20s  %s", name, state, begins, seals, opens)
                .stripTrailing();
    }
}
