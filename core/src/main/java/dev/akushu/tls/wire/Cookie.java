package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * cookie: what the server wants to get back, for it remembers nothing of the first ClientHello. RFC 9846 section 4.3.2.
 *
 * @param cookie at least one byte
 */
public record Cookie(Bytes cookie) implements Extension {
    static Cookie decode(WireReader in) throws TlsException {
        return new Cookie(in.vector16("cookie", 1, 0xffff));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.COOKIE;
    }

    @Override
    public void encode(WireWriter out) {
        out.vector16("cookie", cookie);
    }
}
