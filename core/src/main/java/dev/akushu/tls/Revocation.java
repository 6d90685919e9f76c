package dev.akushu.tls;

import dev.akushu.tls.identity.RevocationFile;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.util.Collection;
import java.util.List;

/**
 * How a {@link Trust} learns whether the certificates of a peer were revoked, and what follows if it cannot learn it. A response
 * that the peer stapled to its own certificate is always looked at first: one that says revoked is final, one that says good spares the network, and is enough where the lists say nothing. Immutable.
 *
 * @param source where what is known comes from
 * @param lists the lists; none for {@link Source#NETWORK}
 * @param ownCertificateOnly whether only the peer's own certificate is asked about, not those of its issuers
 * @param unknownAccepted whether a certificate of which nothing can be learned is accepted
 */
public record Revocation(Source source, List<X509CRL> lists, boolean ownCertificateOnly, boolean unknownAccepted) {
    /** Where what is known of revoked certificates comes from. */
    public enum Source {
        /** From revocation lists that the application has; nobody is asked. */
        LISTS,
        /** From the OCSP responders and the places of lists that the certificates name; asking takes time. */
        NETWORK
    }

    /** Copies the lists. */
    public Revocation {
        lists = List.copyOf(lists);
    }

    /**
     * By these lists, RFC 5280 section 5: whole ones, signed by the issuer of the certificates themselves. There has to be a current one of
     * each issuer in the chain, the trust anchor included.
     */
    public static Revocation lists(Collection<X509CRL> lists) {
        return new Revocation(Source.LISTS, List.copyOf(lists), false, false);
    }

    /**
     * As {@link #lists}, from all lists in a file, in PEM or one in DER.
     *
     * @throws TlsException of the category LOCAL_MISUSE if the file cannot be read or holds no list
     */
    public static Revocation listFile(Path file) throws TlsException {
        return lists(RevocationFile.read(file));
    }

    /**
     * By asking the OCSP responders that the certificates name, and else by fetching the lists that they name. Each verification then waits for other
     * machines, and tells them who connects to whom.
     */
    public static Revocation network() {
        return new Revocation(Source.NETWORK, List.of(), false, false);
    }

    /** The same for the peer's own certificate alone: those of CAs are seldom revoked, and their CAs' lists seldom at hand. */
    public Revocation forOwnCertificateOnly() {
        return new Revocation(source, lists, true, unknownAccepted);
    }

    /**
     * The same, but a certificate of which nothing can be learned is accepted. Whoever can keep the answers away, as everybody between here
     * and the responder can, makes a revoked certificate good again; so this helps against mishaps only.
     */
    public Revocation dangerAcceptUnknown() {
        return new Revocation(source, lists, ownCertificateOnly, true);
    }
}
