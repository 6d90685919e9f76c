package dev.akushu.jsse;

import dev.akushu.tls.TicketStore;
import dev.akushu.tls.crypto.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * What a client's tickets are bound to besides host and port. The core binds them to a single configuration where it
 * cannot tell one choice of identities or one trust from another, and here each connection has a configuration of its own;
 * but it is known what all connections of a context have in common.
 *
 * @param fingerprint of all that must be the same when a session is resumed
 */
record TicketBinding(String fingerprint) {
    /**
     * A binding.
     *
     * @param hash that the context has looked up
     * @param context tells the context, and with it its managers, from all others in this run and others
     * @param policy by name
     * @param applicationProtocols on offer
     * @param verdict all that the verdict about the server depends on
     */
    static TicketBinding of(
            HashAlgorithm hash, String context, String policy, List<String> applicationProtocols, String verdict) {
        MessageDigest digest = hash.newDigest();
        for (String part : List.of(context, policy, applicationProtocols.toString(), verdict)) {
            byte[] octets = part.getBytes(StandardCharsets.UTF_8);
            // With its length, so that no two lists of parts give the same octets.
            digest.update(Integer.toString(octets.length).getBytes(StandardCharsets.US_ASCII));
            digest.update((byte) ':');
            digest.update(octets);
        }
        return new TicketBinding(HexFormat.of().formatHex(digest.digest()));
    }

    /** The key for the same server under this binding. */
    TicketStore.Key key(TicketStore.Key ofConnection) {
        return new TicketStore.Key(ofConnection.host(), ofConnection.port(), fingerprint);
    }
}
