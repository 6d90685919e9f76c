package dev.akushu.tls.identity;

/** Bytes that are no DER, or not of the ASN.1 type that must stand there. */
final class DerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /** {@code offset} counts from the start of the whole encoding; {@code reason} is a few English words. */
    DerException(int offset, String reason) {
        super(reason);
        this.offset = offset;
    }

    /** Where, in bytes from the start of the whole encoding. */
    int offset() {
        return offset;
    }

    /** The reason in a few English words. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
