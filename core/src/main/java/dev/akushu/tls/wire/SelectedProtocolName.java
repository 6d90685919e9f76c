package dev.akushu.tls.wire;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * application_layer_protocol_negotiation in EncryptedExtensions: the server's choice. RFC 7301 section 3.1.
 *
 * @param protocolName the name, 1 to 255 bytes
 */
public record SelectedProtocolName(Bytes protocolName) implements Extension {
    static SelectedProtocolName decode(WireReader in) throws TlsException {
        WireReader names = in.sub("protocol_name_list", 2, 2, 0xffff);
        Bytes name = ProtocolNameList.decodeName(names);
        // RFC 7301 3.1: the list MUST contain exactly one name.
        names.expectEnd("protocol_name_list");
        return new SelectedProtocolName(name);
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION;
    }

    @Override
    public void encode(WireWriter out) {
        int list = out.begin(2);
        out.vector8("ProtocolName", protocolName);
        out.end("protocol_name_list", 2, list);
    }
}
