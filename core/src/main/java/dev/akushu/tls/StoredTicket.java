package dev.akushu.tls;

import dev.akushu.tls.identity.Sha256;
import dev.akushu.tls.record.RecordLimits;
import dev.akushu.tls.resume.HeldSecret;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client keeps of a session to resume it: the ticket, sealed as the server sent it, and what belongs to it. RFC
 * 9846 section 4.7.1. The pre-shared key in it is a secret; whoever holds this object last wipes it.
 */
public final class StoredTicket {
    /** No ticket is used for longer, whatever its server says. RFC 9846 section 4.7.1. */
    public static final Duration MAXIMUM_LIFETIME = Duration.ofDays(7);

    /**
     * How long after a full handshake sessions may be resumed, ticket after ticket. RFC 9846 section 4.7.1 recommends a
     * limit and leaves its value to us: that of one ticket.
     */
    public static final Duration MAXIMUM_AUTHENTICATION_AGE = Duration.ofDays(7);

    // A clock is set back by seconds all the time; by more, and the ticket's age cannot be told any more.
    private static final Duration CLOCK_SET_BACK = Duration.ofMinutes(1);
    private static final long UINT32_MAX = 0xffff_ffffL;

    private final Bytes ticket;
    private final HeldSecret psk;
    private final CipherSuite suite;
    private final Instant receivedAt;
    private final Duration lifetime;
    private final long ageAdd;
    private final long maxEarlyDataBytes;
    private final int recordSizeLimit;
    private final Origin origin;

    /**
     * A ticket that was just received.
     *
     * @param ticket the ticket as it came, 1 to 65,535 bytes
     * @param psk the pre-shared key, 1 to 255 bytes; copied, and the array stays the caller's to wipe
     * @param suite of the connection that brought the ticket: only a suite with the same hash can resume it
     * @param receivedAt when it came; kept to the millisecond
     * @param lifetime as the server said, in whole seconds from 0 to 2^32 - 1; 0 makes it unusable
     * @param ageAdd the server's ticket_age_add, an unsigned number of 32 bits
     * @param maxEarlyDataBytes how much early data the server allows, an unsigned number of 32 bits; 0 for none
     * @param recordSizeLimit what the server took in a record, 64 to 16,385 bytes (RFC 8449): early data is sent before the server says it again
     * @param origin the session it resumes
     */
    public StoredTicket(
            Bytes ticket,
            byte[] psk,
            CipherSuite suite,
            Instant receivedAt,
            Duration lifetime,
            long ageAdd,
            long maxEarlyDataBytes,
            int recordSizeLimit,
            Origin origin) {
        if (ticket.isEmpty() || ticket.length() > 0xffff) {
            throw new IllegalArgumentException("A ticket has 1 to 65,535 bytes, not " + ticket.length());
        }
        if (psk.length == 0 || psk.length > 255) {
            throw new IllegalArgumentException("A pre-shared key has 1 to 255 bytes, not " + psk.length);
        }
        this.ticket = ticket;
        this.psk = HeldSecret.copyOf(psk);
        this.suite = suite;
        this.receivedAt = Origin.toMilliseconds("receivedAt", receivedAt);
        this.lifetime = Duration.ofSeconds(unsigned32("lifetime", lifetime.toSeconds()));
        this.ageAdd = unsigned32("ageAdd", ageAdd);
        this.maxEarlyDataBytes = unsigned32("maxEarlyDataBytes", maxEarlyDataBytes);
        this.recordSizeLimit = RecordLimits.checkedRecordSizeLimit(recordSizeLimit);
        this.origin = origin;
    }

    /** The ticket as the server sent it. */
    public Bytes ticket() {
        return ticket;
    }

    /** Names it in 32 bytes, for who need not keep the ticket itself, which may have 65,535: its SHA-256. Made when asked for. */
    public Bytes id() {
        MessageDigest digest = Sha256.fresh();
        Sha256.add(digest, ticket);
        return Bytes.wrap(digest.digest());
    }

    /**
     * A copy of the pre-shared key, which the caller must wipe. Asking after {@link #wipe} is a fault of the caller.
     */
    public byte[] copyPsk() {
        return psk.copy();
    }

    /** The suite of the connection that brought the ticket. */
    public CipherSuite suite() {
        return suite;
    }

    /** When it was received, to the millisecond. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** How long it may be used, as the server said. */
    public Duration lifetime() {
        return lifetime;
    }

    /** The server's ticket_age_add. */
    public long ageAdd() {
        return ageAdd;
    }

    /** How many bytes of early data the server allows, 0 for none. */
    public long maxEarlyDataBytes() {
        return maxEarlyDataBytes;
    }

    /** What the server took in a record, in bytes: content, type and padding together. */
    public int recordSizeLimit() {
        return recordSizeLimit;
    }

    /** The session it resumes. */
    public Origin origin() {
        return origin;
    }

    /** How long ago it was received; zero if the clock has been set back to before that. */
    public Duration age(Instant now) {
        Duration age = Duration.between(receivedAt, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /**
     * Whether it may be offered at {@code now}: it is not older than its lifetime and seven days, the certificate of
     * its server is still valid, and the full handshake behind it is not too long ago.
     */
    public boolean isUsable(Instant now) {
        // RFC 9846 4.7.1: a lifetime of zero says that the ticket should be discarded immediately.
        if (lifetime.isZero() || now.isBefore(receivedAt.minus(CLOCK_SET_BACK))) {
            return false;
        }
        Duration limit = lifetime.compareTo(MAXIMUM_LIFETIME) < 0 ? lifetime : MAXIMUM_LIFETIME;
        return age(now).compareTo(limit) <= 0 && origin.isAuthenticated(now, MAXIMUM_AUTHENTICATION_AGE);
    }

    /**
     * The obfuscated_ticket_age to send: the age in milliseconds plus ticket_age_add, modulo 2^32. RFC 9846 section
     * 4.3.11.1.
     */
    public long obfuscatedAge(Instant now) {
        return age(now).toMillis() + ageAdd & UINT32_MAX;
    }

    /** Overwrites the pre-shared key; doing it again changes nothing. */
    public void wipe() {
        psk.wipe();
    }

    /** What it is for and how long; never the pre-shared key. */
    @Override
    public String toString() {
        return "StoredTicket[" + ticket.length() + " bytes, " + suite + ", received " + receivedAt + ", lifetime "
                + lifetime + "]";
    }

    private static long unsigned32(String name, long value) {
        if (value < 0 || value > UINT32_MAX) {
            throw new IllegalArgumentException(name + " is no unsigned number of 32 bits: " + value);
        }
        return value;
    }

    /**
     * The session that a ticket resumes: what a resumption takes over from it, because it makes no proof of its own.
     * The server's ticket holds one too, about its client.
     *
     * @param serverName the name that the client asked for, or null if it asked for none; 1 to 255 characters
     * @param applicationProtocol the protocol that the two agreed on, or null; 1 to 255 characters
     * @param group of the key exchange, or null if there was none
     * @param scheme of the CertificateVerify with which the server proved its key; null if a pre-shared key stood in
     *     its place
     * @param peerCertificates of the other end in DER, its own first; empty if it showed none
     * @param peerRawKey the public key in DER that the other end showed alone (RFC 7250), or null
     * @param authenticatedAt when the full handshake was, however many resumptions ago; kept to the millisecond
     * @param certificateExpiry when the first of the peer's certificates expires, to the millisecond; null if there is
     *     none or it does not matter; years before 1970 and after 10,000 are moved to the edge
     */
    public record Origin(
            @Nullable String serverName,
            @Nullable String applicationProtocol,
            @Nullable NamedGroup group,
            @Nullable SignatureScheme scheme,
            List<Bytes> peerCertificates,
            @Nullable Bytes peerRawKey,
            Instant authenticatedAt,
            @Nullable Instant certificateExpiry) {
        // Milliseconds are kept in 48 bits, and all ones stand for none.
        private static final Instant END_OF_TIME = Instant.ofEpochMilli((1L << 48) - 1);

        /** Copies the list and checks the values. */
        public Origin {
            requireText("serverName", serverName);
            requireText("applicationProtocol", applicationProtocol);
            peerCertificates = List.copyOf(peerCertificates);
            for (Bytes certificate : peerCertificates) {
                if (certificate.isEmpty()) {
                    throw new IllegalArgumentException("A certificate is empty");
                }
            }
            if (peerRawKey != null && (peerRawKey.isEmpty() || peerRawKey.length() > 0xffff)) {
                throw new IllegalArgumentException(
                        "A raw public key has 1 to 65,535 bytes, not " + peerRawKey.length());
            }
            authenticatedAt = toMilliseconds("authenticatedAt", authenticatedAt);
            certificateExpiry =
                    certificateExpiry == null ? null : toMilliseconds("certificateExpiry", clamp(certificateExpiry));
        }

        /**
         * Whether the proof behind it still counts at {@code now}: at most {@code maximumAge} old, by a certificate
         * that is still valid.
         */
        public boolean isAuthenticated(Instant now, Duration maximumAge) {
            return !now.isAfter(authenticatedAt.plus(maximumAge))
                    && (certificateExpiry == null || !now.isAfter(certificateExpiry));
        }

        // A certificate may say any year, and one that nobody checked says what its author liked: no reason to fail.
        private static Instant clamp(Instant expiry) {
            Instant latest = END_OF_TIME.minusMillis(1);
            return expiry.isBefore(Instant.EPOCH) ? Instant.EPOCH : expiry.isAfter(latest) ? latest : expiry;
        }

        private static Instant toMilliseconds(String name, Instant time) {
            if (time.isBefore(Instant.EPOCH) || !time.isBefore(END_OF_TIME)) {
                throw new IllegalArgumentException(name + " is out of range: " + time);
            }
            return time.truncatedTo(ChronoUnit.MILLIS);
        }

        static void requireText(String name, @Nullable String text) {
            if (text == null) {
                return;
            }
            if (text.isEmpty() || text.length() > 255 || !hasUtf8(text)) {
                throw new IllegalArgumentException(name + " is not of 1 to 255 characters: " + text);
            }
        }

        /** Half a surrogate pair has no octets. */
        private static boolean hasUtf8(String text) {
            for (int i = 0; i < text.length(); i++) {
                char character = text.charAt(i);
                if (Character.isHighSurrogate(character)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else if (Character.isSurrogate(character)) {
                    return false;
                }
            }
            return true;
        }
    }
}
