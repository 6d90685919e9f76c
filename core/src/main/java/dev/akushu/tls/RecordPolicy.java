package dev.akushu.tls;

import dev.akushu.tls.record.RecordLimits;

/**
 * How long the protected records of a connection are.
 *
 * @param sizeLimit what this end takes in a record, in bytes: content, type (1 byte) and padding together, 64 to 16,385 (RFC 8449). A peer that knows record_size_limit keeps to it; from another, records of full size still
 *     come
 * @param padding of records of data, and of all that is sent under the same keys. {@link TlsEngine#send} then wants room for a full record
 * @param handshakePadding of the encrypted records of the handshake, whose lengths tell of certificates
 * @param growing whether a burst of data, on a new connection or after a second of silence, begins with a record of 1,300 bytes, each further one longer by as much. The peer then has something to work with as soon as one
 *     segment of TCP is there: a full record does not fit into the ten segments that a new connection may send, so its first byte can be used one round trip later. That takes 13 records where 8 would do for the first 120 kB,
 *     and a write of up to 16 kB then no longer is one record
 */
public record RecordPolicy(int sizeLimit, RecordPadding padding, RecordPadding handshakePadding, boolean growing) {
    /** Records as full as can be, without padding. */
    public static final RecordPolicy DEFAULT =
            new RecordPolicy(RecordLimits.INNER_PLAINTEXT, RecordPadding.none(), RecordPadding.none(), false);

    /** Checks the limit. */
    public RecordPolicy {
        if (sizeLimit < RecordLimits.SMALLEST_RECORD_SIZE_LIMIT || sizeLimit > RecordLimits.INNER_PLAINTEXT) {
            throw new IllegalArgumentException("a record size limit must be "
                    + RecordLimits.SMALLEST_RECORD_SIZE_LIMIT + " to " + RecordLimits.INNER_PLAINTEXT + ": "
                    + sizeLimit);
        }
    }

    /** The same with another limit. */
    public RecordPolicy withSizeLimit(int value) {
        return new RecordPolicy(value, padding, handshakePadding, growing);
    }

    /** The same with other padding of data. */
    public RecordPolicy withPadding(RecordPadding value) {
        return new RecordPolicy(sizeLimit, value, handshakePadding, growing);
    }

    /** The same with other padding in the handshake. */
    public RecordPolicy withHandshakePadding(RecordPadding value) {
        return new RecordPolicy(sizeLimit, padding, value, growing);
    }

    /** The same with records that grow, or that do not. */
    public RecordPolicy withGrowing(boolean value) {
        return new RecordPolicy(sizeLimit, padding, handshakePadding, value);
    }
}
