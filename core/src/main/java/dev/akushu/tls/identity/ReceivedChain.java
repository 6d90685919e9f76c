package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that a peer sent, read by both parsers. One beside the peer's own that cannot be read is left out,
 * since it may be superfluous; the reason is kept, for the case that it was needed.
 *
 * @param certificates the peer's own first
 * @param refusal why the first of those left out cannot be read
 */
record ReceivedChain(List<Received> certificates, Optional<TlsException> refusal) {
    /**
     * Reads the certificates of {@code chain} that are not known.
     *
     * @param own what is read in the first by our own parser
     * @param crypto for the signatures, or null for the JDK's
     * @param verified signatures that need not be verified once more; those of the peer's own certificate always are
     * @param known others, read for this trust before
     */
    static ReceivedChain read(
            List<Bytes> chain,
            CertificateReader own,
            @Nullable Crypto crypto,
            RememberedSignatures verified,
            KnownCertificates<Received> known)
            throws TlsException {
        CertificateFactory factory = factory();
        List<Received> certificates = new ArrayList<>();
        certificates.add(read(factory, own, crypto, null));
        Optional<TlsException> refusal = Optional.empty();
        for (Bytes der : chain.subList(1, chain.size())) {
            try {
                Received before = known.find(der);
                certificates.add(before == null ? read(factory, CertificateReader.of(der), crypto, verified) : before);
            } catch (TlsException e) {
                refusal = refusal.or(() -> Optional.of(e));
            }
        }
        return new ReceivedChain(List.copyOf(certificates), refusal);
    }

    /** The peer's own certificate. */
    Received own() {
        return certificates.getFirst();
    }

    List<String> subjects() {
        return certificates.stream().map(Received::subject).toList();
    }

    private static Received read(
            CertificateFactory factory,
            CertificateReader reader,
            @Nullable Crypto crypto,
            @Nullable RememberedSignatures verified)
            throws TlsException {
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(reader.der().toArray());
            X509Certificate x509 = (X509Certificate) factory.generateCertificate(in);
            return new Received(reader, crypto == null ? x509 : new CheckedCertificate(x509, crypto, verified));
        } catch (CertificateException | RuntimeException e) {
            // Unchecked ones too: this is the JDK's parser on bytes that a peer made up.
            throw Problem.CERTIFICATE_UNPARSABLE.causedBy(
                    e, 0, reader.subjectText() + " is refused by the JDK: " + e.getMessage());
        }
    }

    private static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException("every JVM has X.509", e);
        }
    }

    /**
     * One certificate, as the two parsers see it.
     *
     * @param reader by our own
     * @param x509 by the JDK's, for its validator
     */
    record Received(CertificateReader reader, X509Certificate x509) {
        String subject() {
            return reader.subjectText();
        }

        /** By name. Names that are the same octets are equal; whether others are (RFC 5280 section 7.1) takes the JDK long to say. */
        boolean isIssuerOf(Received other) {
            return reader.subject().equals(other.reader.issuer())
                    || x509.getSubjectX500Principal().equals(other.x509.getIssuerX500Principal());
        }

        boolean isSelfIssued() {
            return isIssuerOf(this);
        }
    }
}
