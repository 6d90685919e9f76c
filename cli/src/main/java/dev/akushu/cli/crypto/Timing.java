package dev.akushu.cli.crypto;

import dev.akushu.tls.crypto.Origin;
import java.util.List;
import java.util.Map;

/**
 * How long an operation takes.
 *
 * @param origins whose code {@code Crypto.fastest()} takes for it
 * @param micros what that needs, in microseconds
 * @param byColumn what each of the others needs that has it
 */
record Timing(Operation operation, List<Origin> origins, double micros, Map<Column, Double> byColumn) {
    /** A source of cryptography that is compared. */
    enum Column {
        JDK("JDK"),
        OWN("Akushu"),
        ACCP("ACCP"),
        CONSCRYPT("Conscrypt");

        private final String title;

        Column(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }
}
