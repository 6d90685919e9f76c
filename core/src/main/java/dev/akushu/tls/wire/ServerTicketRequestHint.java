package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * ticket_request in EncryptedExtensions: how many tickets the server means to send. RFC 9149 section 3.
 *
 * @param expectedCount the number
 */
public record ServerTicketRequestHint(int expectedCount) implements Extension {
    static ServerTicketRequestHint decode(WireReader in) throws TlsException {
        return new ServerTicketRequestHint(in.u8("expected_count"));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.TICKET_REQUEST;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8("expected_count", expectedCount);
    }
}
