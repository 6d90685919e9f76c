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
 * @param sendLimit how much content and padding this end puts into a record at most, 64 to 16,384 bytes; less for a peer that takes less. A peer with little memory, or one that must not wait long for a record to be whole, is
 *     served by that though it names no limit itself. It holds for the handshake too, also before there are keys: a long ClientHello then comes in several records, which RFC 9846 section 5.1 allows and some servers break over
 */
public record RecordPolicy(
        int sizeLimit, RecordPadding padding, RecordPadding handshakePadding, boolean growing, int sendLimit) {
    private static final int SMALLEST_SEND_LIMIT = RecordLimits.SMALLEST_RECORD_SIZE_LIMIT;

    /** Records as full as can be, without padding. */
    public static final RecordPolicy DEFAULT =
            new RecordPolicy(RecordLimits.INNER_PLAINTEXT, RecordPadding.none(), RecordPadding.none(), false);

    /** Checks the limits. */
    public RecordPolicy {
        if (sizeLimit < RecordLimits.SMALLEST_RECORD_SIZE_LIMIT || sizeLimit > RecordLimits.INNER_PLAINTEXT) {
            throw new IllegalArgumentException("a record size limit must be "
                    + RecordLimits.SMALLEST_RECORD_SIZE_LIMIT + " to " + RecordLimits.INNER_PLAINTEXT + ": "
                    + sizeLimit);
        }
        if (sendLimit < SMALLEST_SEND_LIMIT || sendLimit > RecordLimits.PLAINTEXT) {
            throw new IllegalArgumentException("a limit of what is sent in a record must be " + SMALLEST_SEND_LIMIT
                    + " to " + RecordLimits.PLAINTEXT + ": " + sendLimit);
        }
    }

    /** Records that this end fills as far as the peer takes them. */
    public RecordPolicy(int sizeLimit, RecordPadding padding, RecordPadding handshakePadding, boolean growing) {
        this(sizeLimit, padding, handshakePadding, growing, RecordLimits.PLAINTEXT);
    }

    /** The same with another limit. */
    public RecordPolicy withSizeLimit(int value) {
        return new RecordPolicy(value, padding, handshakePadding, growing, sendLimit);
    }

    /** The same with other padding of data. */
    public RecordPolicy withPadding(RecordPadding value) {
        return new RecordPolicy(sizeLimit, value, handshakePadding, growing, sendLimit);
    }

    /** The same with other padding in the handshake. */
    public RecordPolicy withHandshakePadding(RecordPadding value) {
        return new RecordPolicy(sizeLimit, padding, value, growing, sendLimit);
    }

    /** The same with records that grow, or that do not. */
    public RecordPolicy withGrowing(boolean value) {
        return new RecordPolicy(sizeLimit, padding, handshakePadding, value, sendLimit);
    }

    /** The same with another limit of what is sent. */
    public RecordPolicy withSendLimit(int value) {
        return new RecordPolicy(sizeLimit, padding, handshakePadding, growing, value);
    }
}
