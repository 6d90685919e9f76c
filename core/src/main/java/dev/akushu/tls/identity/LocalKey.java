package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.KeyOperation;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SignatureAlgorithm;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.SignatureException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A private key that a JCA provider on this machine holds, in memory or in a token; signs at once on the caller's
 * thread.
 */
public final class LocalKey implements KeyOperation {
    private final PrivateKey key;
    private final List<SignatureAlgorithm> algorithms;
    private final List<SignatureScheme> schemes;

    private LocalKey(PrivateKey key, List<SignatureAlgorithm> algorithms) {
        this.key = key;
        this.algorithms = algorithms;
        this.schemes = algorithms.stream().map(SignatureAlgorithm::scheme).toList();
    }

    /**
     * {@code key} with the schemes that its public half {@code publicKey} fits and {@code crypto} implements. The
     * private key itself need not tell what it is, since one in a token does not. Whether the two belong together is
     * not checked here.
     */
    public static LocalKey of(PrivateKey key, PeerKey publicKey, Crypto crypto) {
        return new LocalKey(
                key,
                publicKey.schemes().stream()
                        .map(crypto::signature)
                        .filter(Objects::nonNull)
                        .toList());
    }

    @Override
    public List<SignatureScheme> schemes() {
        return schemes;
    }

    @Override
    public CompletionStage<Bytes> sign(SignatureScheme scheme, Bytes content) {
        try {
            return CompletableFuture.completedStage(signNow(scheme, content));
        } catch (TlsException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** As {@link #sign}, without the stage. */
    Bytes signNow(SignatureScheme scheme, Bytes content) throws TlsException {
        for (SignatureAlgorithm algorithm : algorithms) {
            if (algorithm.scheme().equals(scheme)) {
                return sign(algorithm, content);
            }
        }
        throw Problem.SIGNING_FAILED.with(scheme, "this key signs with " + schemes + " only");
    }

    private Bytes sign(SignatureAlgorithm algorithm, Bytes content) throws TlsException {
        try {
            return Bytes.wrap(algorithm.sign(key, content.toArray()));
        } catch (InvalidKeyException | SignatureException | ProviderException e) {
            // A token that was pulled out shows as a ProviderException, which is unchecked.
            throw Problem.SIGNING_FAILED.causedBy(e, algorithm.scheme(), String.valueOf(e.getMessage()));
        }
    }
}
