package dev.akushu.tls.client;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.KeyShareEntry;
import dev.akushu.tls.wire.KeyShareServerHello;
import dev.akushu.tls.wire.ProtocolVersion;
import dev.akushu.tls.wire.SelectedPsk;
import dev.akushu.tls.wire.SelectedVersion;
import dev.akushu.tls.wire.ServerHello;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server chose in its ServerHello, held against the offer. RFC 9846 section 4.2.3.
 *
 * @param suite the suite
 * @param share the server's key share; null if the pre-shared key that it took does without a key exchange
 * @param psk the pre-shared key that it took, or null
 */
record ServerChoice(
        SuiteCrypto suite,
        @Nullable KeyShareEntry share,
        @Nullable OfferedPsk psk) {
    // RFC 9846 4.2.3: "DOWNGRD" and 01 for TLS 1.2, 00 for older, in the last eight bytes of the random.
    private static final Bytes DOWNGRADE_FROM_1_3 = Bytes.fromHex("444f574e47524401");
    private static final Bytes DOWNGRADE_FROM_1_2 = Bytes.fromHex("444f574e47524400");

    /** Checks every rule for a ServerHello that does not need a secret. */
    static ServerChoice from(Offer offer, ServerHello hello, Output out) throws TlsException {
        requireVersion(hello);
        requireEcho(offer, hello.legacySessionIdEcho(), hello.legacyCompressionMethod());
        SuiteCrypto suite = suite(offer, hello.cipherSuite());
        Extensions extensions = hello.extensions();
        offer.requireSolicited(extensions, "ServerHello", Set.of());
        OfferedPsk psk = psk(offer, extensions, suite);
        if (psk == null && !offer.setting().config().acceptsSignatures()) {
            throw Problem.PSK_NOT_TAKEN.with(offer.psks().size());
        }
        KeyShareServerHello share = extensions.find(KeyShareServerHello.class);
        // RFC 9846 4.3.9: the presence of a share tells which mode the server has chosen.
        boolean pskAlone = psk != null && offer.setting().config().policy().pskKe();
        if (share == null && !pskAlone) {
            throw missingShare(psk != null);
        }
        out.event(() -> new TraceEvent.SuiteChosen(suite.suite(), offer.suites(), offer.suites()));
        return new ServerChoice(suite, share == null ? null : share.serverShare(), psk);
    }

    /** What ServerHello and HelloRetryRequest have in common: the echo of the session id, and no compression. */
    static void requireEcho(Offer offer, Bytes sessionIdEcho, int compression) throws TlsException {
        if (!sessionIdEcho.equals(offer.hello().legacySessionId())) {
            throw Problem.SESSION_ID_NOT_ECHOED.with(offer.hello().legacySessionId(), sessionIdEcho);
        }
        if (compression != 0) {
            throw Problem.COMPRESSION_CHOSEN.with(compression);
        }
    }

    /** The parts of the suite that the server chose, which must have been offered. */
    static SuiteCrypto suite(Offer offer, CipherSuite chosen) throws TlsException {
        SuiteCrypto suite = offer.suites().contains(chosen)
                ? offer.setting().config().crypto().suite(chosen)
                : null;
        if (suite == null) {
            throw Problem.WRONG_SUITE_CHOSEN.with(chosen, offer.suites());
        }
        return suite;
    }

    private static void requireVersion(ServerHello hello) throws TlsException {
        SelectedVersion selected = hello.extensions().find(SelectedVersion.class);
        if (selected == null) {
            throw olderVersion(hello);
        }
        if (!selected.selectedVersion().equals(ProtocolVersion.TLS_1_3)) {
            throw Problem.WRONG_VERSION_CHOSEN.with(selected.selectedVersion());
        }
        requireLegacyVersion(hello.legacyVersion());
    }

    /** RFC 9846 4.2.3: in a hello of TLS 1.3, a legacy_version other than 0x0303 gives protocol_version. */
    static void requireLegacyVersion(int legacyVersion) throws TlsException {
        if (legacyVersion != ProtocolVersion.TLS_1_2.code()) {
            throw Problem.SERVER_TOO_OLD.with(ProtocolVersion.of(legacyVersion));
        }
    }

    private static TlsException olderVersion(ServerHello hello) {
        ProtocolVersion version = ProtocolVersion.of(hello.legacyVersion());
        Bytes sentinel = hello.random().slice(24, 8);
        // A server that knows TLS 1.3 marks an older choice: since nothing older was offered, somebody changed the
        // offer on its way.
        if (sentinel.equals(DOWNGRADE_FROM_1_3) || sentinel.equals(DOWNGRADE_FROM_1_2)) {
            return Problem.DOWNGRADE_DETECTED.with(version);
        }
        return Problem.SERVER_TOO_OLD.with(version);
    }

    private static @Nullable OfferedPsk psk(Offer offer, Extensions extensions, SuiteCrypto suite) throws TlsException {
        SelectedPsk selected = extensions.find(SelectedPsk.class);
        if (selected == null) {
            return null;
        }
        List<OfferedPsk> offered = offer.psks();
        if (selected.selectedIdentity() >= offered.size()) {
            throw Problem.WRONG_PSK_CHOSEN.with(selected.selectedIdentity(), offered.size());
        }
        OfferedPsk psk = offered.get(selected.selectedIdentity());
        if (!psk.fits(suite.hash())) {
            throw Problem.PSK_HASH_MISMATCH.with(suite.suite(), psk.hash().name());
        }
        return psk;
    }

    /** The group that made the shared secret, or null if there is no key exchange. */
    @Nullable NamedGroup group() {
        return share == null ? null : share.group();
    }

    /** Whether it resumes the session of the ticket on offer. */
    boolean resumes() {
        return psk instanceof OfferedTicket;
    }

    private static TlsException missingShare(boolean pskTaken) {
        // With a pre-shared key and psk_dhe_ke alone on offer, a missing share is an inconsistent choice (RFC 9846
        // 4.3.11).
        return pskTaken
                ? Problem.ILLEGAL_VALUE.with("key_share", "absent", "must be there: psk_ke was not offered")
                : Problem.MISSING_EXTENSION.with(ExtensionType.KEY_SHARE, "ServerHello");
    }
}
