package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.KeyOperation;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.identity.CertificateReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Who the shim can be, in the order of the flags: the first that will do for the peer is taken, and what the peer
 * asked for is noted.
 */
final class ShimIdentities implements IdentitySource {
    private final List<Candidate> candidates;
    private final List<CertificateType> types;
    private final boolean server;
    private final boolean fails;
    private volatile @Nullable Request request;

    private ShimIdentities(List<Candidate> candidates, List<CertificateType> types, boolean server, boolean fails) {
        this.candidates = List.copyOf(candidates);
        this.types = types;
        this.server = server;
        this.fails = fails;
    }

    static ShimIdentities of(Options options, Crypto crypto) throws TlsException, OutOfScope {
        List<Candidate> candidates = new ArrayList<>();
        for (CredentialFiles files : options.credentials()) {
            Identity identity = identity(files, options.has(Flag.ASYNC), crypto);
            boolean declines = options.has(Flag.DECLINE_OCSP_CALLBACK);
            candidates.add(new Candidate(
                    declines ? identity.withOcspResponse(Optional::empty) : identity, files.mustMatchIssuer()));
        }
        List<CertificateType> types = options.codes(Flag.AVAILABLE_CLIENT_CERT_TYPES, CertificateType::of);
        List<Identity> all =
                candidates.stream().map(candidate -> candidate.identity).toList();
        return new ShimIdentities(
                candidates,
                types.isEmpty() ? IdentitySource.among(all).types() : types,
                options.isServer(),
                options.has(Flag.FAIL_CERT_CALLBACK));
    }

    /** The position of the identity that was shown, with this chain or without one; -1 if none was. */
    int indexOf(List<Bytes> chain) {
        Request asked = request;
        for (int index = 0; index < candidates.size() && asked != null; index++) {
            Identity identity = candidates.get(index).identity;
            if (identity.chain().equals(chain) && asked.takes(identity) && asked.accepts(identity)) {
                return index;
            }
        }
        return -1;
    }

    /** All that one of the identities can sign with. */
    List<SignatureScheme> schemes() {
        return candidates.stream()
                .flatMap(candidate -> candidate.identity.schemes().stream())
                .distinct()
                .toList();
    }

    /** What the peer asked for when an identity was chosen, if that has happened. */
    Optional<Request> request() {
        return Optional.ofNullable(request);
    }

    @Override
    public Optional<Identity> choose(Request asked) throws TlsException {
        request = asked;
        if (fails) {
            throw new IllegalStateException("the flag " + Flag.FAIL_CERT_CALLBACK);
        }
        List<Identity> issued = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.isIssuedFor(asked)) {
                issued.add(candidate.identity);
            }
        }
        if (issued.isEmpty() && server) {
            // Only issuers leave nobody; names play no part.
            throw Problem.NO_IDENTITY_FOR_CLIENT.with(
                    asked.schemes(), asked.authorities().size());
        }
        issued.sort(Comparator.comparing(identity -> !asked.takes(identity)));
        // If none can sign, the engine is the one to say so.
        return issued.stream()
                .filter(identity -> asked.takes(identity) && asked.accepts(identity))
                .findFirst()
                .or(() -> issued.stream().findFirst());
    }

    @Override
    public List<CertificateType> types() {
        return types;
    }

    private static Identity identity(CredentialFiles files, boolean async, Crypto crypto)
            throws TlsException, OutOfScope {
        Identity whole = whole(files, crypto);
        List<SignatureScheme> schemes = files.schemes().isEmpty()
                ? whole.schemes()
                : files.schemes().stream().filter(whole.schemes()::contains).toList();
        if (schemes.isEmpty()) {
            throw new OutOfScope("a key without a signature scheme for TLS 1.3, which Akushu refuses to use");
        }
        Executor executor = async ? Thread::startVirtualThread : Runnable::run;
        Key key = new Key(whole.key(), schemes, executor);
        Identity signing = files.raw()
                ? Identity.ofRawKey(RawKeys.publicKey(files.privateKey()), key)
                : Identity.of(whole.chain(), key);
        Optional<Bytes> response = Optional.of(files.ocspResponse()).filter(bytes -> !bytes.isEmpty());
        List<Bytes> timestamps = timestamps(files.timestamps());
        return signing.withOcspResponse(() -> response).withTimestamps(() -> timestamps);
    }

    /** Each with two bytes of length before it, and two bytes for all. RFC 6962 section 3.3. */
    static List<Bytes> timestamps(Bytes list) {
        List<Bytes> all = new ArrayList<>();
        for (int at = 2; at < list.length(); at += 2 + (list.at(at) << 8 | list.at(at + 1))) {
            all.add(list.slice(at + 2, list.at(at) << 8 | list.at(at + 1)));
        }
        return all;
    }

    private static Identity whole(CredentialFiles files, Crypto crypto) throws TlsException, OutOfScope {
        try {
            if (files.raw()) {
                return Identity.ofRawKey(
                        RawKeys.publicKey(files.privateKey()), RawKeys.privateKey(files.privateKey()), crypto);
            }
            return Identity.pem(files.certificates(), files.privateKey(), crypto);
        } catch (TlsException unusable) {
            if (unusable.problem() == Problem.PRIVATE_KEY_UNSUPPORTED) {
                throw new OutOfScope(
                        "a private key of this form: " + unusable.diagnosis().fact("reason"));
            }
            throw unusable;
        }
    }

    /**
     * An identity.
     *
     * @param identity itself
     * @param mustMatchIssuer whether it is only for peers that name one of its issuers
     */
    private record Candidate(Identity identity, boolean mustMatchIssuer) {
        boolean isIssuedFor(Request asked) throws TlsException {
            if (!mustMatchIssuer) {
                return true;
            }
            for (Bytes certificate : identity.chain()) {
                if (asked.authorities()
                        .contains(CertificateReader.of(certificate).issuer())) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * A key that signs with some of its schemes only, and in a test of pauses not at once.
     *
     * @param whole signs
     * @param schemes it is limited to
     * @param executor where it signs
     */
    private record Key(KeyOperation whole, List<SignatureScheme> schemes, Executor executor) implements KeyOperation {
        @Override
        public CompletionStage<Bytes> sign(SignatureScheme scheme, Bytes content) {
            return CompletableFuture.runAsync(() -> {}, executor).thenCompose(ignored -> whole.sign(scheme, content));
        }
    }
}
