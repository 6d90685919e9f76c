package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;

/**
 * status_request in a CertificateRequest: the server would like an OCSP response with the client's certificate. No
 * data. RFC 9846 section 4.5.1.1.
 */
public record EmptyStatusRequest() implements Extension {
    static EmptyStatusRequest decode(WireReader in) {
        return new EmptyStatusRequest();
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.STATUS_REQUEST;
    }

    @Override
    public void encode(WireWriter out) {
        // RFC 9846 4.5.1.1: an empty "status_request" extension.
    }
}
