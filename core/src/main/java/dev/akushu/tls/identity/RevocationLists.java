package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.ReceivedChain.Received;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CRLException;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * Revocation lists that are at hand, by their issuers. Whole lists only, each signed by the issuer of the certificates
 * in it: what stands in parts, in changes or in a foreign list is marked by critical extensions, and such a list is of
 * no use here. RFC 5280 sections 5 and 6.3. Immutable.
 */
final class RevocationLists {
    private static final int CRL_SIGN = 1 << 6;

    private final Map<X500Principal, List<X509CRL>> byIssuer;

    private RevocationLists(Map<X500Principal, List<X509CRL>> byIssuer) {
        this.byIssuer = byIssuer;
    }

    static RevocationLists of(Collection<X509CRL> lists) {
        Map<X500Principal, List<X509CRL>> byIssuer = new HashMap<>();
        for (X509CRL list : lists) {
            byIssuer.computeIfAbsent(list.getIssuerX500Principal(), _ -> new ArrayList<>())
                    .add(list);
        }
        byIssuer.replaceAll((_, ofOne) -> List.copyOf(ofOne));
        return new RevocationLists(Map.copyOf(byIssuer));
    }

    /**
     * Looks {@code certificate} up in all lists of its issuer that are valid now, and says by which it is good; tells {@code progress} until when that
     * stays so.
     *
     * @throws TlsException {@link Problem#CERTIFICATE_REVOKED} if it stands in one; {@link Problem#REVOCATION_UNKNOWN} if
     *     there is none
     */
    String check(Received certificate, Issuer issuer, Instant now, CheckProgress progress) throws TlsException {
        Optional<String> good = Optional.empty();
        List<String> faults = new ArrayList<>();
        for (X509CRL list : byIssuer.getOrDefault(certificate.x509().getIssuerX500Principal(), List.of())) {
            progress.holdsUntil(nextChange(list, now));
            Optional<String> fault = fault(list, issuer, now);
            if (fault.isPresent()) {
                faults.add(fault.get());
                continue;
            }
            expectNotIn(list, certificate);
            good = Optional.of("CRL, " + list.getThisUpdate().toInstant() + " / "
                    + list.getNextUpdate().toInstant());
        }
        if (good.isPresent()) {
            return good.get();
        }
        String reason = faults.isEmpty() ? "no revocation list of its issuer is at hand" : String.join("; ", faults);
        throw Problem.REVOCATION_UNKNOWN.with(
                certificate.subject(), certificate.reader().issuerText(), reason);
    }

    /** SHA-256 over all lists, whatever their order. */
    Bytes fingerprint() {
        try {
            MessageDigest digest = Sha256.fresh();
            List<String> all = new ArrayList<>();
            for (List<X509CRL> ofOne : byIssuer.values()) {
                for (X509CRL list : ofOne) {
                    all.add(Bytes.wrap(list.getEncoded()).hex());
                }
            }
            all.stream().sorted().forEach(hex -> digest.update(hex.getBytes(StandardCharsets.US_ASCII)));
            return Bytes.wrap(digest.digest());
        } catch (CRLException e) {
            throw new IllegalArgumentException("a revocation list cannot be encoded", e);
        }
    }

    /** When the list begins to count, or ceases to: what it says then is another thing than what it says now. */
    private static Instant nextChange(X509CRL list, Instant now) {
        Instant thisUpdate = list.getThisUpdate().toInstant();
        if (now.isBefore(thisUpdate)) {
            return thisUpdate.minusSeconds(1);
        }
        boolean counts = list.getNextUpdate() != null
                && !now.isAfter(list.getNextUpdate().toInstant());
        return counts ? list.getNextUpdate().toInstant() : Instant.MAX;
    }

    private static Optional<String> fault(X509CRL list, Issuer issuer, Instant now) {
        Date nextUpdate = list.getNextUpdate();
        Set<String> critical = list.getCriticalExtensionOIDs();
        if (critical != null && !critical.isEmpty()) {
            return Optional.of("its issuer's list has critical extensions that are not known here: " + critical);
        }
        if (!issuer.maySignLists()) {
            return Optional.of("its issuer may not sign revocation lists, since its keyUsage lacks cRLSign");
        }
        if (nextUpdate == null || now.isAfter(nextUpdate.toInstant())) {
            String until = nextUpdate == null ? "an unnamed day" : String.valueOf(nextUpdate.toInstant());
            return Optional.of("its issuer's list was to be replaced by " + until + ", and now it is " + now);
        }
        if (now.isBefore(list.getThisUpdate().toInstant())) {
            return Optional.of("its issuer's list is of the future, "
                    + list.getThisUpdate().toInstant());
        }
        if (!CertificateSignatures.isAccepted(list.getSigAlgOID(), list.getSigAlgParams())) {
            return Optional.of("its issuer's list is signed by a weak algorithm, "
                    + CertificateSignatures.name(list.getSigAlgOID(), list.getSigAlgParams()));
        }
        return signatureFault(list, issuer.key());
    }

    private static Optional<String> signatureFault(X509CRL list, PublicKey key) {
        try {
            list.verify(key);
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.of("the signature of its issuer's list does not verify (" + e.getMessage() + ")");
        }
    }

    private static void expectNotIn(X509CRL list, Received certificate) throws TlsException {
        X509CRLEntry entry = list.getRevokedCertificate(certificate.x509().getSerialNumber());
        // RFC 5280 5.3.1: removeFromCRL stands in lists of changes only, and takes the certificate off the list.
        if (entry == null || entry.getRevocationReason() == CRLReason.REMOVE_FROM_CRL) {
            return;
        }
        throw Problem.CERTIFICATE_REVOKED.with(
                certificate.subject(),
                entry.getRevocationDate().toInstant(),
                RevocationCheck.reason(entry.getRevocationReason()));
    }

    /**
     * Who signs the lists for a certificate.
     *
     * @param key verifies them
     * @param keyUsage its bits, the first the lowest; empty without the extension
     */
    record Issuer(PublicKey key, Optional<Integer> keyUsage) {
        /** RFC 5280 6.3.3 (f): only if there is the extension, the bit has to be set. */
        boolean maySignLists() {
            return keyUsage.map(bits -> (bits & CRL_SIGN) != 0).orElse(true);
        }
    }
}
