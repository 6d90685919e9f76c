package dev.akushu.jsse;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Lets a trust manager of JSSE decide about the peer of one connection. */
final class ManagedTrust implements Trust {
    /** The authentication type for a server of TLS 1.3, whose suites name none; the JDK says the same. */
    private static final String UNKNOWN = "UNKNOWN";

    private static final Set<String> CLIENT_TYPES = Set.of("RSA", "DSA", "EC", "RSASSA-PSS");
    /** RFC 9846 4.3.4: all the names together have a length of two bytes. */
    private static final int MAXIMUM_AUTHORITIES_BYTES = 0xffff;

    private final Managers managers;
    private final Owner owner;
    private final String scope;
    private final @Nullable String endpointIdentification;

    /**
     * Trust for one connection.
     *
     * @param scope tells apart what tickets must not cross
     * @param endpointIdentification the algorithm by which a trust manager compares names, or null for none
     */
    ManagedTrust(Managers managers, Owner owner, String scope, @Nullable String endpointIdentification) {
        this.managers = managers;
        this.owner = owner;
        this.scope = scope;
        this.endpointIdentification = endpointIdentification;
    }

    @Override
    public List<CertificateCheck> verify(PeerChain peer) throws TlsException {
        X509Certificate[] chain = Certificates.of(peer.certificates());
        X509TrustManager trust = managers.trust();
        try {
            if (peer.peer() == Role.SERVER) {
                owner.checkServer(trust, chain, UNKNOWN);
            } else {
                owner.checkClient(trust, chain, authType(chain[0]));
            }
        } catch (CertificateException refused) {
            throw new Refusal(chain, peer, managers).explain(refused);
        }
        checkHostName(peer);
        return List.of(new CertificateCheck(
                CertificateCheck.Kind.TRUST_ANCHOR,
                chain[0].getSubjectX500Principal().getName(),
                managers.trustStore()));
    }

    /** Who should have issued a client's certificate; nobody in particular if that does not fit into the message. */
    @Override
    public List<Bytes> authorities() {
        X509Certificate[] issuers = managers.trust().getAcceptedIssuers();
        List<Bytes> names = Arrays.stream(issuers == null ? new X509Certificate[0] : issuers)
                .map(issuer -> Bytes.wrap(issuer.getSubjectX500Principal().getEncoded()))
                .distinct()
                .toList();
        int length = names.stream().mapToInt(name -> 2 + name.length()).sum();
        return length > MAXIMUM_AUTHORITIES_BYTES ? List.of() : names;
    }

    @Override
    public String scope() {
        return scope;
    }

    /** A trust manager that sees neither engine nor socket cannot compare names, so it is done for it. */
    private void checkHostName(PeerChain peer) throws TlsException {
        String host = peer.hostName();
        boolean compares =
                peer.peer() == Role.SERVER && endpointIdentification != null && !Owner.checksHostName(managers.trust());
        if (compares && (host == null || !peer.isFor(host))) {
            throw Problem.HOST_NAME_MISMATCH.with(host == null ? "-" : host, peer.names());
        }
    }

    private static String authType(X509Certificate own) {
        String algorithm = own.getPublicKey().getAlgorithm();
        return CLIENT_TYPES.contains(algorithm) ? algorithm : UNKNOWN;
    }
}
