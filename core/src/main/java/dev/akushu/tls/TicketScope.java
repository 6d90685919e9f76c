package dev.akushu.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client's ticket is bound to besides host and port, as a fingerprint. */
final class TicketScope {
    private TicketScope() {}

    /** The same text for the same settings, in every run of a program if the trust's own scope is. */
    static String of(Policy policy, List<String> applicationProtocols, Trust trust, @Nullable Identity identity) {
        MessageDigest digest = sha256();
        add(digest, policy.name());
        add(digest, applicationProtocols.toString());
        add(digest, trust.scope());
        if (identity != null) {
            identity.chain().forEach(certificate -> add(digest, certificate.hex()));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) (bytes.length >>> 16));
        digest.update((byte) (bytes.length >>> 8));
        digest.update((byte) bytes.length);
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
