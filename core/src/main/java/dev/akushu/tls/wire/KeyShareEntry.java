package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.TlsException;

/**
 * The public half of a key exchange. RFC 9846 section 4.3.8.
 *
 * @param group the group or KEM
 * @param keyExchange the public value in the group's encoding
 */
public record KeyShareEntry(NamedGroup group, Bytes keyExchange) {
    static KeyShareEntry decode(WireReader in) throws TlsException {
        return new KeyShareEntry(in.u16("group", NamedGroup::of), in.vector16("key_exchange", 1, 0xffff));
    }

    void encode(WireWriter out) {
        out.u16("group", group.code());
        out.vector16("key_exchange", keyExchange);
    }
}
