package dev.akushu.tls.record;

import dev.akushu.tls.ContentType;
import dev.akushu.tls.crypto.Aead;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.schedule.TrafficKeys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The protection of the records of one direction under one key: AEAD, IV and sequence number. RFC 9846 sections 5.2 and
 * 5.3. Makes no objects for a record. Not safe for use by two threads at once.
 */
final class RecordCipher {
    /** What protection adds to a record, besides its header: the content type and the tag. */
    static final int OVERHEAD = 1 + AeadAlgorithm.TAG_LENGTH;

    private static final byte[] EMPTY = new byte[0];

    private static final int FIRST_SEQUENCE_BYTE = AeadAlgorithm.NONCE_LENGTH - Long.BYTES;

    private final AeadAlgorithm algorithm;
    /** Null once it has gone back: it may protect somebody else's records by then. */
    private @Nullable Aead aead;

    private final byte[] iv = new byte[AeadAlgorithm.NONCE_LENGTH];
    // Room for one record's; empty while there is nothing to do.
    private byte[] nonce = EMPTY;
    private byte[] additionalData = EMPTY;
    private long sequence;

    /** Takes the keys over and wipes them. */
    RecordCipher(TrafficKeys keys) {
        this(keys, 0);
    }

    /** As if {@code sequence} records had been protected already. */
    RecordCipher(TrafficKeys keys, long sequence) {
        this.algorithm = keys.algorithm();
        this.aead = keys.takeAead();
        keys.copyIv(iv);
        this.sequence = sequence;
        keys.wipe();
    }

    /** The protection by {@code keys}, which are taken over and wiped: {@code previous}, if any, goes on with them or is destroyed. */
    static RecordCipher by(TrafficKeys keys, @Nullable RecordCipher previous) {
        if (previous == null) {
            return new RecordCipher(keys);
        }
        if (!previous.algorithm.equals(keys.algorithm())) {
            RecordCipher next = new RecordCipher(keys);
            previous.destroy();
            return next;
        }
        try {
            keys.rekey(previous.aead());
            keys.copyIv(previous.iv);
            previous.sequence = 0;
            return previous;
        } finally {
            keys.wipe();
        }
    }

    /** How many records this key has protected: the sequence number of the next one, unsigned. */
    long sequence() {
        return sequence;
    }

    /** Whether the sequence number is at its last value, which is not used: RFC 9846 5.3 forbids it to wrap. */
    boolean isExhausted() {
        return sequence == -1L;
    }

    /**
     * Writes header, encrypted TLSInnerPlaintext and tag; returns the length of all.
     *
     * @param first the first {@code firstLength} bytes of the TLSInnerPlaintext, from {@code firstOffset}
     * @param last the other ones, from its beginning
     */
    int seal(
            byte[] first,
            int firstOffset,
            int firstLength,
            byte[] last,
            int lastLength,
            byte[] target,
            int targetOffset) {
        RecordHeader.write(
                ContentType.APPLICATION_DATA,
                RecordHeader.LEGACY_VERSION,
                firstLength + lastLength + AeadAlgorithm.TAG_LENGTH,
                target,
                targetOffset);
        int body = targetOffset + RecordLimits.HEADER;
        prepare(target, targetOffset);
        Aead own = aead();
        // Counted before the AEAD works: should it fail half-way, its nonce must not be used again.
        sequence++;
        return RecordLimits.HEADER
                + own.seal(
                        nonce,
                        additionalData,
                        RecordLimits.HEADER,
                        first,
                        firstOffset,
                        firstLength,
                        last,
                        0,
                        lastLength,
                        target,
                        body);
    }

    /** Returns the length of the TLSInnerPlaintext, or -1 if the record does not verify; then it does not count. */
    int open(byte[] record, int offset, int recordLength, byte[] target, int targetOffset) {
        int body = recordLength - RecordLimits.HEADER;
        if (body < AeadAlgorithm.TAG_LENGTH) {
            return -1;
        }
        prepare(record, offset);
        Aead own = aead();
        int length = own.open(
                nonce,
                additionalData,
                RecordLimits.HEADER,
                record,
                offset + RecordLimits.HEADER,
                body,
                target,
                targetOffset);
        if (length >= 0) {
            sequence++;
        }
        return length;
    }

    /** Lets go of what only work needs. */
    void release() {
        if (aead != null) {
            aead.release();
        }
        Arrays.fill(nonce, (byte) 0);
        nonce = EMPTY;
        additionalData = EMPTY;
    }

    /** Forgets the key; the object cannot be used afterwards. Again does nothing. */
    void destroy() {
        Arrays.fill(iv, (byte) 0);
        Arrays.fill(nonce, (byte) 0);
        Aead own = aead;
        if (own != null) {
            aead = null;
            algorithm.giveBack(own);
        }
    }

    private Aead aead() {
        if (aead == null) {
            throw new IllegalStateException("The key has been forgotten");
        }
        return aead;
    }

    private void prepare(byte[] record, int offset) {
        if (nonce.length == 0) {
            nonce = new byte[AeadAlgorithm.NONCE_LENGTH];
            additionalData = new byte[RecordLimits.HEADER];
        }
        // RFC 9846 5.2: the additional data is the record header as it is on the wire.
        System.arraycopy(record, offset, additionalData, 0, RecordLimits.HEADER);
        // RFC 9846 5.3: the sequence number, padded to the left, XORed with the IV.
        System.arraycopy(iv, 0, nonce, 0, nonce.length);
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[FIRST_SEQUENCE_BYTE + i] ^= (byte) (sequence >>> (8 * (Long.BYTES - 1 - i)));
        }
    }
}
