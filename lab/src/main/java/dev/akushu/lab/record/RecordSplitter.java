package dev.akushu.lab.record;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Role;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Splits what passes in one direction into records, however it comes, and has them recorded. For one thread at a time. */
final class RecordSplitter {
    private static final int HEADER = 5;

    private final Role sender;
    private final Recording recording;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int number;

    RecordSplitter(Role sender, Recording recording) {
        this.sender = sender;
        this.recording = recording;
    }

    void take(byte[] source, int offset, int length) {
        pending.write(source, offset, length);
        byte[] bytes = pending.toByteArray();
        int done = 0;
        for (int whole = length(bytes, done); whole > 0; whole = length(bytes, done)) {
            Bytes record = Bytes.copyOf(bytes, done, whole);
            recording.passed(new WireRecord(sender, number++, recording.now(), record, record));
            done += whole;
        }
        if (done > 0) {
            pending.reset();
            pending.write(bytes, done, bytes.length - done);
        }
    }

    /** The length of the record at {@code from} if it is whole; otherwise 0. What does not begin like one is taken as it comes. */
    private static int length(byte[] bytes, int from) {
        int left = bytes.length - from;
        if (left < HEADER) {
            return 0;
        }
        byte[] header = Arrays.copyOfRange(bytes, from, from + HEADER);
        if (!looksLikeARecord(header)) {
            return left;
        }
        int whole = HEADER + ((header[3] & 0xff) << 8 | header[4] & 0xff);
        return whole <= left ? whole : 0;
    }

    /** A content type that is known and a version 3.x, as every record of every TLS has. */
    private static boolean looksLikeARecord(byte[] header) {
        return header[0] >= 20 && header[0] <= 24 && header[1] == 3;
    }
}
