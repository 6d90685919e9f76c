package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TlsException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates by which peers proved themselves last, as they were parsed: what stands in one never changes, and it is known again by all of its
 * bytes and those of the certificates that come with it. It is judged anew each time. So many connections to one peer keep its chain once. Bounded: whoever proves himself by many
 * makes others wait for a parser, and gains nothing else. For any number of threads.
 */
public final class RememberedCertificates {
    /** In bytes of DER, a whole chain. Some applications accept whatever is shown. */
    static final int LONGEST_CHAIN = 16384;

    private final KnownCertificates<Parsed> known = new KnownCertificates<>();

    /**
     * A certificate and its key.
     *
     * @param certificate all that it says
     * @param key that it is for
     * @param chain which it begins, in DER
     */
    public record Parsed(CertificateReader certificate, PeerKey key, List<Bytes> chain) {
        /** The first of {@code chain}; throws as {@link PeerKey#of}. */
        public static Parsed of(List<Bytes> chain) throws TlsException {
            CertificateReader certificate = CertificateReader.of(chain.getFirst());
            return new Parsed(certificate, PeerKey.ofSubjectPublicKeyInfo(certificate.subjectPublicKeyInfo()), chain);
        }
    }

    /** What was remembered of a chain of the same bytes, or null. */
    public @Nullable Parsed find(List<Bytes> chain) {
        Parsed parsed = known.find(chain.getFirst());
        return parsed != null && parsed.chain().equals(chain) ? parsed : null;
    }

    /** Remembers a certificate whose key the peer holds, unless it or its chain is unusually long. */
    public void keep(Parsed proved) {
        int length = proved.chain().stream().mapToInt(Bytes::length).sum();
        if (length <= LONGEST_CHAIN) {
            known.keep(proved.chain().getFirst(), proved);
        }
    }
}
