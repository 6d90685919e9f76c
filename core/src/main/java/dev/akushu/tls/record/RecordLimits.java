package dev.akushu.tls.record;

/** The sizes of the record layer, in bytes. RFC 9846 section 5. */
public final class RecordLimits {
    /** Type, legacy_record_version and length in front of each record. */
    public static final int HEADER = 5;

    /** The longest TLSPlaintext.fragment, and so the most content that one record carries. Section 5.1. */
    public static final int PLAINTEXT = 1 << 14;

    /** The longest TLSInnerPlaintext: content, its type and padding together. Section 5.4. */
    public static final int INNER_PLAINTEXT = PLAINTEXT + 1;

    /** The longest encrypted_record that a peer may send. Section 5.2. */
    public static final int CIPHERTEXT = PLAINTEXT + 256;

    /** The longest record that a peer may send, its header included. */
    public static final int RECORD = HEADER + CIPHERTEXT;

    /** The longest handshake message that is accepted: room for long certificate chains. */
    public static final int HANDSHAKE_MESSAGE = 128 << 10;

    /**
     * The longest ClientHello that is accepted. Anybody may send one, so it gets less: still room for several tickets
     * with client certificates in them, and key shares of post-quantum groups.
     */
    public static final int CLIENT_HELLO = 64 << 10;

    /** The smallest limit for TLSInnerPlaintext that record_size_limit may set. RFC 8449 section 4. */
    public static final int SMALLEST_RECORD_SIZE_LIMIT = 64;

    private RecordLimits() {}

    /** Returns {@code bytes} if record_size_limit may say so in TLS 1.3, else throws {@link IllegalArgumentException}. RFC 8449 section 4. */
    public static int checkedRecordSizeLimit(int bytes) {
        if (bytes < SMALLEST_RECORD_SIZE_LIMIT || bytes > INNER_PLAINTEXT) {
            throw new IllegalArgumentException("a record size limit must be " + SMALLEST_RECORD_SIZE_LIMIT + " to "
                    + INNER_PLAINTEXT + ": " + bytes);
        }
        return bytes;
    }
}
