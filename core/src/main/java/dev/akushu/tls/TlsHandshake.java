package dev.akushu.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection whose handshake is under way, for those who take part in its decisions. Nothing in it
 * is proved before the handshake is done. Holds no secrets.
 *
 * @param suite that was chosen
 * @param serverName that the client asked for by SNI, or null
 * @param applicationProtocol agreed by ALPN; null while that is not decided, or if there is none
 * @param peerSchemes that the peer accepts in CertificateVerify; empty while it has named none
 * @param peerCertificateSchemes that the peer accepts inside certificates; empty while it has named none
 * @param peerCertificates in DER as shown in this handshake, its own first; empty while it has shown none
 * @param ocspResponse stapled to the peer's certificate, in DER, or null
 * @param timestamps signed certificate timestamps beside the peer's certificate, as {@link SignedCertificateTimestamp} reads them; empty if there are none
 * @param localCertificates in DER as shown in this handshake; empty while this end has shown none
 */
public record TlsHandshake(
        CipherSuite suite,
        @Nullable String serverName,
        @Nullable String applicationProtocol,
        List<SignatureScheme> peerSchemes,
        List<SignatureScheme> peerCertificateSchemes,
        List<Bytes> peerCertificates,
        @Nullable Bytes ocspResponse,
        List<Bytes> timestamps,
        List<Bytes> localCertificates) {
    /** Copies the lists. */
    public TlsHandshake {
        peerSchemes = List.copyOf(peerSchemes);
        peerCertificateSchemes = List.copyOf(peerCertificateSchemes);
        peerCertificates = List.copyOf(peerCertificates);
        timestamps = List.copyOf(timestamps);
        localCertificates = List.copyOf(localCertificates);
    }

    /** What both ends know once the suite is chosen. */
    public static TlsHandshake begun(CipherSuite suite, @Nullable String serverName) {
        return new TlsHandshake(suite, serverName, null, List.of(), List.of(), List.of(), null, List.of(), List.of());
    }

    /** The same with the application protocol that was agreed, or null for none. */
    public TlsHandshake withApplicationProtocol(@Nullable String agreed) {
        return new TlsHandshake(
                suite,
                serverName,
                agreed,
                peerSchemes,
                peerCertificateSchemes,
                peerCertificates,
                ocspResponse,
                timestamps,
                localCertificates);
    }

    /** The same with the schemes that the peer accepts. */
    public TlsHandshake withPeerSchemes(List<SignatureScheme> accepted, List<SignatureScheme> acceptedInCertificates) {
        return new TlsHandshake(
                suite,
                serverName,
                applicationProtocol,
                accepted,
                acceptedInCertificates,
                peerCertificates,
                ocspResponse,
                timestamps,
                localCertificates);
    }

    /** The same with what the peer has shown. */
    public TlsHandshake withPeerCertificates(List<Bytes> shown, @Nullable Bytes stapled, List<Bytes> shownTimestamps) {
        return new TlsHandshake(
                suite,
                serverName,
                applicationProtocol,
                peerSchemes,
                peerCertificateSchemes,
                shown,
                stapled,
                shownTimestamps,
                localCertificates);
    }

    /** The same with what this end has shown. */
    public TlsHandshake withLocalCertificates(List<Bytes> shown) {
        return new TlsHandshake(
                suite,
                serverName,
                applicationProtocol,
                peerSchemes,
                peerCertificateSchemes,
                peerCertificates,
                ocspResponse,
                timestamps,
                shown);
    }
}
