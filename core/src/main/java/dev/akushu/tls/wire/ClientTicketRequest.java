package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * ticket_request in a ClientHello: how many tickets the client would like. RFC 9149 section 3.
 *
 * @param newSessionCount after a full handshake
 * @param resumptionCount after a resumption
 */
public record ClientTicketRequest(int newSessionCount, int resumptionCount) implements Extension {
    static ClientTicketRequest decode(WireReader in) throws TlsException {
        return new ClientTicketRequest(in.u8("new_session_count"), in.u8("resumption_count"));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.TICKET_REQUEST;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8("new_session_count", newSessionCount);
        out.u8("resumption_count", resumptionCount);
    }
}
