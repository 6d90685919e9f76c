package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.KeyOperation;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Who the shim can be, in the order of the flags; the first that can sign for the peer is taken, and noted. Belongs to the test's thread. */
final class ShimIdentities implements IdentitySource {
    private final List<Identity> identities;
    private List<SignatureScheme> acceptedByPeer = List.of();

    private ShimIdentities(List<Identity> identities) {
        this.identities = List.copyOf(identities);
    }

    static ShimIdentities of(Options options, Crypto crypto) throws TlsException {
        List<Identity> identities = new ArrayList<>();
        for (CredentialFiles files : options.credentials()) {
            identities.add(identity(files, options.has(Flag.ASYNC), crypto));
        }
        return new ShimIdentities(identities);
    }

    List<Identity> all() {
        return identities;
    }

    /** All that one of the identities can sign with. */
    List<SignatureScheme> schemes() {
        return identities.stream().flatMap(identity -> identity.schemes().stream()).distinct().toList();
    }

    /** What the peer accepts, as it said when an identity was chosen. */
    List<SignatureScheme> acceptedByPeer() {
        return acceptedByPeer;
    }

    @Override
    public Optional<Identity> choose(Request request) {
        acceptedByPeer = request.schemes();
        return identities.stream().filter(request::accepts).findFirst().or(() -> identities.stream().findFirst());
    }

    private static Identity identity(CredentialFiles files, boolean async, Crypto crypto) throws TlsException {
        Identity whole = Identity.pem(files.certificates(), files.privateKey(), crypto);
        List<SignatureScheme> schemes =
                files.schemes().isEmpty() ? whole.schemes() : files.schemes().stream().filter(whole.schemes()::contains).toList();
        Executor executor = async ? Thread::startVirtualThread : Runnable::run;
        return Identity.of(whole.chain(), new Key(whole.key(), schemes, executor));
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
