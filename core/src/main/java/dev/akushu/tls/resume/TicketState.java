package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.Problem;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.StoredTicket.Origin;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.WireReader;
import dev.akushu.tls.wire.WireWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server would have to remember of a session and gives to the client instead, sealed in a ticket. RFC 9846
 * section 4.7.1. Holds the pre-shared key: whoever made or opened it wipes it.
 */
public final class TicketState {
    /**
     * How many bytes the certificates of a client may take in its ticket, which the client has to send back in every
     * ClientHello.
     */
    public static final int MAXIMUM_CHAIN_BYTES = 8 * 1024;

    /** How many bytes the application may put into a ticket. */
    public static final int MAXIMUM_APPLICATION_DATA_BYTES = 1 << 14;

    private static final int FORMAT_VERSION = 2;
    private static final int LONGEST_PSK = 64;
    private static final int PSK_OFFSET = 2;
    private static final long UINT32_MAX = 0xffff_ffffL;

    private final HeldSecret psk;
    private final CipherSuite suite;
    private final Instant issuedAt;
    private final Duration lifetime;
    private final long ageAdd;
    private final long maxEarlyDataBytes;
    private final Origin origin;
    private final CertificateType ownType;
    private final Bytes applicationData;

    /**
     * The state of a session at the time a ticket is issued for it.
     *
     * @param psk the pre-shared key, 1 to 64 bytes; copied, and the array stays the caller's to wipe
     * @param suite of the connection that the ticket is issued on
     * @param issuedAt when; kept to the millisecond
     * @param lifetime in whole seconds, seven days at most
     * @param ageAdd the ticket_age_add that goes to the client with the ticket
     * @param maxEarlyDataBytes how much early data the client may send, 0 for none
     * @param origin the session; its certificates as {@link #chainToSeal} gives them
     * @param ownType of what the server showed: certificates, or a public key alone
     * @param applicationData the application's own, {@link #MAXIMUM_APPLICATION_DATA_BYTES} at most
     */
    public TicketState(
            byte[] psk,
            CipherSuite suite,
            Instant issuedAt,
            Duration lifetime,
            long ageAdd,
            long maxEarlyDataBytes,
            Origin origin,
            CertificateType ownType,
            Bytes applicationData) {
        requireRange("psk length", psk.length, 1, LONGEST_PSK);
        // RFC 9846 4.7.1: servers MUST NOT use any value greater than 604800 seconds.
        requireRange("lifetime", lifetime.toSeconds(), 0, StoredTicket.MAXIMUM_LIFETIME.toSeconds());
        requireRange("ageAdd", ageAdd, 0, UINT32_MAX);
        requireRange("maxEarlyDataBytes", maxEarlyDataBytes, 0, UINT32_MAX);
        requireRange("certificates", length(origin.peerCertificates()), 0, MAXIMUM_CHAIN_BYTES);
        requireRange("applicationData", applicationData.length(), 0, MAXIMUM_APPLICATION_DATA_BYTES);
        this.psk = HeldSecret.copyOf(psk);
        this.suite = suite;
        this.issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
        this.lifetime = lifetime.truncatedTo(ChronoUnit.SECONDS);
        this.ageAdd = ageAdd;
        this.maxEarlyDataBytes = maxEarlyDataBytes;
        this.origin = origin;
        this.ownType = ownType;
        this.applicationData = applicationData;
    }

    /**
     * How much of a client's chain goes into its ticket: all of it, or its own certificate alone if all together are
     * longer than {@link #MAXIMUM_CHAIN_BYTES}, or null if even that one is: then no ticket can be issued, because a
     * resumption would not know the client.
     */
    public static @Nullable List<Bytes> chainToSeal(List<Bytes> chain) {
        if (length(chain) <= MAXIMUM_CHAIN_BYTES) {
            return List.copyOf(chain);
        }
        Bytes own = chain.getFirst();
        return own.length() <= MAXIMUM_CHAIN_BYTES ? List.of(own) : null;
    }

    /**
     * A copy of the pre-shared key, which the caller must wipe. Asking after {@link #wipe} is a fault of the caller.
     */
    public byte[] copyPsk() {
        return psk.copy();
    }

    /** Length of the pre-shared key in bytes. */
    public int pskLength() {
        return psk.length();
    }

    /** The suite of the connection that the ticket was issued on. */
    public CipherSuite suite() {
        return suite;
    }

    /** When the ticket was issued, to the millisecond. */
    public Instant issuedAt() {
        return issuedAt;
    }

    /** How long it may be used. */
    public Duration lifetime() {
        return lifetime;
    }

    /** The ticket_age_add that went to the client. */
    public long ageAdd() {
        return ageAdd;
    }

    /** How many bytes of early data the client may send, 0 for none. */
    public long maxEarlyDataBytes() {
        return maxEarlyDataBytes;
    }

    /** The session. */
    public Origin origin() {
        return origin;
    }

    /** What the server showed: certificates, or a public key alone. RFC 7250. */
    public CertificateType ownType() {
        return ownType;
    }

    /** What the application put in. */
    public Bytes applicationData() {
        return applicationData;
    }

    /** How long ago the ticket was issued; negative if that is ahead of {@code now}. */
    public Duration age(Instant now) {
        return Duration.between(issuedAt, now);
    }

    /**
     * How old the client says that the ticket is: its obfuscated_ticket_age less ticket_age_add, modulo 2^32. RFC 9846
     * section 4.3.11.1.
     */
    public Duration statedAge(long obfuscatedAge) {
        return Duration.ofMillis(obfuscatedAge - ageAdd & UINT32_MAX);
    }

    /** Overwrites the pre-shared key; doing it again changes nothing. */
    public void wipe() {
        psk.wipe();
    }

    /**
     * One line a thing inside, as {@code name=value} and without the secret, for people who want to see what a ticket
     * holds.
     */
    public List<String> contents() {
        return List.of(
                "psk=" + psk.length() + " bytes",
                "suite=" + suite,
                "issuedAt=" + issuedAt,
                "lifetime=" + lifetime.toSeconds() + " s",
                "ageAdd=" + ageAdd,
                "maxEarlyDataBytes=" + maxEarlyDataBytes,
                "serverName=" + orDash(origin.serverName()),
                "applicationProtocol=" + orDash(origin.applicationProtocol()),
                "group=" + orDash(origin.group()),
                "signatureScheme=" + orDash(origin.scheme()),
                "clientCertificates=" + origin.peerCertificates().size(),
                "clientRawKey="
                        + (origin.peerRawKey() == null
                                ? "-"
                                : origin.peerRawKey().length() + " bytes"),
                "serverCertificateType=" + ownType,
                "authenticatedAt=" + origin.authenticatedAt(),
                "certificateExpiry=" + orDash(origin.certificateExpiry()),
                "applicationData=" + applicationData.length() + " bytes");
    }

    @Override
    public String toString() {
        return "TicketState" + contents();
    }

    /** The binary form, pre-shared key included; the caller must wipe it. */
    byte[] encode() {
        byte[] rest = encodeRest();
        byte[] secret = psk.copy();
        // The secret goes into this array alone: a WireWriter grows by copying and leaves the copies behind.
        byte[] encoded = new byte[PSK_OFFSET + secret.length + rest.length];
        encoded[0] = FORMAT_VERSION;
        encoded[1] = (byte) secret.length;
        System.arraycopy(secret, 0, encoded, PSK_OFFSET, secret.length);
        System.arraycopy(rest, 0, encoded, PSK_OFFSET + secret.length, rest.length);
        Arrays.fill(secret, (byte) 0);
        return encoded;
    }

    private byte[] encodeRest() {
        WireWriter out = new WireWriter();
        out.u16("suite", suite.code());
        TicketCodec.writeTime(out, "issued_at", issuedAt);
        out.u32("lifetime", lifetime.toSeconds());
        out.u32("age_add", ageAdd);
        out.u32("max_early_data", maxEarlyDataBytes);
        TicketCodec.writeOrigin(out, origin);
        out.u8("own_type", ownType.code());
        out.vector16("application_data", applicationData);
        return out.finish();
    }

    /**
     * Reads what {@link #encode} wrote, from the first {@code length} bytes of the array, which stays the caller's to
     * wipe; throws on anything else.
     */
    static TicketState decode(byte[] encoded, int length) throws TlsException {
        WireReader head = WireReader.of(encoded, 0, length);
        int version = head.u8("version");
        if (version != FORMAT_VERSION) {
            throw Problem.ILLEGAL_VALUE.with("version", version, "must be " + FORMAT_VERSION);
        }
        int pskLength = head.u8("psk");
        if (pskLength < 1 || pskLength > LONGEST_PSK || pskLength > head.remaining()) {
            throw Problem.LENGTH_OUT_OF_RANGE.with("psk", pskLength, 1, Math.min(LONGEST_PSK, head.remaining()));
        }
        int restOffset = PSK_OFFSET + pskLength;
        byte[] psk = Arrays.copyOfRange(encoded, PSK_OFFSET, restOffset);
        try {
            return decodeRest(psk, WireReader.of(encoded, restOffset, length - restOffset));
        } catch (IllegalArgumentException outOfRange) {
            throw Problem.ILLEGAL_VALUE.causedBy(
                    outOfRange,
                    "ticket",
                    String.valueOf(outOfRange.getMessage()),
                    "must be within the limits of a ticket");
        } finally {
            Arrays.fill(psk, (byte) 0);
        }
    }

    private static TicketState decodeRest(byte[] psk, WireReader in) throws TlsException {
        TicketState state = new TicketState(
                psk,
                in.u16("suite", CipherSuite::of),
                TicketCodec.readTime(in, "issued_at"),
                Duration.ofSeconds(in.u32("lifetime")),
                in.u32("age_add"),
                in.u32("max_early_data"),
                TicketCodec.readOrigin(in),
                in.u8("own_type", CertificateType::of),
                in.vector16("application_data", 0, MAXIMUM_APPLICATION_DATA_BYTES));
        in.expectEnd("ticket");
        return state;
    }

    private static long length(List<Bytes> chain) {
        long length = 0;
        for (Bytes certificate : chain) {
            length += certificate.length();
        }
        return length;
    }

    private static void requireRange(String name, long value, long minimum, long maximum) {
        if (value < minimum || value > maximum) {
            throw new IllegalArgumentException(name + " is " + value + ", not from " + minimum + " to " + maximum);
        }
    }

    private static String orDash(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
