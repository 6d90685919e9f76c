package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.Problem;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.resume.TicketsInMemory.Entry;
import dev.akushu.tls.wire.WireReader;
import dev.akushu.tls.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of a file of tickets: a line that says what it is, then entry after entry. */
final class TicketFileCodec {
    private static final byte[] FIRST_LINE = "akushu tickets 3\n".getBytes(StandardCharsets.US_ASCII);

    private TicketFileCodec() {}

    /**
     * The whole file with the last of {@code entries}, as many as fit into {@code limit} bytes, in their order. Holds
     * secrets; the caller must wipe it.
     */
    static byte[] encode(List<Entry> entries, int limit) {
        Deque<byte[]> chosen = new ArrayDeque<>();
        int length = FIRST_LINE.length;
        for (Entry entry : entries.reversed()) {
            byte[] encoded = encode(entry);
            if (length + encoded.length > limit) {
                Arrays.fill(encoded, (byte) 0);
                break;
            }
            length += encoded.length;
            chosen.addFirst(encoded);
        }
        ByteBuffer file = ByteBuffer.allocate(length).put(FIRST_LINE);
        for (byte[] encoded : chosen) {
            file.put(encoded);
            Arrays.fill(encoded, (byte) 0);
        }
        return file.array();
    }

    /** Reads what {@link #encode(List, int)} wrote; throws on anything else. The array stays the caller's to wipe. */
    static List<Entry> decode(byte[] file) throws TlsException {
        if (file.length < FIRST_LINE.length
                || !Arrays.equals(file, 0, FIRST_LINE.length, FIRST_LINE, 0, FIRST_LINE.length)) {
            throw Problem.ILLEGAL_VALUE.with(
                    "first line", Bytes.copyOf(file, 0, Math.min(16, file.length)), "must be akushu tickets 3");
        }
        List<Entry> entries = new ArrayList<>();
        int offset = FIRST_LINE.length;
        while (offset < file.length) {
            offset = decodeEntry(file, offset, entries);
        }
        return entries;
    }

    /**
     * {@code opaque psk<1..255>; opaque rest<0..2^24-1>;}: the secret goes into no array but the result and those that
     * are wiped.
     */
    private static byte[] encode(Entry entry) {
        byte[] psk = entry.ticket().copyPsk();
        byte[] rest = encodeRest(entry.key(), entry.ticket());
        byte[] encoded = new byte[1 + psk.length + rest.length];
        encoded[0] = (byte) psk.length;
        System.arraycopy(psk, 0, encoded, 1, psk.length);
        System.arraycopy(rest, 0, encoded, 1 + psk.length, rest.length);
        Arrays.fill(psk, (byte) 0);
        return encoded;
    }

    private static byte[] encodeRest(TicketStore.Key key, StoredTicket ticket) {
        WireWriter out = new WireWriter();
        int rest = out.begin(3);
        TicketCodec.writeText(out, "host", key.host());
        out.u16("port", key.port());
        TicketCodec.writeText(out, "policy", key.policy());
        out.vector16("ticket", ticket.ticket());
        out.u16("suite", ticket.suite().code());
        TicketCodec.writeTime(out, "received_at", ticket.receivedAt());
        out.u32("lifetime", ticket.lifetime().toSeconds());
        out.u32("age_add", ticket.ageAdd());
        out.u32("max_early_data", ticket.maxEarlyDataBytes());
        out.u16("record_size_limit", ticket.recordSizeLimit());
        TicketCodec.writeOrigin(out, ticket.origin());
        out.end("rest", 3, rest);
        return out.finish();
    }

    /** Adds the entry at {@code offset} and returns where the next one begins. */
    private static int decodeEntry(byte[] file, int offset, List<Entry> entries) throws TlsException {
        WireReader head = WireReader.of(file, offset, file.length - offset);
        int pskLength = head.u8("psk");
        if (pskLength < 1 || pskLength > head.remaining()) {
            throw Problem.LENGTH_OUT_OF_RANGE.with("psk", pskLength, 1, head.remaining());
        }
        int restOffset = offset + 1 + pskLength;
        byte[] psk = Arrays.copyOfRange(file, offset + 1, restOffset);
        WireReader in = WireReader.of(file, restOffset, file.length - restOffset);
        try {
            entries.add(decodeRest(psk, in.sub("rest", 3, 0, 0xffffff)));
        } catch (IllegalArgumentException outOfRange) {
            throw Problem.ILLEGAL_VALUE.causedBy(
                    outOfRange,
                    "ticket",
                    String.valueOf(outOfRange.getMessage()),
                    "must be within the limits of a ticket");
        } finally {
            Arrays.fill(psk, (byte) 0);
        }
        return file.length - in.remaining();
    }

    private static Entry decodeRest(byte[] psk, WireReader in) throws TlsException {
        TicketStore.Key key = new TicketStore.Key(
                present("host", TicketCodec.readText(in, "host")),
                in.u16("port"),
                present("policy", TicketCodec.readText(in, "policy")));
        StoredTicket ticket = new StoredTicket(
                in.vector16("ticket", 1, 0xffff),
                psk,
                in.u16("suite", CipherSuite::of),
                TicketCodec.readTime(in, "received_at"),
                Duration.ofSeconds(in.u32("lifetime")),
                in.u32("age_add"),
                in.u32("max_early_data"),
                in.u16("record_size_limit"),
                TicketCodec.readOrigin(in));
        in.expectEnd("ticket");
        return new Entry(key, ticket);
    }

    private static String present(String field, @Nullable String text) throws TlsException {
        if (text == null) {
            throw Problem.LENGTH_OUT_OF_RANGE.with(field, 0, 1, 255);
        }
        return text;
    }
}
