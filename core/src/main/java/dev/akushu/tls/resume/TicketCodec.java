package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.StoredTicket.Origin;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.WireReader;
import dev.akushu.tls.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of what the server's ticket and the client's saved ticket have in common. Strict: each value has one form,
 * so reading and writing again gives the same bytes.
 */
final class TicketCodec {
    // 255 characters at most, and a character takes up to 3 bytes of UTF-8 (or 4 for a pair of two).
    private static final int LONGEST_TEXT = 3 * 255;
    // No group and no scheme has this code.
    private static final int NO_GROUP = 0;
    private static final int NO_SCHEME = 0;
    private static final long NO_TIME = (1L << 48) - 1;

    private TicketCodec() {}

    static void writeOrigin(WireWriter out, Origin origin) {
        writeText(out, "server_name", origin.serverName());
        writeText(out, "application_protocol", origin.applicationProtocol());
        out.u16("group", origin.group() == null ? NO_GROUP : origin.group().code());
        out.u16(
                "signature_scheme",
                origin.scheme() == null ? NO_SCHEME : origin.scheme().code());
        out.list(
                "peer_certificates",
                3,
                origin.peerCertificates(),
                (list, certificate) -> list.vector24("certificate", certificate));
        out.vector16("peer_raw_key", origin.peerRawKey() == null ? Bytes.empty() : origin.peerRawKey());
        writeTime(out, "authenticated_at", origin.authenticatedAt());
        writeTime(out, "certificate_expiry", origin.certificateExpiry());
    }

    static Origin readOrigin(WireReader in) throws TlsException {
        String serverName = readText(in, "server_name");
        String applicationProtocol = readText(in, "application_protocol");
        int group = in.u16("group");
        int scheme = in.u16("signature_scheme");
        List<Bytes> peerCertificates =
                in.list("peer_certificates", 3, 0, 0xffffff, list -> list.vector24("certificate", 1, 0xffffff));
        Bytes peerRawKey = in.vector16("peer_raw_key", 0, 0xffff);
        Instant authenticatedAt = readTime(in, "authenticated_at");
        Instant certificateExpiry = readOptionalTime(in, "certificate_expiry");
        return new Origin(
                serverName,
                applicationProtocol,
                group == NO_GROUP ? null : NamedGroup.of(group),
                scheme == NO_SCHEME ? null : SignatureScheme.of(scheme),
                peerCertificates,
                peerRawKey.isEmpty() ? null : peerRawKey,
                authenticatedAt,
                certificateExpiry);
    }

    static void writeTime(WireWriter out, String field, @Nullable Instant time) {
        long milliseconds = time == null ? NO_TIME : time.toEpochMilli();
        out.u24(field, (int) (milliseconds >>> 24));
        out.u24(field, (int) (milliseconds & 0xffffff));
    }

    static Instant readTime(WireReader in, String field) throws TlsException {
        Instant time = readOptionalTime(in, field);
        if (time == null) {
            throw Problem.ILLEGAL_VALUE.with(field, "none", "must be a time");
        }
        return time;
    }

    private static @Nullable Instant readOptionalTime(WireReader in, String field) throws TlsException {
        long milliseconds = (long) in.u24(field) << 24 | in.u24(field);
        return milliseconds == NO_TIME ? null : Instant.ofEpochMilli(milliseconds);
    }

    static void writeText(WireWriter out, String field, @Nullable String text) {
        out.vector16(field, text == null ? Bytes.empty() : Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    static @Nullable String readText(WireReader in, String field) throws TlsException {
        Bytes octets = in.vector16(field, 0, LONGEST_TEXT);
        if (octets.isEmpty()) {
            return null;
        }
        String text = new String(octets.toArray(), StandardCharsets.UTF_8);
        if (!Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)).equals(octets)) {
            throw Problem.ILLEGAL_VALUE.with(field, octets, "must be text in UTF-8");
        }
        return text;
    }
}
