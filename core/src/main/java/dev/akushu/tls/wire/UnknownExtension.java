package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * An extension that is carried but not read: of a type that is not recognised, GREASE too, or in a form that says
 * nothing to TLS 1.3. RFC 9846 section 4.3.
 *
 * @param type its type
 * @param data its data
 */
public record UnknownExtension(ExtensionType type, Bytes data) implements Extension {
    static UnknownExtension decode(ExtensionType type, WireReader block) throws TlsException {
        return new UnknownExtension(type, block.vector16("extension_data", 0, 0xffff));
    }

    @Override
    public void encode(WireWriter out) {
        out.fixed("extension_data", data);
    }
}
