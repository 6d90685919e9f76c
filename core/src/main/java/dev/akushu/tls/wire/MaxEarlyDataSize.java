package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * early_data in a NewSessionTicket: the ticket is good for early data. RFC 9846 sections 4.3.10 and 4.7.1.
 *
 * @param maxEarlyDataSize how many bytes of it at most, 32 bits
 */
public record MaxEarlyDataSize(long maxEarlyDataSize) implements Extension {
    static MaxEarlyDataSize decode(WireReader in) throws TlsException {
        return new MaxEarlyDataSize(in.u32("max_early_data_size"));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.EARLY_DATA;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32("max_early_data_size", maxEarlyDataSize);
    }
}
