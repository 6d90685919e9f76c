package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.WireReader;
import dev.akushu.tls.wire.WireWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * All that a server needs to know of a first ClientHello when the second comes, so that it can forget the first. RFC 9846 section
 * 4.3.2.
 *
 * @param issuedAt when, to the millisecond
 * @param suite that the retry named
 * @param group that the retry asked for, or null if the client's share was good
 * @param earlyData whether the client had announced early data, which the retry refused
 * @param helloHash the hash of the first ClientHello, for the transcript
 * @param unchanging the hash of what must be the same in the second
 */
public record RetryCookie(
        Instant issuedAt,
        CipherSuite suite,
        @Nullable NamedGroup group,
        boolean earlyData,
        Bytes helloHash,
        Bytes unchanging) {
    private static final int NO_GROUP = 0;

    /** Cuts {@code issuedAt} to the millisecond. */
    public RetryCookie {
        issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    byte[] encode() {
        WireWriter out = new WireWriter();
        TicketCodec.writeTime(out, "issued_at", issuedAt);
        out.u16("suite", suite.code());
        out.u16("group", group == null ? NO_GROUP : group.code());
        out.u8("early_data", earlyData ? 1 : 0);
        out.vector8("hello_hash", helloHash);
        out.vector8("unchanging", unchanging);
        return out.finish();
    }

    static RetryCookie decode(byte[] encoded) throws TlsException {
        WireReader in = WireReader.of(encoded, 0, encoded.length);
        Instant issuedAt = TicketCodec.readTime(in, "issued_at");
        CipherSuite suite = in.u16("suite", CipherSuite::of);
        int group = in.u16("group");
        boolean earlyData = in.u8("early_data") == 1;
        RetryCookie cookie = new RetryCookie(
                issuedAt,
                suite,
                group == NO_GROUP ? null : NamedGroup.of(group),
                earlyData,
                in.vector8("hello_hash", 1, 0xff),
                in.vector8("unchanging", 1, 0xff));
        in.expectEnd("cookie");
        return cookie;
    }
}
