package dev.akushu.explain;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.trace.TraceEvent.Message;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A public key in the place of a certificate. RFC 7250. */
public final class RawPublicKey {
    private static final int OBJECT_IDENTIFIER = 0x06;

    private RawPublicKey() {}

    /**
     * Whether {@code der} is a SubjectPublicKeyInfo and no certificate: both are a sequence that begins with a sequence, but only an algorithm begins with an object identifier. RFC 5280 section 4.1.
     */
    public static boolean is(Bytes der) {
        int inner = contentAt(der, 0);
        int first = contentAt(der, inner);
        return first < der.length() && der.at(first) == OBJECT_IDENTIFIER;
    }

    /** Whether {@code message} is a Certificate that shows such a key. */
    static boolean isShownIn(Message message) {
        return message.fields().stream()
                .filter(field -> field.name().equals("cert_data"))
                .anyMatch(field -> is(message.message().slice(field.offset() + 3, field.length() - 3)));
    }

    /** What people compare keys by, such as {@code SHA-256 5d0f...}. */
    public static String fingerprint(Bytes subjectPublicKeyInfo) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(subjectPublicKeyInfo.toArray());
            return "SHA-256 " + Bytes.wrap(hash).hex();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Where the content of the value at {@code position} begins, behind its tag and length. */
    private static int contentAt(Bytes der, int position) {
        if (position + 1 >= der.length()) {
            return der.length();
        }
        int length = der.at(position + 1);
        return position + 2 + (length < 0x80 ? 0 : length & 0x7f);
    }
}
