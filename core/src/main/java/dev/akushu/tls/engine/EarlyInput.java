package dev.akushu.tls.engine;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.schedule.ExporterSecret;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where early data goes at the server, apart from all other data, until the application fetches it. It takes two proofs to make one, and without one no early data is taken. One thread at a
 * time.
 */
public final class EarlyInput {
    private static final byte[] EMPTY = new byte[0];

    private final long limit;
    private final ExporterSecret exporter;
    private byte[] data = EMPTY;
    private int start;
    private int end;
    private long received;

    /**
     * An input that waits for data.
     *
     * @param binder proof that the client holds the ticket's key
     * @param firstSight proof that the ClientHello is no copy
     * @param limit how many bytes the client may send: max_early_data_size of its ticket
     * @param exporter for keying material of the application
     */
    public EarlyInput(BinderVerified binder, FirstSight firstSight, long limit, ExporterSecret exporter) {
        this.limit = limit;
        this.exporter = exporter;
    }

    /** How many bytes came in all. */
    public long received() {
        return received;
    }

    ExporterSecret exporter() {
        return exporter;
    }

    /** RFC 9846 4.7.1: only the payload counts, and more than max_early_data_size SHOULD end the connection. */
    void add(byte[] source, int offset, int length) throws TlsException {
        if (length > limit - received) {
            throw Problem.EARLY_DATA_TOO_LONG.with(limit);
        }
        if (end + length > data.length) {
            makeRoom(length);
        }
        System.arraycopy(source, offset, data, end, length);
        end += length;
        received += length;
    }

    int available() {
        return end - start;
    }

    /** Moves as much as there is room for, and returns how much that is. */
    int read(ByteBuffer target) {
        int count = Math.min(available(), target.remaining());
        target.put(data, start, count);
        Arrays.fill(data, start, start + count, (byte) 0);
        start += count;
        if (start == end) {
            data = EMPTY;
            start = 0;
            end = 0;
        }
        return count;
    }

    /** Overwrites what nobody has read, because the connection has failed. */
    void wipe() {
        Arrays.fill(data, (byte) 0);
        data = EMPTY;
        start = 0;
        end = 0;
    }

    private void makeRoom(int more) {
        int kept = available();
        byte[] larger = new byte[Math.max(kept + more, 2 * kept)];
        System.arraycopy(data, start, larger, 0, kept);
        Arrays.fill(data, (byte) 0);
        data = larger;
        start = 0;
        end = kept;
    }
}
