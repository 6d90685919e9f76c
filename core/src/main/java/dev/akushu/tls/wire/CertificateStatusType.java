package dev.akushu.tls.wire;

import java.util.Locale;

/**
 * The kind of a certificate's status; only OCSP was ever defined. RFC 6066 section 8.
 *
 * @param code the 8-bit code on the wire
 */
record CertificateStatusType(int code) {
    static final int OCSP = 1;

    boolean isOcsp() {
        return code == OCSP;
    }

    @Override
    public String toString() {
        return isOcsp() ? "ocsp" : String.format(Locale.ROOT, "0x%02x", code);
    }
}
