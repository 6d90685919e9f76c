package dev.akushu.tls;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.identity.CertificateFilters;
import dev.akushu.tls.identity.CertificateReader;
import dev.akushu.tls.identity.ChainTraits;
import dev.akushu.tls.identity.HostNames;
import dev.akushu.tls.identity.KeyMatch;
import dev.akushu.tls.identity.PeerKey;
import dev.akushu.tls.identity.PemFile;
import dev.akushu.tls.identity.SubjectAltNames;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who an endpoint is: a certificate chain and the private key of its first certificate. Immutable; safe for use by many
 * threads if the key is. Prints neither the key nor anything of it.
 */
public final class Identity {
    private final List<Bytes> chain;
    private final KeyOperation key;
    private final List<SignatureScheme> schemes;
    private final SubjectAltNames names;
    private final boolean forEveryHost;
    private final ChainTraits traits;
    private final String subject;
    private final Bytes subjectPublicKeyInfo;
    private final Supplier<Optional<Bytes>> ocspResponse;
    private final Supplier<List<Bytes>> timestamps;

    private Identity(List<Bytes> chain, CertificateReader own, KeyOperation key) throws TlsException {
        this.chain = List.copyOf(chain);
        this.key = key;
        this.schemes = KeyMatch.schemes(own, key);
        this.names = own.subjectAltNames();
        this.forEveryHost = false;
        this.traits = ChainTraits.of(this.chain);
        this.subject = own.subjectText();
        this.subjectPublicKeyInfo = own.subjectPublicKeyInfo();
        this.ocspResponse = Optional::empty;
        this.timestamps = List::of;
    }

    /** A key alone; {@code names} of the certificate that it was taken out of, or null if it never had one. */
    private Identity(Bytes subjectPublicKeyInfo, PeerKey publicKey, KeyOperation key, @Nullable SubjectAltNames names)
            throws TlsException {
        this.chain = List.of();
        this.key = key;
        this.schemes = KeyMatch.schemes(publicKey, key);
        this.names = names == null ? SubjectAltNames.NONE : names;
        this.forEveryHost = names == null;
        this.traits = ChainTraits.of(List.of());
        this.subject = publicKey.description();
        this.subjectPublicKeyInfo = subjectPublicKeyInfo;
        this.ocspResponse = Optional::empty;
        this.timestamps = List::of;
    }

    private Identity(Identity same, Supplier<Optional<Bytes>> ocspResponse, Supplier<List<Bytes>> timestamps) {
        this.chain = same.chain;
        this.key = same.key;
        this.schemes = same.schemes;
        this.names = same.names;
        this.forEveryHost = same.forEveryHost;
        this.traits = same.traits;
        this.subject = same.subject;
        this.subjectPublicKeyInfo = same.subjectPublicKeyInfo;
        this.ocspResponse = ocspResponse;
        this.timestamps = timestamps;
    }

    /**
     * A chain with a key that is reached by {@code key}: in a token, or behind a network service. Only the kinds of the
     * two are compared here, since a signature might cost a journey; the peer verifies the rest.
     *
     * @param chain in DER, the own certificate first, each certified by the next; the trust anchor may be left out. At
     *     least one
     * @throws TlsException {@link Problem#KEY_DOES_NOT_MATCH} if none of the key's schemes fits the own certificate;
     *     {@link Problem#CERTIFICATE_UNPARSABLE}, {@link Problem#CERTIFICATE_KEY_UNSUPPORTED} or
     *     {@link Problem#CERTIFICATE_USAGE} if the own certificate cannot be used
     */
    public static Identity of(List<Bytes> chain, KeyOperation key) throws TlsException {
        return new Identity(chain, own(chain), key);
    }

    /**
     * A chain with a key that a JCA provider holds; it is proved by a signature that the two belong together.
     *
     * @param chain the own certificate first, each certified by the next; the trust anchor may be left out. At least
     *     one
     * @param key may be one that cannot be exported
     * @param crypto signs
     * @throws TlsException {@link Problem#KEY_DOES_NOT_MATCH} if the key is not the own certificate's;
     *     {@link Problem#CERTIFICATE_UNPARSABLE}, {@link Problem#CERTIFICATE_KEY_UNSUPPORTED} or
     *     {@link Problem#CERTIFICATE_USAGE} if the own certificate cannot be used; {@link Problem#SIGNING_FAILED} if
     *     the key's provider fails
     */
    public static Identity of(List<X509Certificate> chain, PrivateKey key, Crypto crypto) throws TlsException {
        List<Bytes> der = new ArrayList<>(chain.size());
        for (X509Certificate certificate : chain) {
            der.add(encoded(certificate));
        }
        return withPrivateKey(der, key, crypto);
    }

    /**
     * A public key alone, without a certificate, for peers that know it already (RFC 7250); it is proved by a signature that the two keys belong together.
     *
     * @param crypto signs
     * @throws TlsException {@link Problem#KEY_DOES_NOT_MATCH} if the two do not belong together, {@link Problem#CERTIFICATE_KEY_UNSUPPORTED} if no scheme of TLS 1.3 signs with such a key
     */
    public static Identity ofRawKey(PublicKey publicKey, PrivateKey privateKey, Crypto crypto) throws TlsException {
        Bytes info = subjectPublicKeyInfo(publicKey);
        PeerKey own = PeerKey.ofSubjectPublicKeyInfo(info);
        return new Identity(info, own, KeyMatch.of(own, own.description(), privateKey, crypto), null);
    }

    /**
     * A public key alone, with a private key that is reached by {@code key}; only the kinds of the two are compared here.
     *
     * @throws TlsException {@link Problem#KEY_DOES_NOT_MATCH} if none of the key's schemes fits the public key, {@link Problem#CERTIFICATE_KEY_UNSUPPORTED} if no scheme of TLS 1.3 signs with such a key
     */
    public static Identity ofRawKey(PublicKey publicKey, KeyOperation key) throws TlsException {
        Bytes info = subjectPublicKeyInfo(publicKey);
        return new Identity(info, PeerKey.ofSubjectPublicKeyInfo(info), key, null);
    }

    private static Bytes subjectPublicKeyInfo(PublicKey publicKey) {
        byte[] encoded = publicKey.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("the public key has no encoded form: " + publicKey.getAlgorithm());
        }
        return Bytes.wrap(encoded);
    }

    /**
     * Reads both from PEM files, as {@code openssl} and ACME clients write them; both may be the same file.
     *
     * @param certificates the own certificate first, then the intermediates
     * @param privateKey PKCS#8, or the older forms for RSA and EC; not encrypted
     * @param crypto signs
     * @throws TlsException of the category LOCAL_MISUSE if a file cannot be read or used, or as
     *     {@link #of(List, PrivateKey, Crypto)}
     */
    public static Identity pem(Path certificates, Path privateKey, Crypto crypto) throws TlsException {
        return withPrivateKey(PemFile.certificates(certificates), PemFile.privateKey(privateKey), crypto);
    }

    /** As {@link #pem(Path, Path, Crypto)}, with {@link Crypto#ownCurves}. */
    public static Identity pem(Path certificates, Path privateKey) throws TlsException {
        return pem(certificates, privateKey, Crypto.ownCurves());
    }

    /**
     * The same, with OCSP responses for its own certificate, sent to peers that ask for one (RFC 9846 section 4.5.1.1).
     *
     * @param responses gives the present one in DER, or empty if there is none that is still good; asked in each full handshake, so it must not wait for anybody
     */
    public Identity withOcspResponse(Supplier<Optional<Bytes>> responses) {
        return new Identity(this, responses, timestamps);
    }

    /**
     * The same, with signed certificate timestamps (RFC 6962 section 3.3), sent to peers that ask for them. Most certificates have them inside already.
     *
     * @param values gives each as a SerializedSCT; asked in each full handshake, so it must not wait for anybody
     */
    public Identity withTimestamps(Supplier<List<Bytes>> values) {
        return new Identity(this, ocspResponse, values);
    }

    /** The OCSP response to send to a peer that asks for one now. */
    public Optional<Bytes> ocspResponse() {
        return ocspResponse.get();
    }

    /** The signed certificate timestamps to send to a peer that asks for some now. */
    public List<Bytes> timestamps() {
        return timestamps.get();
    }

    /** The certificates in DER, the own first; empty if it is a public key alone. */
    public List<Bytes> chain() {
        return chain;
    }

    /**
     * The same key without its certificates, for peers that know it already (RFC 7250). It still stands for the hosts that its certificate names, and for no others. {@link IdentitySource#among} shows each peer what it
     * takes.
     */
    public Identity withoutCertificates() throws TlsException {
        PeerKey own = PeerKey.ofSubjectPublicKeyInfo(subjectPublicKeyInfo);
        return new Identity(subjectPublicKeyInfo, own, key, forEveryHost ? null : names);
    }

    /** What is shown: certificates, or a public key alone. */
    public CertificateType type() {
        return chain.isEmpty() ? CertificateType.RAW_PUBLIC_KEY : CertificateType.X509;
    }

    /** The public key in DER. */
    public Bytes subjectPublicKeyInfo() {
        return subjectPublicKeyInfo;
    }

    /** The private key. */
    public KeyOperation key() {
        return key;
    }

    /**
     * The schemes that this identity can sign a CertificateVerify with, in the key's order of preference; at least one.
     */
    public List<SignatureScheme> schemes() {
        return schemes;
    }

    /** Whether the own certificate names {@code hostName}, a DNS name or the text of an IP address, by RFC 9525; a key without its certificates stands for the same hosts. A public key that never had a certificate names nobody, and is as good for one host as for another. */
    public boolean serves(String hostName) {
        return forEveryHost || HostNames.match(hostName, names).isPresent();
    }

    /** Whether the own certificate has what {@code filters} ask for, as far as there are rules for it; a public key alone is no certificate, and is not asked. RFC 9846 section 4.3.5. */
    boolean matches(List<OidFilter> filters) {
        try {
            return chain.isEmpty()
                    || filters.isEmpty()
                    || CertificateFilters.of(filters).match(CertificateReader.of(chain.getFirst()));
        } catch (TlsException unreadable) {
            return false;
        }
    }

    /**
     * Whether one of {@code authorities}, distinguished names in DER, issued a certificate of the chain; true too if none
     * is named.
     */
    public boolean leadsToOneOf(List<Bytes> authorities) {
        return traits.leadsToOneOf(authorities);
    }

    /** Whether all signatures in the chain, but those of roots, are by one of {@code certificateSchemes}. */
    public boolean isSignedBy(List<SignatureScheme> certificateSchemes) {
        return traits.isSignedBy(certificateSchemes);
    }

    /**
     * Whether a server may show the chain to a client that accepts {@code certificateSchemes}: any but one with a signature
     * by SHA-1 that the client does not ask for. RFC 9846 section 4.5.1.2.
     */
    public boolean mayBeShownTo(List<SignatureScheme> certificateSchemes) {
        return traits.mayBeShown(certificateSchemes);
    }

    /** The DNS names and IP addresses in the own certificate, or in the one that was left out, for people. */
    public List<String> names() {
        return names.printable();
    }

    /** The subject of the own certificate, for people. */
    public String subject() {
        return subject;
    }

    /** The subject and the schemes. */
    @Override
    public String toString() {
        return "Identity[" + subject + ", " + schemes + "]";
    }

    private static Identity withPrivateKey(List<Bytes> chain, PrivateKey key, Crypto crypto) throws TlsException {
        CertificateReader own = own(chain);
        return new Identity(chain, own, KeyMatch.of(own, key, crypto));
    }

    private static CertificateReader own(List<Bytes> chain) throws TlsException {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("an identity needs at least one certificate");
        }
        CertificateReader own = CertificateReader.of(chain.getFirst());
        // RFC 9846 4.5.1.2: digitalSignature MUST be set if keyUsage is there. Peers check it, so better to hear of it
        // now.
        if (!own.mayAuthenticate()) {
            throw Problem.CERTIFICATE_USAGE.with(own.subjectText(), "digitalSignature", own.keyUsageNames());
        }
        return own;
    }

    private static Bytes encoded(X509Certificate certificate) throws TlsException {
        try {
            return Bytes.wrap(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw Problem.CERTIFICATE_UNPARSABLE.causedBy(e, 0, "its provider cannot encode it");
        }
    }
}
