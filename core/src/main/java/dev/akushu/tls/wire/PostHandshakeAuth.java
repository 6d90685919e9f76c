package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;

/**
 * post_handshake_auth in a ClientHello: the server may ask for a certificate after the handshake. No data. RFC 9846
 * section 4.3.6.
 */
public record PostHandshakeAuth() implements Extension {
    static PostHandshakeAuth decode(WireReader in) {
        return new PostHandshakeAuth();
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.POST_HANDSHAKE_AUTH;
    }

    @Override
    public void encode(WireWriter out) {
        // RFC 9846 4.3.6: struct {} PostHandshakeAuth.
    }
}
