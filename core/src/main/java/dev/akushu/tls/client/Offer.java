package dev.akushu.tls.client;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.KeyExchange.ClientShare;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the client has offered, until the server has answered.
 *
 * @param setting the connection's setting
 * @param hello the ClientHello
 * @param bytes the ClientHello as sent, header included
 * @param shares the ephemeral keys behind its key shares
 * @param psks the pre-shared keys on offer, in their order: the ticket of a session that it would resume comes first
 * @param early what it has to send early
 */
record Offer(
        ClientSetting setting,
        ClientHello hello,
        byte[] bytes,
        List<ClientShare> shares,
        List<OfferedPsk> psks,
        EarlyAttempt early) {
    /** Copies the list. */
    Offer {
        psks = List.copyOf(psks);
    }

    /** The session that it offers to resume, or null. */
    @Nullable OfferedTicket ticket() {
        return !psks.isEmpty() && psks.getFirst() instanceof OfferedTicket ticket ? ticket : null;
    }

    List<CipherSuite> suites() {
        return setting.config().capabilities().suites();
    }

    List<NamedGroup> groups() {
        return setting.config().capabilities().groups();
    }

    List<NamedGroup> sharedGroups() {
        return shares.stream().map(ClientShare::group).toList();
    }

    /** The name asked for by SNI, or null. */
    @Nullable String serverName() {
        return setting.serverName();
    }

    /** The ephemeral key for {@code group}, or null if no share was sent for it. */
    @Nullable ClientShare share(NamedGroup group) {
        for (ClientShare share : shares) {
            if (share.group().equals(group)) {
                return share;
            }
        }
        return null;
    }

    /**
     * Throws {@link Problem#UNSOLICITED_EXTENSION} if an answer holds an extension that was not offered, except {@code unasked}. RFC 9846 section 4.3.
     */
    void requireSolicited(Extensions answer, String message, Set<ExtensionType> unasked) throws TlsException {
        for (Extension extension : answer.list()) {
            ExtensionType type = extension.type();
            // RFC 8701 3.1: a value that means nothing was offered, but MUST NOT be answered.
            boolean offered = hello.extensions().has(type) && !type.isGrease();
            if (!offered && !unasked.contains(type)) {
                throw Problem.UNSOLICITED_EXTENSION.with(type, message);
            }
        }
    }

    /** Forgets the ephemeral keys and the secrets of the pre-shared keys on offer. */
    void forget() {
        wipeShares();
        psks.forEach(psk -> psk.earlySecret().wipe());
    }

    /** Forgets the secrets of the pre-shared keys on offer, but for {@code chosen}. */
    void wipeAllBut(@Nullable OfferedPsk chosen) {
        for (OfferedPsk psk : psks) {
            if (!psk.equals(chosen)) {
                psk.earlySecret().wipe();
            }
        }
    }

    /** Forgets the ephemeral keys. */
    void wipeShares() {
        shares.forEach(ClientShare::destroy);
    }
}
