package dev.akushu.tls;

import dev.akushu.tls.identity.PemFile;
import dev.akushu.tls.identity.PinnedKeys;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a peer's raw public key is accepted: a key without a certificate, which nobody vouches for (RFC 7250). So whoever decides must know the key already. Called once in a full handshake, before a resumption if the client wants that ({@link TlsClient.Builder#verifyBeforeResuming}), possibly on a thread of the
 * application's choice; it may block. Safe for use by many threads.
 */
@FunctionalInterface
public interface RawKeyTrust {
    /**
     * Accepts the key and says what was checked, or throws.
     *
     * @throws TlsException of the category CERTIFICATE if it is refused; the alert follows from the problem
     */
    CertificateCheck verify(RawKey peer) throws TlsException;

    /**
     * Tells this trust from others: a session that was begun under it is resumed only where the same text stands. Empty, as by default, says that no other configuration may resume it.
     */
    default String scope() {
        return "";
    }

    /** Accepts exactly these keys, whatever host they come from; a client that talks to several servers has one trust for each. */
    static RawKeyTrust pinned(Collection<? extends PublicKey> keys) {
        return PinnedKeys.of(keys);
    }

    /**
     * As {@link #pinned}, with all public keys in a PEM file, as {@code openssl pkey -pubout} writes them.
     *
     * @throws TlsException of the category LOCAL_MISUSE if the file cannot be read or holds no public key
     */
    static RawKeyTrust pem(Path file) throws TlsException {
        return PinnedKeys.ofInfos(PemFile.publicKeys(file));
    }

    /**
     * What the peer showed; that it holds the private key is proved already.
     *
     * @param peer which end showed it
     * @param subjectPublicKeyInfo the key in DER, as {@link PublicKey#getEncoded} gives it
     * @param hostName whom the client wants to talk to, or null
     */
    record RawKey(
            Role peer, Bytes subjectPublicKeyInfo, @Nullable String hostName) {}
}
