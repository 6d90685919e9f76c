package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.TlsException;

/**
 * key_share in a HelloRetryRequest: the group that the server wants a share for. RFC 9846 section 4.3.8.
 *
 * @param selectedGroup the group
 */
public record KeyShareHelloRetryRequest(NamedGroup selectedGroup) implements Extension {
    static KeyShareHelloRetryRequest decode(WireReader in) throws TlsException {
        return new KeyShareHelloRetryRequest(in.u16("selected_group", NamedGroup::of));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.KEY_SHARE;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16("selected_group", selectedGroup.code());
    }
}
