package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * pre_shared_key in a ServerHello: the key that the server chose. RFC 9846 section 4.3.11.
 *
 * @param selectedIdentity the index among the identities of {@link OfferedPsks}, from 0
 */
public record SelectedPsk(int selectedIdentity) implements Extension {
    static SelectedPsk decode(WireReader in) throws TlsException {
        return new SelectedPsk(in.u16("selected_identity"));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.PRE_SHARED_KEY;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16("selected_identity", selectedIdentity);
    }
}
