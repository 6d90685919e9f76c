package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyDataTerms;
import dev.akushu.tls.ExternalPsk;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * What both ends agree on for early data under pre-shared keys, as a person writes it: {@code 1000,2026-11-29T06:00:00Z/2026-11-29T18:00:00Z}.
 *
 * @param bytes how much may be sent
 * @param from when it begins
 * @param until when it ends
 */
record KeyTerms(int bytes, Instant from, Instant until) {
    static KeyTerms of(String text, Words words) throws CommandFailure {
        int comma = text.indexOf(',');
        int slash = text.indexOf('/', comma + 1);
        try {
            return new KeyTerms(
                    Integer.parseInt(text.substring(0, Math.max(comma, 0)).strip()),
                    Instant.parse(text.substring(comma + 1, Math.max(slash, comma + 1))
                            .strip()),
                    Instant.parse(text.substring(slash + 1).strip()));
        } catch (DateTimeException | NumberFormatException unreadable) {
            throw words.misuse("bad_psk_early_data", text);
        }
    }

    /** The imported key for this span alone, which is in its context, so that what was recorded in one span is worth nothing in another. */
    ExternalPsk bind(ExternalPsk key, NegotiationOptions negotiation, Words words) throws CommandFailure {
        List<String> protocols = negotiation.applicationProtocols(words);
        EarlyDataTerms terms;
        try {
            terms = EarlyDataTerms.of(negotiation.policy(words).suites().getFirst(), bytes, from, until);
        } catch (IllegalArgumentException outOfRange) {
            throw words.misuse("bad_psk_early_data", bytes + "," + from + "/" + until);
        }
        if (!protocols.isEmpty()) {
            terms = terms.withApplicationProtocol(protocols.getFirst());
        }
        return key.withContext(Bytes.ofAscii(from + "/" + until)).withEarlyData(terms);
    }
}
