package dev.akushu.fuzz;

import dev.akushu.fleet.StoreReading;
import dev.akushu.tls.TicketKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/** What reads a fleet's store, to which anybody may have written: the input is its fields, a name and a text in each line. */
public final class EntriesTarget {
    private EntriesTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        Map<String, String> fields = new HashMap<>();
        for (String line : new String(input, StandardCharsets.UTF_8).split("\n", -1)) {
            int gap = line.indexOf('=');
            if (gap >= 0) {
                fields.put(line.substring(0, gap), line.substring(gap + 1));
            }
        }
        StoreReading.read(fields, Settings.NOW);
    }

    /** A store with a key, and another that was retired. */
    static byte[] store() throws GeneralSecurityException {
        TicketKey key = Settings.ticketKey();
        String other = "f".repeat(2 * TicketKey.NAME_LENGTH);
        String fields =
                key.name().hex() + "=" + StoreReading.entry(key) + "\n" + other + "=" + StoreReading.retired(key);
        return fields.getBytes(StandardCharsets.UTF_8);
    }
}
