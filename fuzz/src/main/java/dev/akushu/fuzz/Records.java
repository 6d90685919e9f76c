package dev.akushu.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records out of a fuzzer's octets and back. Each takes an octet that says how it goes over the wire, two for its
 * length, and its content; so that a fuzzer which moves octets does not break the framing of all that follows.
 */
final class Records {
    /** Set for a record that goes under {@link AnyCrypto}, whose type is told by the lower bits. */
    static final int PROTECTED = 0x80;

    private static final int TYPES = 0x1f;
    private static final int TAG = 16;
    private static final int HEADER = 5;

    private Records() {}

    /** The records that {@code script} tells, each ready for the wire; the last may have less content than it says. */
    static List<byte[]> of(byte[] script, int from) {
        List<byte[]> records = new ArrayList<>();
        int at = from;
        while (at + 3 <= script.length) {
            int kind = script[at] & 0xff;
            int said = (script[at + 1] & 0xff) << 8 | script[at + 2] & 0xff;
            int end = Math.min(script.length, at + 3 + said);
            records.add(record(kind, Arrays.copyOfRange(script, at + 3, end)));
            at = end;
        }
        return records;
    }

    private static byte[] record(int kind, byte[] content) {
        boolean isProtected = (kind & PROTECTED) != 0;
        int length = content.length + (isProtected ? 1 + TAG : 0);
        byte[] record = new byte[HEADER + length];
        record[0] = (byte) (isProtected ? 23 : kind & TYPES);
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (length >> 8);
        record[4] = (byte) length;
        System.arraycopy(content, 0, record, HEADER, content.length);
        if (isProtected) {
            record[HEADER + content.length] = (byte) (kind & TYPES);
        }
        return record;
    }

    /** The script of what went over the wire. */
    static byte[] script(byte[] wire) {
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        int at = 0;
        while (at < wire.length) {
            int length = (wire[at + 3] & 0xff) << 8 | wire[at + 4] & 0xff;
            int kind = wire[at];
            int content = length;
            if (kind == 23) {
                content = length - TAG - 1;
                kind = PROTECTED | wire[at + HEADER + content];
            }
            script.write(kind);
            script.write(content >> 8);
            script.write(content);
            script.write(wire, at + HEADER, content);
            at += HEADER + length;
        }
        return script.toByteArray();
    }
}
