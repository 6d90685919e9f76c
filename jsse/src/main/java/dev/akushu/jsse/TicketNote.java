package dev.akushu.jsse;

import dev.akushu.tls.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server seals into its tickets about the session that they resume: in a resumption it shows no certificate and asks no key
 * manager, yet programs go on asking the session which certificate was shown and what they had put in.
 *
 * @param id of the session
 * @param fingerprint of the certificate that this end showed, in case the session has been forgotten; see {@link #fingerprint}
 */
record TicketNote(Bytes id, Bytes fingerprint) {
    private static final int HASH_LENGTH = 32;

    // Tells a note from what another application has sealed into a ticket under shared Ticket Keys.
    private static final Bytes MAGIC = Bytes.copyOf("akushu jsse 1:".getBytes(StandardCharsets.US_ASCII));

    private static final int ID = MAGIC.length();
    private static final int FINGERPRINT = ID + SessionRoot.ID_LENGTH;
    private static final int LENGTH = FINGERPRINT + HASH_LENGTH;

    /** As it stands in the ticket. */
    Bytes encode() {
        byte[] octets = new byte[LENGTH];
        MAGIC.copyTo(octets, 0);
        id.copyTo(octets, ID);
        fingerprint.copyTo(octets, FINGERPRINT);
        return Bytes.wrap(octets);
    }

    /** The note in a ticket, or null if there is none: a server of the core may have made the ticket, with data of its own. */
    static @Nullable TicketNote decode(Bytes data) {
        return data.length() == LENGTH && data.slice(0, ID).equals(MAGIC)
                ? new TicketNote(data.slice(ID, SessionRoot.ID_LENGTH), data.slice(FINGERPRINT, HASH_LENGTH))
                : null;
    }

    /** SHA-256 of the end entity's certificate in DER; of nothing if {@code chain} is empty. */
    static Bytes fingerprint(List<Bytes> chain) {
        try {
            byte[] certificate =
                    chain.isEmpty() ? new byte[0] : chain.getFirst().toArray();
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(certificate));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
