package dev.akushu.tls;

import dev.akushu.tls.identity.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
     * @param rawServerKeys decides about public keys without certificates, or null
     * @param identity that the client shows if asked, or null
     * @param identities that choose in each handshake instead, or null
     */
    static String of(
            Policy policy,
            List<String> applicationProtocols,
            Trust trust,
            @Nullable RawKeyTrust rawServerKeys,
            @Nullable Identity identity,
            @Nullable IdentitySource identities) {
        MessageDigest digest = Sha256.fresh();
        add(digest, policy.name());
        addAll(digest, "protocols", applicationProtocols);
        add(digest, ofTrust(trust));
        // Each part that may be missing says what it is: two configurations with different parts are never alike.
        addAll(digest, "raw keys", rawServerKeys == null ? List.of() : List.of(ofRawKeyTrust(rawServerKeys)));
        if (identity != null) {
            add(digest, "identity " + identity.subjectPublicKeyInfo().hex());
            addAll(digest, "chain", identity.chain().stream().map(Bytes::hex).toList());
        } else if (identities != null) {
            addAll(digest, "identities", List.of(ofText(identities.scope())));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The scope of {@code trust}, as a fingerprint, since a trust may return a text of any length; of one without a scope, a text that nobody else has. */
    static String ofTrust(Trust trust) {
        return ofText(trust.scope());
    }

    /** As the other. */
    static String ofRawKeyTrust(RawKeyTrust trust) {
        return ofText(trust.scope());
    }

    private static String ofText(String scope) {
        if (scope.isEmpty()) {
            return "only here " + UUID.randomUUID();
        }
        MessageDigest digest = Sha256.fresh();
        digest.update(scope.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void addAll(MessageDigest digest, String part, List<String> texts) {
        add(digest, part + ' ' + texts.size());
        texts.forEach(text -> add(digest, text));
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) (bytes.length >>> 16));
        digest.update((byte) (bytes.length >>> 8));
        digest.update((byte) bytes.length);
        digest.update(bytes);
    }
}
