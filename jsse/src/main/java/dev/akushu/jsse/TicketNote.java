package dev.akushu.jsse;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server seals into its tickets about the session that they resume, before what the application puts there: in a
 * resumption it shows no certificate and asks no key manager, yet programs go on asking the session which certificate was
 * shown and what they had put in, and they may have ended it.
 *
 * @param id of the session
 * @param createdAt when the session began, to the millisecond
 * @param foreign whether the session was first resumed from a ticket without a note; see {@link EndedSessions}
 * @param fingerprint of the chain that this end showed, in case the session has been forgotten; see {@link ShownChains}
 */
record TicketNote(Bytes id, Instant createdAt, boolean foreign, Bytes fingerprint) {
    static final int FINGERPRINT_LENGTH = 32;

    // Tells a note from what another application has sealed into a ticket under shared Ticket Keys.
    private static final Bytes MAGIC = Bytes.copyOf("akushu jsse 3:".getBytes(StandardCharsets.US_ASCII));

    private static final int ID = MAGIC.length();
    private static final int CREATED_AT = ID + SessionRoot.ID_LENGTH;
    private static final int FOREIGN = CREATED_AT + Long.BYTES;
    private static final int FINGERPRINT = FOREIGN + 1;
    private static final int LENGTH = FINGERPRINT + FINGERPRINT_LENGTH;

    /** As it stands in the ticket, with the application's own data behind it. */
    Bytes encode(Bytes applicationData) {
        byte[] octets = new byte[LENGTH + applicationData.length()];
        MAGIC.copyTo(octets, 0);
        id.copyTo(octets, ID);
        ByteBuffer.wrap(octets).putLong(CREATED_AT, createdAt.toEpochMilli());
        octets[FOREIGN] = (byte) (foreign ? 1 : 0);
        fingerprint.copyTo(octets, FINGERPRINT);
        applicationData.copyTo(octets, LENGTH);
        return Bytes.wrap(octets);
    }

    /** The note in a ticket, or null if there is none: a server of the core may have made the ticket, with data of its own. */
    static @Nullable TicketNote decode(Bytes data) {
        if (!isIn(data)) {
            return null;
        }
        ByteBuffer octets = ByteBuffer.wrap(data.toArray());
        return new TicketNote(
                data.slice(ID, SessionRoot.ID_LENGTH),
                Instant.ofEpochMilli(octets.getLong(CREATED_AT)),
                octets.get(FOREIGN) != 0,
                data.slice(FINGERPRINT, FINGERPRINT_LENGTH));
    }

    /** What the application has put into the ticket. */
    static Bytes applicationData(Bytes data) {
        return isIn(data) ? data.slice(LENGTH, data.length() - LENGTH) : data;
    }

    /** The session as the application knows it, with its own data alone. */
    static TlsSession withoutNote(TlsSession session) {
        if (!isIn(session.ticketData())) {
            return session;
        }
        return new TlsSession(
                session.role(),
                session.suite(),
                session.group(),
                session.signatureScheme(),
                session.retried(),
                session.notResumed(),
                session.applicationProtocol(),
                session.serverName(),
                session.peerCertificates(),
                session.localCertificates(),
                session.externalPsk(),
                session.rawPublicKey(),
                session.authenticatedAt(),
                applicationData(session.ticketData()),
                session.earlyData());
    }

    private static boolean isIn(Bytes data) {
        return data.length() >= LENGTH && data.slice(0, ID).equals(MAGIC);
    }
}
