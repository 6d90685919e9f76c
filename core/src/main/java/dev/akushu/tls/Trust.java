package dev.akushu.tls;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.identity.AcceptAnyCertificate;
import dev.akushu.tls.identity.CertificateReader;
import dev.akushu.tls.identity.HostNames;
import dev.akushu.tls.identity.PkixTrust;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a peer's certificate chain is accepted. Called once in a full handshake, in a resumption only before it and if the client wants that ({@link TlsClient.Builder#verifyBeforeResuming}), and once for each certificate that a client shows after the handshake, possibly on a thread of the application's choice; it may
 * block. Safe for use by many threads.
 */
@FunctionalInterface
public interface Trust {
    /**
     * Accepts the chain and says what was checked, or throws.
     *
     * @throws TlsException of the category CERTIFICATE if it is refused; the alert follows from the problem
     */
    List<CertificateCheck> verify(PeerChain peer) throws TlsException;

    /**
     * Path validation by PKIX with {@code anchors}; host names per RFC 9525. {@code storeName} is how texts call the set, such as a file's name. A peer may send ten certificates at most
     * ({@link Problem#CERTIFICATE_CHAIN_TOO_LONG}). Signatures in the path must be by one of the policy's schemes ({@link Problem#CERTIFICATE_SCHEME_NOT_ACCEPTED}). Of these the
     * algorithm and the hash count here: a scheme of ECDSA allows any curve, or keys on P-384 that sign with SHA-256, which there are, would be none; one of RSASSA-PSS either kind of key.
     *
     * <p>A chain that was accepted is remembered for five minutes at most, never past the end of a certificate or of what is known of its revocation, and about a thousand of them: the same certificates, shown by the same end for the same
     * host beside the same OCSP response and under the same schemes, are accepted again without work, and {@link CertificateCheck.Kind#REMEMBERED} says so. Refusals are not remembered, nor answers out of the network, nor what was accepted though nothing could be learned of
     * it. Each trust has a memory of its own, so use one for many connections, and a new one to begin without.
     */
    static Trust anchors(Collection<X509Certificate> anchors, String storeName) {
        return PkixTrust.of(anchors, storeName);
    }

    /** As {@link #anchors}, from all certificates in a PEM file. */
    static Trust pem(Path file) throws TlsException {
        return PkixTrust.fromPem(file);
    }

    /** As {@link #anchors}, with the JVM's default trust store ({@code javax.net.ssl.trustStore}, or {@code cacerts}). */
    static Trust system() throws TlsException {
        return PkixTrust.system();
    }

    /** As {@link #anchors}; certificates that were revoked are refused. */
    static Trust anchors(Collection<X509Certificate> anchors, String storeName, Revocation revocation) {
        return PkixTrust.of(anchors, storeName).withRevocation(revocation);
    }

    /** As {@link #pem}; certificates that were revoked are refused. */
    static Trust pem(Path file, Revocation revocation) throws TlsException {
        return PkixTrust.fromPem(file).withRevocation(revocation);
    }

    /** As {@link #system}; certificates that were revoked are refused. */
    static Trust system(Revocation revocation) throws TlsException {
        return PkixTrust.system().withRevocation(revocation);
    }

    /** Accepts every certificate: whoever sits on the path can be the peer. For experiments only. */
    static Trust dangerAcceptAnyCertificate() {
        return AcceptAnyCertificate.INSTANCE;
    }

    /** The distinguished names (DER) of the anchors, for certificate_authorities in a CertificateRequest; empty to name none. */
    default List<Bytes> authorities() {
        return List.of();
    }

    /**
     * The same trust with {@code crypto} for the signatures in certificates. A configuration asks for it when it is made, so that certificates are verified by what it has for
     * CertificateVerify. The trusts here obey; one that knows nothing of {@code crypto} is the same under all, as by default.
     */
    default Trust using(Crypto crypto) {
        return this;
    }

    /**
     * Whether the certificates of {@code peer} are better judged with an OCSP response, so that one is asked for (status_request, RFC 9846 section 4.5.1.1). No, unless a trust says otherwise; those of {@link #anchors}, {@link #pem} and
     * {@link #system} say so of servers, and with a {@link Revocation} of clients too. A trust that hands its question on to another one must hand this one on as well: otherwise nobody is asked, and a certificate that demands a response is
     * refused for want of it.
     */
    default boolean wantsOcspResponse(Role peer) {
        return false;
    }

    /**
     * Tells this trust from others: tickets are bound to it, so that a session accepted by one trust is not resumed
     * under another. Empty, as by default, says that no other configuration may use the tickets, nor the same one in
     * another run; a trust that several runs or servers share returns the same text in each, such as a hash of its anchors.
     */
    default String scope() {
        return "";
    }

    /**
     * What the peer showed.
     *
     * @param peer which end showed it: a server's chain is checked for server authentication, a client's for client authentication
     * @param certificates in DER as received, its own first; at least one
     * @param hostName whom the client wants to talk to: a DNS name or the text of an IP address; null if this is no client or the name must not be checked
     * @param ocspResponse the stapled response in DER, or null
     * @param timestamps the signed certificate timestamps that came beside the peer's own certificate, as {@link SignedCertificateTimestamp} reads them
     * @param schemes what the peer was told that signatures inside certificates may be by (signature_algorithms_cert): {@link Policy#certificateSchemes}. Those of {@link #anchors}, {@link #pem} and {@link #system} accept no path with another. Empty if nothing was said
     */
    record PeerChain(
            Role peer,
            List<Bytes> certificates,
            @Nullable String hostName,
            @Nullable Bytes ocspResponse,
            List<Bytes> timestamps,
            List<SignatureScheme> schemes) {
        /** Copies the lists. */
        public PeerChain {
            certificates = List.copyOf(certificates);
            timestamps = List.copyOf(timestamps);
            schemes = List.copyOf(schemes);
        }

        /** A chain without timestamps, to a peer that was told nothing of schemes. */
        public PeerChain(Role peer, List<Bytes> certificates, @Nullable String hostName, @Nullable Bytes ocspResponse) {
            this(peer, certificates, hostName, ocspResponse, List.of(), List.of());
        }

        /** Whether the peer's own certificate names {@code host}, a DNS name or the text of an IP address, by RFC 9525. */
        public boolean isFor(String host) throws TlsException {
            return HostNames.match(host, own().subjectAltNames()).isPresent();
        }

        /** The DNS names and IP addresses in the peer's own certificate, for people. */
        public List<String> names() throws TlsException {
            return own().subjectAltNames().printable();
        }

        private CertificateReader own() throws TlsException {
            return CertificateReader.of(certificates.getFirst());
        }
    }
}
