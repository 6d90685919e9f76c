package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * application_layer_protocol_negotiation in a ClientHello: the protocols that the client speaks, the most preferred
 * first. RFC 7301 section 3.1.
 *
 * @param protocolNameList the names, 1 to 255 bytes each, such as {@code h2}
 */
public record ProtocolNameList(List<Bytes> protocolNameList) implements Extension {
    /** Takes a copy of the list. */
    public ProtocolNameList {
        protocolNameList = List.copyOf(protocolNameList);
    }

    static ProtocolNameList decode(WireReader in) throws TlsException {
        return new ProtocolNameList(in.list("protocol_name_list", 2, 2, 0xffff, ProtocolNameList::decodeName));
    }

    static Bytes decodeName(WireReader in) throws TlsException {
        return in.vector8("ProtocolName", 1, 0xff, Bytes::printableAscii);
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION;
    }

    @Override
    public void encode(WireWriter out) {
        out.list("protocol_name_list", 2, protocolNameList, (to, name) -> to.vector8("ProtocolName", name));
    }
}
