package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * quic_transport_parameters: carried for QUIC, which reads them itself. RFC 9001 section 8.2.
 *
 * @param parameters in QUIC's encoding, RFC 9000 section 18
 */
public record QuicTransportParameters(Bytes parameters) implements Extension {
    static QuicTransportParameters decode(WireReader in) throws TlsException {
        return new QuicTransportParameters(in.rest("transport_parameters"));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.QUIC_TRANSPORT_PARAMETERS;
    }

    @Override
    public void encode(WireWriter out) {
        out.fixed("transport_parameters", parameters);
    }
}
