package dev.akushu.tls.record;

import dev.akushu.tls.ContentType;

/** The five bytes in front of each record: type, legacy_record_version, length. RFC 9846 section 5.1. */
final class RecordHeader {
    /** legacy_record_version of all records but an initial ClientHello's. */
    static final int LEGACY_VERSION = 0x0303;

    /** legacy_record_version of an initial ClientHello: TLS 1.0, which the oldest servers know. */
    static final int INITIAL_VERSION = 0x0301;

    private RecordHeader() {}

    static void write(ContentType type, int version, int length, byte[] target, int offset) {
        target[offset] = (byte) type.code();
        target[offset + 1] = (byte) (version >>> 8);
        target[offset + 2] = (byte) version;
        target[offset + 3] = (byte) (length >>> 8);
        target[offset + 4] = (byte) length;
    }

    static int type(byte[] record, int offset) {
        return record[offset] & 0xff;
    }

    /** The length of what follows the header. */
    static int length(byte[] record, int offset) {
        return (record[offset + 3] & 0xff) << 8 | (record[offset + 4] & 0xff);
    }
}
