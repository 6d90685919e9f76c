package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;

/**
 * early_data: in a ClientHello, early data follows; in EncryptedExtensions, the server takes it. No data. RFC 9846
 * section 4.3.10.
 */
public record EarlyDataIndication() implements Extension {
    static EarlyDataIndication decode(WireReader in) {
        return new EarlyDataIndication();
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.EARLY_DATA;
    }

    @Override
    public void encode(WireWriter out) {
        // RFC 9846 4.3.10: Empty in these two messages.
    }
}
