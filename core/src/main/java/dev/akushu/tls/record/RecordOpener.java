package dev.akushu.tls.record;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ContentType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.schedule.TrafficKeys;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of the record layer: finds records in what arrived and takes their content out, from the clear
 * until {@link #protect} and decrypted from then on. RFC 9846 section 5. Shares nothing with the sending half, so each
 * may have a thread of its own; one opener is not safe for use by two threads at once. Makes no objects for a record.
 */
public final class RecordOpener {
    /** What {@link #recordLength} returns while a record is not complete. */
    public static final int NEED_MORE = -1;

    private static final int SHOWN_BYTES = 16;
    private static final String CLEAR = "no keys yet";
    private static final String PROTECTED = "protected records only";

    private final EarlyDataSkipper skipper = new EarlyDataSkipper();
    private int innerPlaintextLimit = RecordLimits.INNER_PLAINTEXT;
    private @Nullable RecordCipher cipher;
    private int longest;
    private boolean clearAlertPermitted;
    private boolean started;
    private @Nullable ContentType contentType;
    private int contentLength;
    private int paddingLength;
    private boolean contentProtected;

    /**
     * Expects all further records, but for a change_cipher_spec, protected by {@code keys}, which are taken over and
     * wiped.
     */
    public void protect(TrafficKeys keys) {
        protect(RecordCipher.by(keys, cipher));
    }

    /** Under a cipher that took over what the present one has, if there is one. */
    void protect(RecordCipher next) {
        cipher = next;
        longest = 0;
        clearAlertPermitted = false;
    }

    /** Whether records are expected to be protected. */
    public boolean isProtecting() {
        return cipher != null;
    }

    /**
     * Lowers what a protected record may hold, content, type and padding together, to what this endpoint asked for in
     * record_size_limit. RFC 8449 section 4. It holds for all records under the present keys: a server obeys it from its
     * first protected record on, in which it says whether it does.
     *
     * @throws TlsException PLAINTEXT_TOO_LONG, if a record under the present keys held more
     */
    public void limitInnerPlaintext(int bytes) throws TlsException {
        innerPlaintextLimit = RecordLimits.checkedRecordSizeLimit(bytes);
        refuseTooLong(longest);
    }

    /**
     * Lets an alert in the clear pass until the first protected record has been opened or keys change again: for a
     * server, because a client that cannot make use of the ServerHello has no keys to protect its alert with (RFC 9846
     * section 7.3). It is not authenticated; but who can forge it can end the connection anyway.
     */
    public void permitClearAlert() {
        clearAlertPermitted = true;
    }

    /**
     * Skips the records of early data that was refused (RFC 9846 section 4.3.10): with keys, all that do not decrypt,
     * until one does; without keys, after a HelloRetryRequest, all of type application_data until a handshake record.
     *
     * @param maxEarlyDataBytes how much application data may be skipped before it is an error
     */
    public void skipEarlyData(long maxEarlyDataBytes) {
        skipper.begin(maxEarlyDataBytes);
    }

    /**
     * Looks at the record that begins at {@code offset}, of which {@code available} bytes are there, and returns its
     * length, header included, once it is complete; {@link #NEED_MORE} before. What is wrong with the header is thrown
     * as soon as it is seen.
     *
     * @throws TlsException NOT_TLS, UNKNOWN_RECORD_TYPE, UNEXPECTED_RECORD or RECORD_TOO_LONG
     */
    public int recordLength(byte[] source, int offset, int available) throws TlsException {
        if (available < 1) {
            return NEED_MORE;
        }
        ContentType type = outerType(source, offset, available);
        if (available < RecordLimits.HEADER) {
            return NEED_MORE;
        }
        // RFC 9846 5.1: legacy_record_version must be ignored for all purposes.
        int length = RecordHeader.length(source, offset);
        int limit = type == ContentType.APPLICATION_DATA ? RecordLimits.CIPHERTEXT : RecordLimits.PLAINTEXT;
        if (length > limit) {
            throw Problem.RECORD_TOO_LONG.with(length, limit);
        }
        int recordLength = RecordLimits.HEADER + length;
        return available < recordLength ? NEED_MORE : recordLength;
    }

    /**
     * Opens the record that {@link #recordLength} found. Afterwards {@link #contentType}, {@link #contentLength} and
     * {@link #wasProtected} tell what was in it.
     *
     * @param source is only read, and must not overlap the target
     * @param target receives the content from {@code targetOffset}; needs room for {@code recordLength - 5} bytes of a
     *     record in the clear and 16 less of a protected one. What follows the content in it is unspecified
     * @return whether there is content; false only for a record of early data that was skipped
     * @throws TlsException if the record is not what the peer may send; then the connection is over
     */
    public boolean open(byte[] source, int offset, int recordLength, byte[] target, int targetOffset)
            throws TlsException {
        Objects.checkFromIndexSize(offset, recordLength, source.length);
        contentType = null;
        ContentType outer = outerType(source, offset, recordLength);
        started = true;
        RecordCipher current = cipher;
        if (outer != ContentType.APPLICATION_DATA) {
            openClear(outer, source, offset, recordLength, target, targetOffset);
            return true;
        }
        if (current == null) {
            skipper.skip(recordLength);
            return false;
        }
        return openProtected(current, source, offset, recordLength, target, targetOffset);
    }

    /**
     * The type of the content opened last; asking after a record that was skipped or refused is a fault of the caller.
     */
    public ContentType contentType() {
        ContentType opened = contentType;
        if (opened == null) {
            throw new IllegalStateException("The last record had no content");
        }
        return opened;
    }

    /** The length of the content opened last, in bytes. */
    public int contentLength() {
        return contentLength;
    }

    /** How many bytes of padding came with the content opened last. */
    public int paddingLength() {
        return paddingLength;
    }

    /** Whether the content opened last was protected. */
    public boolean wasProtected() {
        return contentProtected;
    }

    /** Lets go of what an idle connection does not need. */
    public void release() {
        if (cipher != null) {
            cipher.release();
        }
    }

    /** Forgets the key; the opener cannot be used afterwards. */
    public void destroy() {
        if (cipher != null) {
            cipher.destroy();
        }
    }

    /** The type in the header, if a record of it may come now. */
    private ContentType outerType(byte[] source, int offset, int available) throws TlsException {
        int code = RecordHeader.type(source, offset);
        ContentType type = ContentType.find(code);
        if (type == null) {
            if (started) {
                throw Problem.UNKNOWN_RECORD_TYPE.with(code);
            }
            throw Problem.NOT_TLS.with(Bytes.copyOf(source, offset, Math.min(available, SHOWN_BYTES)));
        }
        refuseUnexpected(type);
        return type;
    }

    private void refuseUnexpected(ContentType outer) throws TlsException {
        if (cipher == null) {
            // RFC 9846 5.1: application data is always protected, so without keys there is none but skipped early data.
            if (outer == ContentType.APPLICATION_DATA && !skipper.isSkipping()) {
                throw Problem.UNEXPECTED_RECORD.with(outer, CLEAR);
            }
            return;
        }
        // RFC 9846 5.2: the outer type is always application_data; 5: but change_cipher_spec stays in the clear.
        boolean permitted = outer == ContentType.APPLICATION_DATA
                || outer == ContentType.CHANGE_CIPHER_SPEC
                || (outer == ContentType.ALERT && clearAlertPermitted);
        if (!permitted) {
            throw Problem.UNEXPECTED_RECORD.with(outer, PROTECTED);
        }
    }

    private void openClear(
            ContentType type, byte[] source, int offset, int recordLength, byte[] target, int targetOffset)
            throws TlsException {
        int length = recordLength - RecordLimits.HEADER;
        int content = offset + RecordLimits.HEADER;
        if (type == ContentType.CHANGE_CIPHER_SPEC && (length != 1 || source[content] != 1)) {
            throw Problem.MALFORMED_CHANGE_CIPHER_SPEC.with(
                    Bytes.copyOf(source, content, Math.min(length, SHOWN_BYTES)));
        }
        if (type == ContentType.HANDSHAKE) {
            skipper.end();
        }
        System.arraycopy(source, content, target, targetOffset, length);
        report(type, length, false);
    }

    private boolean openProtected(
            RecordCipher current, byte[] source, int offset, int recordLength, byte[] target, int targetOffset)
            throws TlsException {
        if (current.isExhausted()) {
            throw Problem.KEY_LIMIT_REACHED.with(Long.toUnsignedString(current.sequence()), "2^64");
        }
        Objects.checkFromIndexSize(
                targetOffset,
                Math.max(0, recordLength - RecordLimits.HEADER - AeadAlgorithm.TAG_LENGTH),
                target.length);
        int innerLength = current.open(source, offset, recordLength, target, targetOffset);
        if (innerLength < 0) {
            if (skipper.isSkipping()) {
                skipper.skip(recordLength);
                return false;
            }
            throw Problem.BAD_RECORD_MAC.with(current.sequence(), recordLength - RecordLimits.HEADER);
        }
        skipper.end();
        clearAlertPermitted = false;
        refuseTooLong(innerLength);
        longest = Math.max(longest, innerLength);
        unpad(target, targetOffset, innerLength);
        return true;
    }

    /** RFC 9846 5.4, RFC 8449 4: the limit is for content, type and padding together. */
    private void refuseTooLong(int innerLength) throws TlsException {
        if (innerLength > innerPlaintextLimit) {
            throw Problem.PLAINTEXT_TOO_LONG.with(innerLength, innerPlaintextLimit);
        }
    }

    /** RFC 9846 5.4: the last byte that is not zero is the type; the search must not leave the plaintext. */
    private void unpad(byte[] target, int targetOffset, int innerLength) throws TlsException {
        int last = targetOffset + innerLength - 1;
        while (last >= targetOffset && target[last] == 0) {
            last--;
        }
        if (last < targetOffset) {
            throw Problem.NO_CONTENT_TYPE.with(innerLength);
        }
        int code = target[last] & 0xff;
        ContentType type = ContentType.find(code);
        if (type == null) {
            throw Problem.UNKNOWN_RECORD_TYPE.with(code);
        }
        // RFC 9846 5: a change_cipher_spec must not be protected.
        if (type == ContentType.CHANGE_CIPHER_SPEC) {
            throw Problem.UNEXPECTED_RECORD.with(type, PROTECTED);
        }
        report(type, last - targetOffset, true);
        paddingLength = innerLength - contentLength - 1;
    }

    private void report(ContentType type, int length, boolean isProtected) throws TlsException {
        // RFC 9846 5.1, 5.4: handshake and alert records must not be empty, padded or not.
        if (length == 0 && type != ContentType.APPLICATION_DATA) {
            throw Problem.EMPTY_RECORD.with(type);
        }
        contentType = type;
        contentLength = length;
        contentProtected = isProtected;
        paddingLength = 0;
    }
}
