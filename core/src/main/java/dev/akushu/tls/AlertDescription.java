package dev.akushu.tls;

import org.jspecify.annotations.Nullable;

/** What an alert says. RFC 9846 section 6. */
public enum AlertDescription {
    /** The sender will send no more. */
    CLOSE_NOTIFY(0),
    /** A message that may not come here. */
    UNEXPECTED_MESSAGE(10),
    /** A record that cannot be decrypted. */
    BAD_RECORD_MAC(20),
    /** A record that is too long. */
    RECORD_OVERFLOW(22),
    /** No acceptable set of parameters. */
    HANDSHAKE_FAILURE(40),
    /** A corrupt certificate. */
    BAD_CERTIFICATE(42),
    /** A certificate of an unsupported type. */
    UNSUPPORTED_CERTIFICATE(43),
    /** A revoked certificate. */
    CERTIFICATE_REVOKED(44),
    /** A certificate outside its validity. */
    CERTIFICATE_EXPIRED(45),
    /** Another fault of the certificate. */
    CERTIFICATE_UNKNOWN(46),
    /** Well-formed, but wrong or inconsistent. */
    ILLEGAL_PARAMETER(47),
    /** No path to a trust anchor. */
    UNKNOWN_CA(48),
    /** Valid, but not allowed in. */
    ACCESS_DENIED(49),
    /** Not of the form that the protocol prescribes. */
    DECODE_ERROR(50),
    /** A signature, Finished or binder that does not verify. */
    DECRYPT_ERROR(51),
    /** A version that is not supported. */
    PROTOCOL_VERSION(70),
    /** Stronger parameters are required. */
    INSUFFICIENT_SECURITY(71),
    /** A fault of the sender's own. */
    INTERNAL_ERROR(80),
    /** A needless retry with an older version. */
    INAPPROPRIATE_FALLBACK(86),
    /** The user gave up; close_notify follows. */
    USER_CANCELED(90),
    /** An extension that must be there is not. */
    MISSING_EXTENSION(109),
    /** An extension that nobody offered. */
    UNSUPPORTED_EXTENSION(110),
    /** No server by that name here. */
    UNRECOGNIZED_NAME(112),
    /** An unacceptable OCSP response. */
    BAD_CERTIFICATE_STATUS_RESPONSE(113),
    /** No acceptable pre-shared key. */
    UNKNOWN_PSK_IDENTITY(115),
    /** A client certificate is needed. */
    CERTIFICATE_REQUIRED(116),
    /** An error that the sender does not specify. */
    GENERAL_ERROR(117),
    /** No common application protocol. */
    NO_APPLICATION_PROTOCOL(120);

    private static final AlertDescription[] BY_CODE = new AlertDescription[256];

    static {
        for (AlertDescription value : values()) {
            BY_CODE[value.code] = value;
        }
    }

    private final int code;

    AlertDescription(int code) {
        this.code = code;
    }

    /** The value with this 8-bit code, or null where none is registered. */
    public static @Nullable AlertDescription find(int code) {
        return code < 0 || code > 255 ? null : BY_CODE[code];
    }

    /** The 8-bit code on the wire. */
    public int code() {
        return code;
    }

    /** The RFC's spelling, such as {@code close_notify}. */
    public String alertName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether this closes in order rather than reports an error: close_notify and user_canceled. RFC 9846 section 6.1. */
    public boolean isClosure() {
        return this == CLOSE_NOTIFY || this == USER_CANCELED;
    }
}
