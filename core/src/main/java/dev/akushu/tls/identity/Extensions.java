package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Extensions of certificates that only the JDK has read: trust anchors. */
final class Extensions {
    private Extensions() {}

    /** The DER within the extension's OCTET STRING; empty if {@code certificate} does not have the extension. */
    static Optional<Bytes> value(X509Certificate certificate, String objectIdentifier) {
        return Optional.ofNullable(certificate.getExtensionValue(objectIdentifier))
                .flatMap(wrapped -> octets(Bytes.wrap(wrapped)));
    }

    /** The content of an OCTET STRING; empty if it is none. */
    static Optional<Bytes> octets(Bytes der) {
        try {
            return Optional.of(DerReader.of(der.toArray()).content(DerReader.OCTET_STRING, "value"));
        } catch (DerException _) {
            return Optional.empty();
        }
    }
}
