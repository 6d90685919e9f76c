package dev.akushu.tls.record;

import dev.akushu.tls.ContentType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.schedule.TrafficKeys;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of the record layer: puts content into records, in the clear until {@link #protect} and encrypted
 * from then on. RFC 9846 section 5. Shares nothing with the receiving half, so each may have a thread of its own; one
 * sealer is not safe for use by two threads at once. Makes no objects for a record.
 */
public final class RecordSealer {
    /** An update is due this many records before a key's limit, so that a caller may look after whole batches. */
    private static final int UPDATE_MARGIN = 64;

    /** The last records under a key are for KeyUpdate and alerts only, so that these can always be sent. */
    private static final int CONTROL_RESERVE = 8;

    /** Content shorter than this is copied: that costs less than the AEAD's second call. */
    private static final int WORTH_TWO_PIECES = 512;

    private static final int CIPHER_BLOCK = 16;

    private static final byte[] EMPTY = new byte[0];

    private final long configuredLimit;
    private int innerPlaintextLimit = RecordLimits.INNER_PLAINTEXT;
    private byte[] scratch = EMPTY;
    private @Nullable RecordCipher cipher;
    private long recordLimit;

    /** With no other limit to the use of a key than that of its AEAD. */
    public RecordSealer() {
        this(Long.MAX_VALUE);
    }

    /**
     * As {@link #RecordSealer()}, but no key protects more than {@code recordLimit} records, even if its AEAD would.
     */
    public RecordSealer(long recordLimit) {
        if (recordLimit < 1) {
            throw new IllegalArgumentException("A key must protect one record at least, not " + recordLimit);
        }
        this.configuredLimit = recordLimit;
    }

    /** Protects all further records by {@code keys}, which are taken over and wiped. */
    public void protect(TrafficKeys keys) {
        recordLimit = Math.min(configuredLimit, keys.algorithm().recordLimit());
        cipher = RecordCipher.by(keys, cipher);
    }

    /** Protects no further records; the key is forgotten. For a client whose early data a HelloRetryRequest has refused. */
    public void unprotect() {
        if (cipher != null) {
            cipher.destroy();
            cipher = null;
        }
    }

    /** How many records of application data a key of {@code algorithm} may protect, where the configuration allows {@code configured}. */
    public static long mostApplicationRecords(AeadAlgorithm algorithm, long configured) {
        return applicationLimit(Math.min(configured, algorithm.recordLimit()));
    }

    /** Whether records are being protected. */
    public boolean isProtecting() {
        return cipher != null;
    }

    /**
     * Sets what a protected record may hold, content, type and padding together, to what the peer asked for in
     * record_size_limit. RFC 8449 section 4.
     */
    public void limitInnerPlaintext(int bytes) {
        innerPlaintextLimit = RecordLimits.checkedRecordSizeLimit(bytes);
    }

    /** The most content that the next record can hold; padding, if any, comes out of it. */
    public int contentLimit() {
        return cipher == null ? RecordLimits.PLAINTEXT : innerPlaintextLimit - 1;
    }

    /** How long the record of so much content and padding becomes, header included. */
    public int sealedLength(int length, int padding) {
        return RecordLimits.HEADER + (cipher == null ? length : length + padding + RecordCipher.OVERHEAD);
    }

    /**
     * Whether the key comes close to its limit, so that its owner should send a KeyUpdate and {@link #protect} anew.
     * RFC 9846 section 5.5.
     */
    public boolean shouldUpdateKey() {
        return cipher != null && cipher.sequence() >= recordLimit - Math.min(UPDATE_MARGIN, recordLimit / 2);
    }

    /**
     * Writes one record. A change_cipher_spec is never protected and does not count; all else is protected once there
     * are keys.
     *
     * @param padding zeros to hide the length of the content; none in the clear
     * @param target receives {@link #sealedLength} bytes from {@code targetOffset}; may be the array of the content
     * @return the number of bytes written
     * @throws TlsException KEY_LIMIT_REACHED, if the key must not protect this record any more; nothing was written
     */
    public int seal(
            ContentType type, byte[] source, int offset, int length, int padding, byte[] target, int targetOffset)
            throws TlsException {
        Objects.checkFromIndexSize(offset, length, source.length);
        // RFC 9846 5.1, 5.4: only application data may be empty.
        if (length == 0 && type != ContentType.APPLICATION_DATA) {
            throw new IllegalArgumentException("A record of type " + type + " needs content");
        }
        RecordCipher current = cipher;
        if (current == null || type == ContentType.CHANGE_CIPHER_SPEC) {
            refuseInTheClear(type, length, padding);
            return writeClear(type, RecordHeader.LEGACY_VERSION, source, offset, length, target, targetOffset);
        }
        refuseTooLong(length, padding);
        Objects.checkFromIndexSize(targetOffset, sealedLength(length, padding), target.length);
        refuseBeyondKeyLimit(type, current.sequence());
        int first = lengthWithoutCopy(source, length, target);
        int last = writeEnd(type, source, offset + first, length - first, padding);
        return current.seal(source, offset, first, scratch, last, target, targetOffset);
    }

    /**
     * Writes one record of an initial ClientHello, one that does not follow a HelloRetryRequest: RFC 9846 section 5.1
     * wants another legacy_record_version for it.
     *
     * @return the number of bytes written
     */
    public int sealInitialClientHello(byte[] source, int offset, int length, byte[] target, int targetOffset) {
        if (cipher != null) {
            throw new IllegalStateException("An initial ClientHello comes before any keys");
        }
        Objects.checkFromIndexSize(offset, length, source.length);
        refuseInTheClear(ContentType.HANDSHAKE, length, 0);
        return writeClear(
                ContentType.HANDSHAKE, RecordHeader.INITIAL_VERSION, source, offset, length, target, targetOffset);
    }

    /** Lets go of what an idle connection does not need. */
    public void release() {
        if (cipher != null) {
            cipher.release();
        }
        Arrays.fill(scratch, (byte) 0);
        scratch = EMPTY;
    }

    /** Forgets the key and the last content; the sealer cannot be used afterwards. */
    public void destroy() {
        if (cipher != null) {
            cipher.destroy();
        }
        Arrays.fill(scratch, (byte) 0);
        scratch = EMPTY;
    }

    private void refuseInTheClear(ContentType type, int length, int padding) {
        // RFC 9846 5.1: application data must not be written unprotected.
        if (type == ContentType.APPLICATION_DATA) {
            throw new IllegalStateException("Application data before there are keys");
        }
        if (length > RecordLimits.PLAINTEXT || padding != 0) {
            throw new IllegalArgumentException(
                    length + " bytes of content and " + padding + " of padding in the clear");
        }
    }

    private void refuseTooLong(int length, int padding) {
        if (padding < 0 || padding > contentLimit() - length) {
            throw new IllegalArgumentException(
                    length + " bytes of content and " + padding + " of padding exceed " + contentLimit());
        }
    }

    private void refuseBeyondKeyLimit(ContentType type, long sequence) throws TlsException {
        boolean control = type != ContentType.APPLICATION_DATA;
        long limit = control ? recordLimit : applicationLimit(recordLimit);
        // RFC 9846 5.5: update the key or close before the limit, always.
        if (sequence >= limit) {
            throw Problem.KEY_LIMIT_REACHED.with(sequence, limit);
        }
    }

    private static long applicationLimit(long records) {
        return records - Math.min(CONTROL_RESERVE, records / 4);
    }

    private static int writeClear(
            ContentType type, int version, byte[] source, int offset, int length, byte[] target, int targetOffset) {
        Objects.checkFromIndexSize(targetOffset, RecordLimits.HEADER + length, target.length);
        // The content first: where source and target are one array, the header might overwrite it.
        System.arraycopy(source, offset, target, targetOffset + RecordLimits.HEADER, length);
        RecordHeader.write(type, version, length, target, targetOffset);
        return RecordLimits.HEADER + length;
    }

    /** How much of the content is encrypted from where it is: all whole blocks, or nothing where a copy costs less. */
    @SuppressWarnings("ReferenceEquality") // in one array the AEAD would need a copy, too
    private static int lengthWithoutCopy(byte[] source, int length, byte[] target) {
        return length < WORTH_TWO_PIECES || source == target ? 0 : length - length % CIPHER_BLOCK;
    }

    /** Fills the scratch with the end of a TLSInnerPlaintext: the last content, type and padding; returns their length. */
    private int writeEnd(ContentType type, byte[] source, int offset, int length, int padding) {
        int innerLength = length + 1 + padding;
        if (scratch.length < innerLength) {
            growScratch(innerLength);
        }
        System.arraycopy(source, offset, scratch, 0, length);
        scratch[length] = (byte) type.code();
        Arrays.fill(scratch, length + 1, innerLength, (byte) 0);
        return innerLength;
    }

    /** Grows with the records that are really sent, because an idle connection keeps this array. */
    private void growScratch(int needed) {
        Arrays.fill(scratch, (byte) 0);
        scratch = new byte[Math.clamp(2L * needed, 256, RecordLimits.INNER_PLAINTEXT)];
    }
}
