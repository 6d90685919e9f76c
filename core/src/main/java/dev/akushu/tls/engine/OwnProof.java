package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Capabilities;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ExtensionType;
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
import dev.akushu.tls.wire.CertificateStatus;
import dev.akushu.tls.wire.CertificateVerify;
import dev.akushu.tls.wire.EmptyStatusRequest;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.SignedCertificateTimestamps;
import dev.akushu.tls.wire.StatusRequest;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Showing the own certificate and proving its key, the same for both roles. RFC 9846 sections 4.5.1 and 4.5.2. */
public final class OwnProof {
    private static final Logger LOG = System.getLogger("dev.akushu.tls");

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

    /** The Certificate message for {@code chain}, which may be empty; its {@code context} is empty in the main handshake. */
    public static Certificate certificate(Bytes context, List<Bytes> chain) {
        return new Certificate(
                context,
                chain.stream()
                        .map(data -> new CertificateEntry(data, Extensions.none()))
                        .toList());
    }

    /**
     * The Certificate message for {@code identity}, with what the peer asked for beside it. RFC 9846 section 4.5.1.1.
     *
     * @param asked the extensions of the ClientHello or CertificateRequest that it answers
     */
    public static Certificate certificate(Bytes context, Identity identity, Extensions asked) {
        if (identity.type().equals(CertificateType.RAW_PUBLIC_KEY)) {
            // RFC 9846 4.5.1: one entry, and nothing to be said beside a key.
            return new Certificate(
                    context, List.of(new CertificateEntry(identity.subjectPublicKeyInfo(), Extensions.none())));
        }
        List<Extension> beside = new ArrayList<>();
        // Another kind of status than OCSP is not recognised, and left unread.
        boolean wantsStatus = asked.find(StatusRequest.class) != null || asked.find(EmptyStatusRequest.class) != null;
        if (wantsStatus) {
            supplied(() -> checked(identity.ocspResponse()), Optional.<Bytes>empty())
                    .ifPresent(response -> beside.add(new CertificateStatus(response)));
        }
        List<Bytes> timestamps = asked.has(ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP)
                ? supplied(() -> checked(identity.timestamps()), List.<Bytes>of())
                : List.of();
        if (!timestamps.isEmpty()) {
            beside.add(new SignedCertificateTimestamps(timestamps));
        }
        List<CertificateEntry> entries = new ArrayList<>();
        for (Bytes certificate : identity.chain()) {
            entries.add(
                    new CertificateEntry(certificate, entries.isEmpty() ? Extensions.of(beside) : Extensions.none()));
        }
        return new Certificate(context, entries);
    }

    /** RFC 9846 4.5.1.1: a response has one byte at least. */
    private static Optional<Bytes> checked(Optional<Bytes> response) {
        if (response.isPresent() && response.get().isEmpty()) {
            throw new IllegalArgumentException("an OCSP response without bytes");
        }
        return response;
    }

    /** RFC 6962 3.3: each has 1 to 2^16-1 bytes, and all together no more, with two bytes of length for each. */
    private static List<Bytes> checked(List<Bytes> timestamps) {
        for (Bytes timestamp : timestamps) {
            if (timestamp.isEmpty()) {
                throw new IllegalArgumentException("a signed certificate timestamp without bytes");
            }
        }
        int together = timestamps.stream()
                .mapToInt(timestamp -> 2 + timestamp.length())
                .sum();
        if (together > 0xffff) {
            throw new IllegalArgumentException("signed certificate timestamps of " + together + " bytes");
        }
        return timestamps;
    }

    /** A supplier of the application's that is broken costs the peer what it would have supplied, not the handshake. */
    private static <T> T supplied(Supplier<T> supplier, T none) {
        try {
            return supplier.get();
        } catch (RuntimeException broken) {
            LOG.log(Logger.Level.WARNING, "nothing could be sent beside a certificate", broken);
            return none;
        }
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
