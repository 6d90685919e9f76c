package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * psk_key_exchange_modes in a ClientHello: how the client will use pre-shared keys, these and those of later tickets.
 * RFC 9846 section 4.3.9.
 *
 * @param keModes the modes
 */
public record PskKeyExchangeModes(List<PskKeyExchangeMode> keModes) implements Extension {
    /** Takes a copy of the list. */
    public PskKeyExchangeModes {
        keModes = List.copyOf(keModes);
    }

    static PskKeyExchangeModes decode(WireReader in) throws TlsException {
        return new PskKeyExchangeModes(
                in.list("ke_modes", 1, 1, 0xff, one -> one.u8("PskKeyExchangeMode", PskKeyExchangeMode::of)));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.PSK_KEY_EXCHANGE_MODES;
    }

    @Override
    public void encode(WireWriter out) {
        out.list("ke_modes", 1, keModes, (to, mode) -> to.u8("PskKeyExchangeMode", mode.code()));
    }
}
