package dev.akushu.tls.client;

import dev.akushu.tls.CertificateType;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.OidFilter;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.CertificateFilters;
import dev.akushu.tls.wire.CertificateAuthorities;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.OidFilters;
import dev.akushu.tls.wire.SignatureAlgorithms;
import dev.akushu.tls.wire.SignatureAlgorithmsCert;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server's CertificateRequest asks for, in the handshake or after it. RFC 9846 section 4.4.2.
 *
 * @param wish what the choice of an identity depends on
 * @param extensions all that the request holds, some of which a certificate answers
 */
record IdentityRequest(IdentitySource.Request wish, Extensions extensions) {
    /**
     * Takes {@code request} apart, but for its context.
     *
     * @param type of what was agreed that the client shows
     */
    static IdentityRequest of(CertificateRequest request, @Nullable String serverName, CertificateType type)
            throws TlsException {
        SignatureAlgorithms schemes = request.extensions().find(SignatureAlgorithms.class);
        if (schemes == null) {
            throw Problem.MISSING_EXTENSION.with(ExtensionType.SIGNATURE_ALGORITHMS, "CertificateRequest");
        }
        List<SignatureScheme> accepted = schemes.supportedSignatureAlgorithms();
        SignatureAlgorithmsCert inCertificates = request.extensions().find(SignatureAlgorithmsCert.class);
        CertificateAuthorities authorities = request.extensions().find(CertificateAuthorities.class);
        OidFilters filters = request.extensions().find(OidFilters.class);
        List<OidFilter> wanted = filters == null ? List.of() : filters.filters();
        // Whether they can be read; which identity will do is found out when one is chosen.
        CertificateFilters.of(wanted);
        IdentitySource.Request wish = new IdentitySource.Request(
                serverName,
                accepted,
                inCertificates == null ? accepted : inCertificates.supportedSignatureAlgorithms(),
                authorities == null ? List.of() : authorities.authorities(),
                wanted,
                List.of(type));
        return new IdentityRequest(wish, request.extensions());
    }
}
