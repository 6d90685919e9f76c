package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.StoredTicket;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SignatureAlgorithm;
import dev.akushu.tls.identity.CertificateVerifyContent;
import dev.akushu.tls.identity.PeerKey;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.CertificateVerify;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proof that the peer is who the configuration demands: by a certificate and a signature, by a ticket of a session where that was proved, by an external pre-shared key, or because a client need not be anybody.
 *
 * @see Established
 */
public final class PeerAuthenticated {
    private final List<Bytes> chain;
    private final @Nullable SignatureScheme scheme;
    private final Instant authenticatedAt;
    private final @Nullable Bytes externalPsk;
    private final @Nullable Bytes rawKey;
    private final @Nullable Instant expiry;

    private PeerAuthenticated(
            List<Bytes> chain,
            @Nullable SignatureScheme scheme,
            Instant authenticatedAt,
            @Nullable Bytes externalPsk,
            @Nullable Bytes rawKey,
            @Nullable Instant expiry) {
        this.chain = chain;
        this.scheme = scheme;
        this.authenticatedAt = authenticatedAt;
        this.externalPsk = externalPsk;
        this.rawKey = rawKey;
        this.expiry = expiry;
    }

    /** The peer's chain in DER, empty for an anonymous client. */
    public List<Bytes> chain() {
        return chain;
    }

    /** The scheme by which the peer proved its key, or null if it did not. */
    public @Nullable SignatureScheme scheme() {
        return scheme;
    }

    /** When that was proved. */
    public Instant authenticatedAt() {
        return authenticatedAt;
    }

    /** The identity of the external pre-shared key that stood in the place of a certificate, or null. */
    public @Nullable Bytes externalPsk() {
        return externalPsk;
    }

    /** The public key that the peer showed alone, in DER, or null. RFC 7250. */
    public @Nullable Bytes rawKey() {
        return rawKey;
    }

    /** When the certificate expires by which the peer proved itself, here or in the session that was resumed; or null. */
    public @Nullable Instant expiry() {
        return expiry;
    }

    /** A client that showed no certificate, where none is required. */
    public static PeerAuthenticated anonymousClient(Instant now) {
        return new PeerAuthenticated(List.of(), null, now, null, null, null);
    }

    /** By a pre-shared key from a session where the peer was authenticated as {@code origin} says; that the peer holds the key, binder and Finished show. */
    public static PeerAuthenticated bySession(StoredTicket.Origin origin) {
        return new PeerAuthenticated(
                origin.peerCertificates(),
                origin.scheme(),
                origin.authenticatedAt(),
                null,
                origin.peerRawKey(),
                origin.certificateExpiry());
    }

    /** By an external pre-shared key, which only the two ends have; that the peer holds it, binder and Finished show. */
    public static PeerAuthenticated byExternalPsk(ExternalPsk psk, Instant now) {
        return new PeerAuthenticated(List.of(), null, now, psk.identity(), null, null);
    }

    /**
     * What it takes to prove a peer by its certificate.
     *
     * @param crypto verifies the signature
     * @param claimant what the peer showed
     * @param key of that
     * @param proof its CertificateVerify, of a scheme that was offered and fits the key
     * @param transcriptHash over all messages before it
     */
    public record Claim(Crypto crypto, Claimant claimant, PeerKey key, CertificateVerify proof, byte[] transcriptHash) {
        /**
         * Verifies the signature, then the chain: nobody who does not hold the key can make this endpoint work on a path.
         *
         * @return the verdict, to be told and kept
         */
        public Verdict verify(Instant now) throws TlsException {
            claimant.requireMayAuthenticate();
            byte[] content = CertificateVerifyContent.of(claimant.role(), transcriptHash);
            if (!isSignedBy(content)) {
                throw Problem.BAD_SIGNATURE.with(proof.algorithm(), claimant.subject());
            }
            List<CertificateCheck> checks = claimant.judge();
            claimant.proved();
            return new Verdict(
                    new PeerAuthenticated(
                            claimant.chain(), proof.algorithm(), now, null, claimant.rawKey(), claimant.expiry()),
                    new TraceEvent.ProofOfKey(Flow.RECEIVED, proof.algorithm(), Bytes.wrap(content)),
                    new TraceEvent.PeerChainVerified(claimant.chain(), checks));
        }

        private boolean isSignedBy(byte[] content) throws TlsException {
            SignatureAlgorithm algorithm = crypto.signature(proof.algorithm());
            if (algorithm == null) {
                throw Problem.INTERNAL.with(
                        "CertificateVerify", proof.algorithm() + " was offered but is not implemented");
            }
            try {
                return algorithm.verify(
                        key.publicKey(), content, proof.signature().toArray());
            } catch (InvalidKeyException unusable) {
                throw Problem.SCHEME_DOES_NOT_FIT_KEY.causedBy(unusable, proof.algorithm(), key.description());
            }
        }
    }

    /**
     * The outcome of a {@link Claim}.
     *
     * @param authenticated the proof
     * @param proofOfKey to tell the observer
     * @param chainVerified to tell the observer
     */
    public record Verdict(
            PeerAuthenticated authenticated,
            TraceEvent.ProofOfKey proofOfKey,
            TraceEvent.PeerChainVerified chainVerified) {
        /** Tells the observer what was checked. */
        public void tell(Output out) {
            out.event(() -> proofOfKey);
            out.event(() -> chainVerified);
        }
    }
}
