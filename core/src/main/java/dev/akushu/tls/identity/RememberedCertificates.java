package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsException;

/**
 * The certificates by which peers proved themselves last, as they were parsed: what stands in one never changes, and it is known again by all of its
 * bytes. It is judged anew each time. Bounded: whoever proves himself by many makes others wait for a parser, and gains nothing else. For any number of threads.
 */
public final class RememberedCertificates {
    private final KnownCertificates<Parsed> known = new KnownCertificates<>();

    /**
     * A certificate and its key.
     *
     * @param certificate all that it says
     * @param key that it is for
     */
    public record Parsed(CertificateReader certificate, PeerKey key) {
        static Parsed of(Bytes der) throws TlsException {
            CertificateReader certificate = CertificateReader.of(der);
            return new Parsed(certificate, PeerKey.ofSubjectPublicKeyInfo(certificate.subjectPublicKeyInfo()));
        }
    }

    /** What {@code der} says: as it was remembered, or parsed now; throws as {@link PeerKey#of}. */
    public Parsed read(Bytes der) throws TlsException {
        Parsed parsed = known.find(der);
        return parsed == null ? Parsed.of(der) : parsed;
    }

    /** Remembers a certificate whose key the peer holds, unless it is unusually long. */
    public void keep(Parsed proved) {
        known.keep(proved.certificate().der(), proved);
    }
}
