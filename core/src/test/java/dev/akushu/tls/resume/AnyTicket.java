package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.StoredTicket.Origin;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.record.RecordLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Tickets of every kind, for properties, and plain ones for examples. */
public final class AnyTicket {
    /** When plain tickets are issued and received. */
    public static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private static final long UINT32_MAX = 0xffff_ffffL;

    private AnyTicket() {}

    /** A session without a client certificate, for example.org and h2. */
    public static Origin plainOrigin() {
        return origin("example.org", "h2", List.of(), NOW);
    }

    /** A session with these values and no more. */
    public static Origin origin(
            @Nullable String serverName,
            @Nullable String applicationProtocol,
            List<Bytes> certificates,
            Instant authenticatedAt) {
        return new Origin(
                serverName,
                applicationProtocol,
                NamedGroup.X25519,
                SignatureScheme.ED25519,
                certificates,
                null,
                authenticatedAt,
                null);
    }

    /** A state issued {@link #NOW} that lives for a day. */
    static TicketState plainState(Origin origin) {
        return new TicketState(
                filled(32, 0x5a),
                CipherSuite.TLS_AES_128_GCM_SHA256,
                NOW,
                Duration.ofDays(1),
                0x8000_0001L,
                0,
                origin,
                CertificateType.X509,
                Bytes.empty());
    }

    /** A ticket received {@link #NOW} that lives for a day; its bytes are {@code label}. */
    public static StoredTicket plainStored(String label) {
        return stored(label, Duration.ofDays(1), plainOrigin());
    }

    /** A ticket received {@link #NOW} with this lifetime; its bytes are {@code label}. */
    public static StoredTicket stored(String label, Duration lifetime, Origin origin) {
        return new StoredTicket(
                Bytes.ofAscii(label),
                filled(32, 0x5a),
                CipherSuite.TLS_AES_128_GCM_SHA256,
                NOW,
                lifetime,
                0x8000_0001L,
                0,
                RecordLimits.INNER_PLAINTEXT,
                origin);
    }

    /** {@code length} times {@code value}. */
    public static byte[] filled(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }

    static Arbitrary<TicketState> states() {
        return Combinators.combine(
                        bytes(1, 64), codes(), times(), lifetimes(), uint32(), uint32(), origins(), bytes(0, 1 << 14))
                .as((psk, suite, issuedAt, lifetime, ageAdd, earlyData, origin, applicationData) -> new TicketState(
                        psk,
                        CipherSuite.of(suite),
                        issuedAt,
                        lifetime,
                        ageAdd,
                        earlyData,
                        origin,
                        // Eight values are combined at most, so this one goes with another.
                        CertificateType.of(psk.length),
                        Bytes.wrap(applicationData)));
    }

    static Arbitrary<StoredTicket> storedTickets() {
        return Combinators.combine(
                        bytes(1, 2000), bytes(1, 255), codes(), times(), uint32(), uint32(), limits(), origins())
                .as((ticket, psk, suite, receivedAt, lifetime, ageAdd, limits, origin) -> new StoredTicket(
                        Bytes.wrap(ticket),
                        psk,
                        CipherSuite.of(suite),
                        receivedAt,
                        Duration.ofSeconds(lifetime),
                        ageAdd,
                        limits.get1(),
                        limits.get2(),
                        origin));
    }

    /** How much early data, and how much in a record. */
    private static Arbitrary<Tuple.Tuple2<Long, Integer>> limits() {
        return Combinators.combine(uint32(), Arbitraries.integers().between(64, RecordLimits.INNER_PLAINTEXT))
                .as(Tuple::of);
    }

    static Arbitrary<TicketStore.Key> keys() {
        return Combinators.combine(texts(), Arbitraries.integers().between(0, 0xffff), texts())
                .as(TicketStore.Key::new);
    }

    private static Arbitrary<Origin> origins() {
        return Combinators.combine(
                        texts().injectNull(0.2),
                        texts().injectNull(0.2),
                        codes().injectNull(0.2),
                        codes().injectNull(0.2),
                        bytes(1, 2048).map(Bytes::wrap).list().ofMaxSize(4),
                        bytes(1, 512).map(Bytes::wrap).injectNull(0.5),
                        times(),
                        times().injectNull(0.2))
                .as((serverName, protocol, group, scheme, certificates, key, authenticatedAt, expiry) -> new Origin(
                        serverName,
                        protocol,
                        group == null ? null : NamedGroup.of(group),
                        scheme == null ? null : SignatureScheme.of(scheme),
                        certificates,
                        key,
                        authenticatedAt,
                        expiry));
    }

    private static Arbitrary<String> texts() {
        // All of Unicode but the halves of a pair, which are no characters.
        return Arbitraries.strings()
                .all()
                .excludeChars('\ufffe', '\uffff')
                .ofMinLength(1)
                .ofMaxLength(255)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
                .map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> text.length() <= 255);
    }

    private static Arbitrary<Integer> codes() {
        return Arbitraries.integers().between(1, 0xffff);
    }

    private static Arbitrary<Long> uint32() {
        return Arbitraries.longs().between(0, UINT32_MAX);
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.longs().between(0, (1L << 48) - 2).map(Instant::ofEpochMilli);
    }

    private static Arbitrary<Duration> lifetimes() {
        return Arbitraries.longs()
                .between(0, StoredTicket.MAXIMUM_LIFETIME.toSeconds())
                .map(Duration::ofSeconds);
    }

    private static Arbitrary<byte[]> bytes(int minimum, int maximum) {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(minimum).ofMaxSize(maximum);
    }
}
