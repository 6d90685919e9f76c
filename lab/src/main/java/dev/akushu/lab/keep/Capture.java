package dev.akushu.lab.keep;

import dev.akushu.lab.record.Recording;
import dev.akushu.lab.record.WireRecord;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.Role;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A run as a pcapng file with the secrets to decrypt it. The TLS records are as they reached the other end; TCP and IP around
 * them are made up, each connection on the standard port, so that every tool knows it for TLS.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">PCAP Next Generation file format</a>
 */
public final class Capture {
    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int DECRYPTION_SECRETS = 10;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int LINK_TYPE_RAW_IP = 101;
    /** "TLSK": lines of a key log, RFC 9850. */
    private static final int TLS_KEY_LOG = 0x544c534b;

    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_TIMESTAMP_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;
    private static final long NANOS_IN_SECOND = 1_000_000_000L;
    private static final String COMMENT = "TLS records as they arrived; the TCP and IP around them are made up.";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Capture() {}

    /** The whole file. It holds secrets: who has it can read these connections. */
    public static byte[] of(List<Recording> recordings) {
        Capture capture = new Capture();
        capture.sectionHeader();
        capture.interfaceDescription();
        for (Recording recording : recordings) {
            capture.secrets(recording.secrets());
        }
        for (Recording recording : recordings) {
            capture.connection(recording);
        }
        return capture.out.toByteArray();
    }

    private void connection(Recording recording) {
        TcpTalk talk = new TcpTalk(recording.number());
        Instant at = recording.beganAt();
        for (byte[] packet : talk.open()) {
            packet(at, packet);
        }
        for (WireRecord record : recording.records()) {
            Bytes arrived = record.altered();
            if (!arrived.isEmpty()) {
                at = recording.beganAt().plusNanos(record.nanos());
                packet(at, talk.segment(record.sender(), arrived.toArray()));
            }
        }
        for (Role role : Role.values()) {
            packet(at, talk.end(role));
        }
    }

    private void sectionHeader() {
        ByteBuffer body = buffer(16 + optionLength(COMMENT.length()) + 4);
        body.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        option(body, OPTION_COMMENT, COMMENT.getBytes(StandardCharsets.US_ASCII));
        body.putInt(0);
        block(SECTION_HEADER, body);
    }

    private void interfaceDescription() {
        ByteBuffer body = buffer(8 + optionLength(1) + 4);
        body.putShort((short) LINK_TYPE_RAW_IP).putShort((short) 0).putInt(0);
        option(body, OPTION_TIMESTAMP_RESOLUTION, new byte[] {NANOSECONDS});
        body.putInt(0);
        block(INTERFACE_DESCRIPTION, body);
    }

    private void secrets(List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        byte[] log = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer body = buffer(8 + padded(log.length));
        body.putInt(TLS_KEY_LOG).putInt(log.length).put(log);
        block(DECRYPTION_SECRETS, body);
    }

    private void packet(Instant at, byte[] packet) {
        long nanos = at.getEpochSecond() * NANOS_IN_SECOND + at.getNano();
        ByteBuffer body = buffer(20 + padded(packet.length));
        body.putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos);
        body.putInt(packet.length).putInt(packet.length).put(packet);
        block(ENHANCED_PACKET, body);
    }

    private static void option(ByteBuffer body, int code, byte[] value) {
        body.putShort((short) code).putShort((short) value.length).put(value);
        body.position(body.position() + padded(value.length) - value.length);
    }

    private static int optionLength(int length) {
        return 4 + padded(length);
    }

    /** Type and length before the body, the length once more behind it. */
    private void block(int type, ByteBuffer body) {
        int length = 12 + body.capacity();
        ByteBuffer block = buffer(length).putInt(type).putInt(length);
        block.put(body.rewind().limit(body.capacity())).putInt(length);
        byte[] bytes = new byte[length];
        block.get(0, bytes);
        out.writeBytes(bytes);
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Everything in the file begins at a multiple of four. */
    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }
}
