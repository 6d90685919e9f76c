package dev.akushu.tls;

/**
 * One check of a peer's certificate chain. A {@link Trust} that accepts a chain returns those that were made and passed; where one
 * fails, a {@link TlsException.CertificateRejected} tells them apart by {@link ChainChecks}.
 *
 * @param kind what was checked
 * @param subject the certificate, by its subject
 * @param detail the values: dates, names, algorithm, store
 */
public record CertificateCheck(Kind kind, String subject, String detail) {
    /** What was checked. */
    public enum Kind {
        /** Nothing now: the same chain was accepted before, at the time in the detail, and the other checks are those of then. */
        REMEMBERED,
        /** Its signature verifies under its issuer's key. */
        SIGNATURE,
        /** Now is within its validity. */
        VALIDITY,
        /** It names the host. */
        HOST_NAME,
        /** It may be used for this. */
        USAGE,
        /** It may issue certificates, and the path below it is not too long. */
        AUTHORITY,
        /** The chain ends in it and it is trusted. */
        TRUST_ANCHOR,
        /** It is a public key without a certificate, and known here. RFC 7250. */
        PINNED_KEY,
        /** It is not revoked. */
        REVOCATION,
        /** Nothing was checked, because the application said so. */
        DANGER_NOT_CHECKED
    }
}
