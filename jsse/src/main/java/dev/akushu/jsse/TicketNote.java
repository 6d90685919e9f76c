package dev.akushu.jsse;

import dev.akushu.tls.Bytes;
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
    private static final int LENGTH = SessionRoot.ID_LENGTH + HASH_LENGTH;

    /** As it stands in the ticket. */
    Bytes encode() {
        byte[] octets = new byte[LENGTH];
        id.copyTo(octets, 0);
        fingerprint.copyTo(octets, SessionRoot.ID_LENGTH);
        return Bytes.wrap(octets);
    }

    /** The note in a ticket, or null if there is none: a server of the core may have made the ticket. */
    static @Nullable TicketNote decode(Bytes data) {
        return data.length() == LENGTH
                ? new TicketNote(data.slice(0, SessionRoot.ID_LENGTH), data.slice(SessionRoot.ID_LENGTH, HASH_LENGTH))
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
