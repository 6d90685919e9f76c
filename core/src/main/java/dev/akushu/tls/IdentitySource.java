package dev.akushu.tls;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses who an endpoint is, for each full handshake anew; so certificates can be replaced while a server runs. Called
 * as {@link Work} of the kind {@link Work.Kind#CHOOSE_IDENTITY}, so it may block. Safe for use by many threads.
 */
@FunctionalInterface
public interface IdentitySource {
    /**
     * The identity to show, or empty if there is none: a server's handshake ends then, with unrecognized_name if the client
     * has asked for a name and else with handshake_failure, and a client shows an empty Certificate.
     *
     * @param request what the peer asked for
     * @throws TlsException to end the handshake for another reason
     */
    Optional<Identity> choose(Request request) throws TlsException;

    /**
     * Tells this source from others: a client's tickets are bound to it, so that a session begun as one identity is not
     * resumed where another would have been shown. Empty, as by default, says that no other configuration may use the
     * tickets; sources that would choose alike return the same text.
     */
    default String scope() {
        return "";
    }

    /**
     * Of which types its identities are, the preferred first: a client tells a server before that can ask. Certificates
     * alone, unless a source says otherwise or names none. RFC 7250.
     */
    default List<CertificateType> types() {
        return List.of(CertificateType.X509);
    }

    /**
     * Chooses among {@code identities}, by what matters more first: it is what the peer takes, by its type and the filters; it can sign with a scheme that the peer accepts; its chain has no signature by SHA-1 that the peer does not accept; it serves the name that was asked for;
     * its chain is signed by schemes that the peer accepts inside certificates; it comes from an authority that the peer named; it stands earlier in the list. So the first of
     * the list is for clients that name nobody or a name that none serves. A wish that none fulfills does not keep one from being shown: the peer decides.
     */
    static IdentitySource among(List<Identity> identities) {
        return new IdentityList(identities);
    }

    /**
     * What the peer asked for.
     *
     * @param serverName that the client asked for by SNI, or null
     * @param schemes that the peer accepts in CertificateVerify
     * @param certificateSchemes that the peer accepts inside certificates
     * @param authorities the distinguished names (DER) of whom the peer wants the certificate to come from; empty if it
     *     named none. RFC 9846 section 4.3.4
     * @param filters what a server wants to see in a client's certificate; empty if that does not matter. RFC 9846 section 4.3.5
     * @param types that the peer takes: certificates, public keys alone (RFC 7250), or both
     */
    record Request(
            @Nullable String serverName,
            List<SignatureScheme> schemes,
            List<SignatureScheme> certificateSchemes,
            List<Bytes> authorities,
            List<OidFilter> filters,
            List<CertificateType> types) {
        /** Copies the lists. */
        public Request {
            schemes = List.copyOf(schemes);
            certificateSchemes = List.copyOf(certificateSchemes);
            authorities = List.copyOf(authorities);
            filters = List.copyOf(filters);
            types = List.copyOf(types);
        }

        /** The request of a peer that accepts the same schemes inside certificates, names no authorities, wants nothing in the certificate and takes certificates alone. */
        public Request(@Nullable String serverName, List<SignatureScheme> schemes) {
            this(serverName, schemes, schemes, List.of(), List.of(), List.of(CertificateType.X509));
        }

        /** Whether {@code identity} can sign with a scheme that the peer accepts. */
        public boolean accepts(Identity identity) {
            return identity.schemes().stream().anyMatch(schemes::contains);
        }

        /** Whether the peer takes what {@code identity} shows: certificates, or a public key alone, and such certificates. What it does not take must not be shown to it. */
        public boolean takes(Identity identity) {
            return types.contains(identity.type()) && identity.matches(filters);
        }

        /** How badly {@code identity} serves: the less, the better. What is asked first counts for more than all that is asked behind it. */
        int misfit(Identity identity) {
            int misfit = takes(identity) ? 0 : 1;
            misfit = 2 * misfit + (accepts(identity) ? 0 : 1);
            misfit = 2 * misfit + (identity.mayBeShownTo(certificateSchemes) ? 0 : 1);
            misfit = 2 * misfit + (serverName != null && identity.serves(serverName) ? 0 : 1);
            misfit = 2 * misfit + (identity.isSignedBy(certificateSchemes) ? 0 : 1);
            return 2 * misfit + (identity.leadsToOneOf(authorities) ? 0 : 1);
        }
    }
}
