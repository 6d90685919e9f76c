package dev.akushu.tls.server;

import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.engine.BinderVerified;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.resume.PskImporter;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.PskKind;
import dev.akushu.tls.schedule.Transcript;
import dev.akushu.tls.wire.ImportedIdentity;
import dev.akushu.tls.wire.OfferedPsks;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The end of a handshake with a server that has pre-shared keys alone, by a client that offers none of them. To the client, an identity that does not exist looks like one whose binder is wrong: the same alert, after the
 * same work. So nobody can find out which identities there are.
 */
final class PskRefusal {
    private PskRefusal() {}

    static TlsException of(
            TlsServer config, ClientWishes wishes, Negotiation negotiation, Received received, Transcript transcript) {
        OfferedPsks offered = wishes.psks();
        if (offered == null) {
            return Problem.PSK_REQUIRED.with();
        }
        EarlySecret secret = nobodys(config, offered, negotiation.suite());
        byte[] hash =
                transcript.hashWithTruncated(received.bytes(), wishes.hello().bindersLength());
        try {
            BinderVerified.check(0, offered.binders().getFirst(), secret, PskKind.IMPORTED, hash);
            secret.wipe();
        } catch (TlsException expected) {
            // RFC 9846 6.2: servers MAY send decrypt_error to merely indicate an invalid identity.
            return Problem.PSK_UNKNOWN.causedBy(expected, offered.identities().size());
        }
        throw new IllegalStateException("a binder was made without its key");
    }

    /** From a key that nobody has, by the steps by which one of those offered would be used. */
    private static EarlySecret nobodys(TlsServer config, OfferedPsks offered, SuiteCrypto suite) {
        byte[] key = new byte[suite.hash().length()];
        config.crypto().random().nextBytes(key);
        ImportedIdentity imported = imported(offered, suite);
        if (imported == null) {
            return EarlySecret.of(suite.hash(), key);
        }
        ExternalPsk psk = ExternalPsk.of(imported.externalIdentity(), key).withContext(imported.context());
        Kdf kdf = Kdf.find(imported.targetKdf()).orElseThrow();
        return Objects.requireNonNull(PskImporter.earlySecret(config.crypto(), psk, kdf), "the hash of the suite");
    }

    /** The first identity that the server would import a key for with {@code suite}, or null if there is none. */
    private static @Nullable ImportedIdentity imported(OfferedPsks offered, SuiteCrypto suite) {
        return offered.identities().stream()
                .limit(PskSearch.MOST_IDENTITIES)
                .map(identity -> ImportedIdentity.find(identity.identity()))
                .filter(imported -> imported != null && isFor(suite, imported))
                .findFirst()
                .orElse(null);
    }

    private static boolean isFor(SuiteCrypto suite, ImportedIdentity imported) {
        return imported.nameLength() <= ExternalPsk.MOST_IDENTITY_BYTES
                && Kdf.find(imported.targetKdf())
                        .filter(kdf -> kdf.hash().equals(suite.hash().name()))
                        .isPresent();
    }
}
