package dev.akushu.tls.client;

import dev.akushu.tls.CertificateType;

/**
 * What each end shows if it shows anything: certificates, or a public key alone. RFC 7250.
 *
 * @param client what the client shows
 * @param server what the server shows
 */
record CertificateTypes(CertificateType client, CertificateType server) {
    /** What counts where nothing else was negotiated. */
    static final CertificateTypes X509 = new CertificateTypes(CertificateType.X509, CertificateType.X509);
}
