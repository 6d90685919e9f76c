package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The certificates by which peers proved themselves last, as they were parsed: what stands in one never changes, and it is known again by all of its
 * bytes. It is judged anew each time. Bounded, and without a lock: each has one place, where the last one stays. So whoever proves himself by many makes
 * others wait for a parser, and gains nothing else. For any number of threads.
 */
public final class RememberedCertificates {
    /** How many at most. */
    static final int MOST = 256;

    /** In bytes of DER. Some applications accept whatever is shown. */
    static final int LONGEST = 8192;

    private final AtomicReferenceArray<@Nullable Parsed> places = new AtomicReferenceArray<>(MOST);

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
        Parsed known = places.get(place(der));
        return known != null && known.certificate().der().equals(der) ? known : Parsed.of(der);
    }

    /** Remembers a certificate whose key the peer holds, unless it is unusually long. */
    public void keep(Parsed proved) {
        Bytes der = proved.certificate().der();
        if (der.length() <= LONGEST) {
            places.set(place(der), proved);
        }
    }

    private static int place(Bytes der) {
        return Math.floorMod(der.hashCode(), MOST);
    }
}
