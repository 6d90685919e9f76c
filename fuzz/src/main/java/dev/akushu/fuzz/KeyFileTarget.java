package dev.akushu.fuzz;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.resume.TicketKeyCodec;
import java.util.List;
import java.util.Objects;

/** Files of Ticket Keys in all their forms. */
public final class KeyFileTarget {
    private static final HashAlgorithm HASH = Objects.requireNonNull(
                    Crypto.jdk().suite(CipherSuite.TLS_AES_256_GCM_SHA384))
            .hash();

    private KeyFileTarget() {}

    /** One run. */
    public static void fuzzerTestOneInput(byte[] input) {
        for (boolean seals : new boolean[] {true, false}) {
            try {
                List<TicketKey> keys = TicketKeyCodec.decode(input, seals, HASH);
                List<TicketKey> again = TicketKeyCodec.decode(TicketKeyCodec.encode(keys), seals, HASH);
                if (!names(again).equals(names(keys))) {
                    throw new AssertionError("what was written is read as other keys");
                }
            } catch (TicketKeyCodec.MalformedException refused) {
                if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                    throw new AssertionError("a refusal without a text", refused);
                }
            }
        }
    }

    private static List<Bytes> names(List<TicketKey> keys) {
        return keys.stream().map(TicketKey::name).toList();
    }
}
