package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;

/**
 * signed_certificate_timestamp in a ClientHello or CertificateRequest: timestamps of certificate logs are welcome. No
 * data. RFC 6962 section 3.3.1, RFC 9846 section 4.5.1.1.
 */
public record SignedCertificateTimestampRequest() implements Extension {
    static SignedCertificateTimestampRequest decode(WireReader in) {
        return new SignedCertificateTimestampRequest();
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP;
    }

    @Override
    public void encode(WireWriter out) {
        // RFC 6962 3.3.1: the request has an empty extension_data.
    }
}
