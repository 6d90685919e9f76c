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
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.X509TrustManager;

/** Lets a trust manager of JSSE decide about the peer of one connection. */
final class ManagedTrust implements Trust {
    /** The authentication type for a server of TLS 1.3, whose suites name none; the JDK says the same. */
    private static final String UNKNOWN = "UNKNOWN";

    private static final Set<String> CLIENT_TYPES = Set.of("RSA", "DSA", "EC", "RSASSA-PSS");

    private static final Set<String> NAME_CHECKS = Set.of("HTTPS", "LDAPS", "LDAP");

    /** RFC 9846 4.3.4: all the names together have a length of two bytes. */
    private static final int MAXIMUM_AUTHORITIES_BYTES = 0xffff;

    private final Managers managers;
    private final Owner owner;
    private final String scope;
    private final Settings settings;

    /**
     * Trust for one connection.
     *
     * @param scope tells apart what tickets must not cross
     * @param settings that a trust manager looks at
     */
    ManagedTrust(Managers managers, Owner owner, String scope, Settings settings) {
        this.managers = managers;
        this.owner = owner;
        this.scope = scope;
        this.settings = settings;
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
        if (!Owner.seesConnection(trust)) {
            checkInPlaceOfTheManager(peer, chain);
        }
        return List.of(new CertificateCheck(
                CertificateCheck.Kind.TRUST_ANCHOR,
                chain[0].getSubjectX500Principal().getName(),
                managers.trustStore()));
    }

    /** As the JDK's clients do: whether a response is looked at is the manager's business, which finds it in the handshake's session. */
    @Override
    public boolean wantsOcspResponse(Role peer) {
        return peer == Role.SERVER;
    }

    /** Who should have issued a client's certificate; nobody in particular if that does not fit into the message. */
    @Override
    public List<Bytes> authorities() {
        List<Bytes> names = Arrays.stream(acceptedIssuers())
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

    /** A trust manager that sees neither engine nor socket can compare no names and knows no constraints. */
    private void checkInPlaceOfTheManager(PeerChain peer, X509Certificate[] chain) throws TlsException {
        ExtendedSSLSession session = owner.handshakeSession();
        String algorithm = settings.endpointIdentification();
        if (peer.peer() == Role.SERVER && algorithm != null) {
            checkHostName(peer, session, algorithm);
        }
        List<String> signatures = List.of(session.getLocalSupportedSignatureAlgorithms());
        AlgorithmRules.Breach breach =
                new AlgorithmRules(settings.constraints(), signatures).find(chain, acceptedIssuers());
        if (breach != null) {
            String subject = breach.certificate().getSubjectX500Principal().getName();
            throw Problem.CERTIFICATE_ALGORITHM_REFUSED.causedBy(
                    new CertificateException("Certificates do not conform to algorithm constraints"),
                    subject,
                    breach.algorithm());
        }
    }

    /** The name that was asked for, or else the host, as the JDK's trust managers compare them. */
    private static void checkHostName(PeerChain peer, ExtendedSSLSession session, String algorithm)
            throws TlsException {
        if (NAME_CHECKS.stream().noneMatch(algorithm::equalsIgnoreCase)) {
            CertificateException unknown = new CertificateException("Unknown identification algorithm: " + algorithm);
            throw Problem.CERTIFICATE_REFUSED.causedBy(unknown, peer.names(), String.valueOf(unknown.getMessage()));
        }
        String asked = ServerNames.first(session.getRequestedServerNames());
        String host = ServerNames.host(session.getPeerHost());
        boolean matches = asked != null && peer.isFor(asked) || host != null && peer.isFor(host);
        if (!matches) {
            String expected = asked != null ? asked : host != null ? host : "-";
            throw Problem.HOST_NAME_MISMATCH.causedBy(
                    new CertificateException("No name matching " + expected + " found"), expected, peer.names());
        }
    }

    private X509Certificate[] acceptedIssuers() {
        X509Certificate[] issuers = managers.trust().getAcceptedIssuers();
        return issuers == null ? new X509Certificate[0] : issuers;
    }

    private static String authType(X509Certificate own) {
        String algorithm = own.getPublicKey().getAlgorithm();
        return CLIENT_TYPES.contains(algorithm) ? algorithm : UNKNOWN;
    }
}
