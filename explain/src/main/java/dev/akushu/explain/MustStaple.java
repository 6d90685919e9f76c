package dev.akushu.explain;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.CertificateReader;
import dev.akushu.tls.trace.Field;
import dev.akushu.tls.trace.TraceEvent.Message;

/** A certificate's demand that an OCSP response come with it. RFC 7633. */
final class MustStaple {
    private MustStaple() {}

    /** Whether the sender's own certificate, which stands first in {@code message}, demands it. */
    static boolean isDemandedIn(Message message) {
        return message.fields().stream()
                .filter(field -> field.name().equals("cert_data"))
                .findFirst()
                .filter(own -> isDemandedBy(content(message, own)))
                .isPresent();
    }

    /** Without its three bytes of length. RFC 9846 section 4.5.1. */
    private static Bytes content(Message message, Field certificate) {
        return message.message().slice(certificate.offset() + 3, certificate.length() - 3);
    }

    private static boolean isDemandedBy(Bytes certificate) {
        try {
            return CertificateReader.of(certificate).tlsFeatures().contains(ExtensionType.STATUS_REQUEST.code());
        } catch (TlsException unreadable) {
            // It demands nothing that anybody could read; the handshake says what is wrong with it.
            return false;
        }
    }
}
