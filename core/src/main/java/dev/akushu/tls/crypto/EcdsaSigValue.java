package dev.akushu.tls.crypto;

/**
 * The form of an ECDSA signature: {@code SEQUENCE { r INTEGER, s INTEGER }} in DER. RFC 9846 section 4.3.3 demands DER,
 * but the JDK reads an integer without its leading zero as a positive one, so that two encodings of one signature would
 * be valid.
 */
final class EcdsaSigValue {
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    private final byte[] encoding;
    private int position;

    private EcdsaSigValue(byte[] encoding) {
        this.encoding = encoding;
    }

    /**
     * Whether {@code signature} is a sequence of two positive integers in DER, with nothing behind it. The range of the
     * integers is not checked.
     */
    static boolean isDer(byte[] signature) {
        EcdsaSigValue value = new EcdsaSigValue(signature);
        return value.skipSequenceHeader() && value.skipInteger() && value.skipInteger() && value.remaining() == 0;
    }

    private boolean skipSequenceHeader() {
        return remaining() > 0 && next() == SEQUENCE && length() == remaining();
    }

    private boolean skipInteger() {
        if (remaining() == 0 || next() != INTEGER) {
            return false;
        }
        int length = length();
        if (length < 1 || length > remaining() || !isMinimalPositive(length)) {
            return false;
        }
        position += length;
        return true;
    }

    /** X.690 section 8.3.2: the first nine bits are not all equal; the first of them is the sign. */
    private boolean isMinimalPositive(int length) {
        boolean negative = encoding[position] < 0;
        boolean padded = encoding[position] == 0 && (length == 1 || encoding[position + 1] >= 0);
        return !negative && !padded;
    }

    /**
     * A definite length in its shortest form (X.690 section 10.1), or -1. No signature here reaches 256 bytes, so there
     * are two forms.
     */
    private int length() {
        if (remaining() == 0) {
            return -1;
        }
        int first = next();
        if (first < 0x80) {
            return first;
        }
        if (first != 0x81 || remaining() == 0) {
            return -1;
        }
        int length = next();
        return length >= 0x80 ? length : -1;
    }

    private int next() {
        return encoding[position++] & 0xff;
    }

    private int remaining() {
        return encoding.length - position;
    }
}
