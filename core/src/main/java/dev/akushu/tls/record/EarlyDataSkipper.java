package dev.akushu.tls.record;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;

/** How much refused early data may still be skipped. RFC 9846 section 4.3.10. */
final class EarlyDataSkipper {
    private boolean skipping;
    private long limit;
    private long left;

    void begin(long maxEarlyDataBytes) {
        skipping = true;
        limit = maxEarlyDataBytes;
        left = maxEarlyDataBytes;
    }

    boolean isSkipping() {
        return skipping;
    }

    void end() {
        skipping = false;
    }

    void skip(int recordLength) throws TlsException {
        // RFC 9846 4.7.1 counts content only, which cannot be seen here: so the most that the record can hold. Empty
        // records count a little too, else a client could send them for ever.
        left -= Math.max(1, recordLength - RecordLimits.HEADER - RecordCipher.OVERHEAD);
        if (left < 0) {
            throw Problem.EARLY_DATA_TOO_LONG.with(limit);
        }
    }
}
