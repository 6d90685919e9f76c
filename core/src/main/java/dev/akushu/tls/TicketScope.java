package dev.akushu.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client's ticket is bound to besides host and port, as a fingerprint. */
final class TicketScope {
    private TicketScope() {}

    /**
     * The same text for the same settings, in every run of a program if the trust has a scope.
     *
     * @param identity that the client shows if asked, or null
     * @param choosesIdentity whether it chooses in each handshake instead: nobody knows then what another source would choose
     */
    static String of(
            Policy policy,
            List<String> applicationProtocols,
            Trust trust,
            @Nullable Identity identity,
            boolean choosesIdentity) {
        MessageDigest digest = sha256();
        add(digest, policy.name());
        add(digest, applicationProtocols.toString());
        add(digest, ofTrust(trust));
        if (identity != null) {
            identity.chain().forEach(certificate -> add(digest, certificate.hex()));
        } else if (choosesIdentity) {
            add(digest, unlikeAnyOther());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The scope of {@code trust}; of one without a scope, a text that nobody else has. */
    static String ofTrust(Trust trust) {
        String scope = trust.scope();
        return scope.isEmpty() ? unlikeAnyOther() : scope;
    }

    private static String unlikeAnyOther() {
        return "only here " + UUID.randomUUID();
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
