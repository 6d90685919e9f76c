package dev.akushu.bench.record;

import dev.akushu.bench.harness.Meter;
import dev.akushu.bench.stack.Shaker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Random;

/** Data of one size: many pieces are sealed, then all of these are opened, and so on. What comes out is compared with what went in. */
final class Batches {
    private static final byte APPLICATION_DATA = 23;
    private static final int HEADER = 5;

    /** Octets of a batch, which stays within a core's own cache. */
    private static final int BATCH = 1 << 18;

    private static final int MOST_COUNT = 512;

    /** The tag. */
    private static final int LEAST_EXPANSION = 16;

    /** The content's kind and the tag, and up to 16 octets of padding, which SunJSSE adds. */
    private static final int MOST_EXPANSION = 1 + 16 + 16;

    /** Engines ask for this room, whatever comes. */
    private static final int LONGEST_RECORD = 1 << 15;

    private final Lane.Source source;
    private final int size;
    private final int count;
    private final ByteBuffer plain;
    private final ByteBuffer wire;
    private final ByteBuffer opened;
    private long bytesToSeal;
    private long bytesToOpen;
    private double records;

    Batches(Lane.Source source, int size, boolean direct) {
        this.source = source;
        this.size = size;
        count = Math.min(MOST_COUNT, BATCH / size);
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        plain = Shaker.buffer(size, direct).put(octets);
        wire = Shaker.buffer(count * (2 * (HEADER + MOST_EXPANSION) + size) + LONGEST_RECORD, direct);
        opened = Shaker.buffer(LONGEST_RECORD, direct);
    }

    /** Nanoseconds a piece to seal and to open, over {@code seconds} of CPU. By keys of its own: one key may not seal as many records as a measurement could take. */
    double[] slice(double seconds) throws IOException, GeneralSecurityException {
        Lane lane = source.lane();
        long sealing = 0;
        long opening = 0;
        long done = 0;
        bytesToSeal = 0;
        bytesToOpen = 0;
        do {
            long bytes = Meter.allocated();
            long start = Meter.cpu();
            seal(lane);
            sealing += Meter.cpu() - start;
            bytesToSeal += Meter.allocated() - bytes;
            requireRecords();
            bytes = Meter.allocated();
            start = Meter.cpu();
            open(lane);
            opening += Meter.cpu() - start;
            bytesToOpen += Meter.allocated() - bytes;
            require(opened.flip().equals(plain.rewind()), "the data has changed");
            done += count;
        } while (sealing + opening < seconds * 1e9);
        bytesToSeal /= done;
        bytesToOpen /= done;
        return new double[] {(double) sealing / done, (double) opening / done};
    }

    /** Bytes in the heap a piece, in the last slice. */
    long bytesToSeal() {
        return bytesToSeal;
    }

    /** Bytes in the heap a piece, in the last slice. */
    long bytesToOpen() {
        return bytesToOpen;
    }

    private void seal(Lane lane) throws IOException {
        wire.clear();
        for (int i = 0; i < count; i++) {
            lane.seal(plain.rewind(), wire);
        }
        wire.flip();
    }

    private void open(Lane lane) throws IOException {
        for (int i = 0; i < count; i++) {
            opened.clear();
            while (opened.position() < size) {
                lane.open(wire, opened);
            }
        }
        require(!wire.hasRemaining(), "something was left");
    }

    /** What was sent must be protected records with all of the data, and nothing else. */
    private void requireRecords() {
        int found = 0;
        int at = 0;
        while (at < wire.limit()) {
            require(wire.get(at) == APPLICATION_DATA, "a record is of type " + wire.get(at));
            at += HEADER + Short.toUnsignedInt(wire.getShort(at + 3));
            found++;
        }
        records = (double) found / count;
        int least = count * (HEADER + size + LEAST_EXPANSION);
        int most = count * size + found * (HEADER + MOST_EXPANSION);
        require(at == wire.limit() && at >= least && at <= most, found + " records with " + at + " octets in all");
    }

    /** Records that one piece of data has become; SunJSSE splits the longest. */
    double records() {
        return records;
    }

    /** A record with one bit changed must be refused, or what was measured is no protection. Some engines say so at the next call. */
    void requireAuthenticity() throws IOException, GeneralSecurityException {
        Lane lane = source.lane();
        seal(lane);
        int at = HEADER + size / 2;
        wire.put(at, (byte) (wire.get(at) ^ 1));
        try {
            lane.open(wire, opened.clear());
        } catch (IOException refused) {
            return;
        }
        require(opened.position() == 0, "a changed one was taken");
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(
                    "These are not the records to measure, of " + size + " octets: " + otherwise);
        }
    }
}
