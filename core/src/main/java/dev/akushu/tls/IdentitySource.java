package dev.akushu.tls;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses who a server is, for each full handshake anew; so certificates can be replaced while the server runs. Must be quick. Safe for use by many threads. */
@FunctionalInterface
public interface IdentitySource {
    /**
     * The identity to show, or empty if there is none for that name, which ends the handshake with unrecognized_name.
     *
     * @param request what the client asked for
     */
    Optional<Identity> choose(Request request);

    /**
     * Chooses among {@code identities}: one that serves the name and can sign with a scheme the client accepts, or else one that can sign, in the order given. So the first of the list is for
     * clients that name nobody or a name that none serves.
     */
    static IdentitySource among(List<Identity> identities) {
        List<Identity> all = List.copyOf(identities);
        return request -> all.stream()
                .filter(identity -> request.serverName() != null
                        && identity.serves(request.serverName())
                        && request.accepts(identity))
                .findFirst()
                .or(() -> all.stream().filter(request::accepts).findFirst())
                .or(() -> all.stream().findFirst());
    }

    /**
     * What a client asked for.
     *
     * @param serverName by SNI, or null
     * @param schemes the client accepts in CertificateVerify
     */
    record Request(@Nullable String serverName, List<SignatureScheme> schemes) {
        /** Copies the list. */
        public Request {
            schemes = List.copyOf(schemes);
        }

        /** Whether {@code identity} can sign with a scheme that the client accepts. */
        public boolean accepts(Identity identity) {
            return identity.schemes().stream().anyMatch(schemes::contains);
        }
    }
}
