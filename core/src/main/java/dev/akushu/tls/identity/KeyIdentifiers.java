package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Whether the key identifiers of two certificates speak for one being the other's issuer. Only a hint for the order in
 * which paths are tried (RFC 4158 section 3.5.12): the signature decides, so identifiers that are absent or malformed
 * speak neither for nor against.
 */
final class KeyIdentifiers {
    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";

    private KeyIdentifiers() {}

    /** False if both certificates name a key and the names differ. */
    static boolean mayMatch(X509Certificate certificate, X509Certificate issuer) {
        Optional<Bytes> wanted =
                Extensions.value(certificate, AUTHORITY_KEY_IDENTIFIER).flatMap(KeyIdentifiers::authority);
        Optional<Bytes> found = Extensions.value(issuer, SUBJECT_KEY_IDENTIFIER).flatMap(Extensions::octets);
        return wanted.isEmpty() || found.isEmpty() || wanted.equals(found);
    }

    private static Optional<Bytes> authority(Bytes der) {
        try {
            DerReader identifier = DerReader.of(der.toArray()).enter(DerReader.SEQUENCE, "AuthorityKeyIdentifier");
            boolean hasKey = identifier.nextIs(DerReader.primitive(0));
            return hasKey ? Optional.of(identifier.enterNext("keyIdentifier").rest()) : Optional.empty();
        } catch (DerException _) {
            return Optional.empty();
        }
    }
}
