package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Capabilities;
import dev.akushu.tls.Identity;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Work;
import dev.akushu.tls.identity.CertificateVerifyContent;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateEntry;
import dev.akushu.tls.wire.CertificateVerify;
import dev.akushu.tls.wire.Extensions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Showing the own certificate and proving its key, the same for both roles. RFC 9846 sections 4.5.1 and 4.5.2. */
public final class OwnProof {
    private OwnProof() {}

    /** The scheme to sign with: the identity's best that the peer accepts and the policy allows; null if there is none. */
    public static @Nullable SignatureScheme scheme(
            Identity identity, List<SignatureScheme> acceptedByPeer, Capabilities capabilities) {
        for (SignatureScheme scheme : identity.schemes()) {
            if (acceptedByPeer.contains(scheme)
                    && capabilities.signatureSchemes().contains(scheme)) {
                return scheme;
            }
        }
        return null;
    }

    /** The Certificate message of the main handshake for {@code chain}, which may be empty. */
    public static Certificate certificate(List<Bytes> chain) {
        return new Certificate(
                Bytes.empty(),
                chain.stream()
                        .map(data -> new CertificateEntry(data, Extensions.none()))
                        .toList());
    }

    /**
     * Waits for the signature over the transcript, then goes on with the CertificateVerify that holds it.
     *
     * @param forgetting overwrites the secrets of the handshake, if the connection fails meanwhile
     */
    public static State sign(
            Role signer,
            Identity identity,
            SignatureScheme scheme,
            byte[] transcriptHash,
            Step step,
            Paused.Continuation<CertificateVerify> continuation,
            Runnable forgetting) {
        Bytes content = Bytes.wrap(CertificateVerifyContent.of(signer, transcriptHash));
        return Paused.on(
                Work.Kind.SIGN,
                step,
                () -> signature(identity, scheme, content),
                (signature, out) -> {
                    out.event(() -> new TraceEvent.ProofOfKey(Flow.SENT, scheme, content));
                    return continuation.go(new CertificateVerify(scheme, signature), out);
                },
                forgetting);
    }

    private static CompletionStage<Bytes> signature(Identity identity, SignatureScheme scheme, Bytes content) {
        CompletionStage<Bytes> signature;
        try {
            signature = identity.key().sign(scheme, content);
        } catch (RuntimeException broken) {
            signature = CompletableFuture.failedFuture(broken);
        }
        return signature.exceptionallyCompose(failed -> CompletableFuture.failedFuture(failure(scheme, failed)));
    }

    private static TlsException failure(SignatureScheme scheme, Throwable failed) {
        Throwable cause =
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        return cause instanceof TlsException known
                ? known
                : Problem.SIGNING_FAILED.causedBy(cause, scheme, String.valueOf(cause.getMessage()));
    }
}
