package dev.akushu.explain;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.trace.Field;
import dev.akushu.tls.trace.TraceEvent.Message;
import java.security.cert.X509Certificate;

/** A certificate's demand that an OCSP response come with it. RFC 7633. */
final class MustStaple {
    private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";

    /** What getExtensionValue puts around the features: an OCTET STRING and the SEQUENCE, each with its length in one byte. */
    private static final int HEADERS = 4;

    private static final int INTEGER = 2;
    private static final int STATUS_REQUEST = 5;

    private MustStaple() {}

    /** Whether the sender's own certificate, which stands first in {@code message}, demands it. */
    static boolean isDemandedIn(Message message) {
        return message.fields().stream()
                .filter(field -> field.name().equals("cert_data"))
                .findFirst()
                .flatMap(own -> CertificateNames.parsed(content(message, own)))
                .map(MustStaple::features)
                .filter(MustStaple::holdStatusRequest)
                .isPresent();
    }

    /** Without its three bytes of length. RFC 9846 section 4.5.1. */
    private static Bytes content(Message message, Field certificate) {
        return message.message().slice(certificate.offset() + 3, certificate.length() - 3);
    }

    private static byte[] features(X509Certificate certificate) {
        byte[] value = certificate.getExtensionValue(TLS_FEATURE);
        return value == null ? new byte[0] : value;
    }

    private static boolean holdStatusRequest(byte[] value) {
        for (int at = HEADERS; at + 2 < value.length; at += 2 + value[at + 1]) {
            if (value[at] == INTEGER && value[at + 1] == 1 && value[at + 2] == STATUS_REQUEST) {
                return true;
            }
            if (value[at + 1] < 0) {
                return false;
            }
        }
        return false;
    }
}
