package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * key_share in a ClientHello: the client's public values. RFC 9846 section 4.3.8.
 *
 * @param clientShares one for each of some groups, the most preferred first; empty to have the server choose a group
 */
public record KeyShareClientHello(List<KeyShareEntry> clientShares) implements Extension {
    /** Takes a copy of the list. */
    public KeyShareClientHello {
        clientShares = List.copyOf(clientShares);
    }

    static KeyShareClientHello decode(WireReader in) throws TlsException {
        return new KeyShareClientHello(in.list("client_shares", 2, 0, 0xffff, KeyShareEntry::decode));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.KEY_SHARE;
    }

    @Override
    public void encode(WireWriter out) {
        out.list("client_shares", 2, clientShares, (to, share) -> share.encode(to));
    }
}
