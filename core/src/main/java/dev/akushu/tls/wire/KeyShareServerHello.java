package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * key_share in a ServerHello: the server's public value, in a group of the client's. RFC 9846 section 4.3.8.
 *
 * @param serverShare the share
 */
public record KeyShareServerHello(KeyShareEntry serverShare) implements Extension {
    static KeyShareServerHello decode(WireReader in) throws TlsException {
        return new KeyShareServerHello(KeyShareEntry.decode(in));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.KEY_SHARE;
    }

    @Override
    public void encode(WireWriter out) {
        serverShare.encode(out);
    }
}
