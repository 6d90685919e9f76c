package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;

/** server_name in EncryptedExtensions: the server made use of the name. No data. RFC 6066 section 3. */
public record ServerNameAck() implements Extension {
    static ServerNameAck decode(WireReader in) {
        return new ServerNameAck();
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.SERVER_NAME;
    }

    @Override
    public void encode(WireWriter out) {
        // RFC 6066 3: the extension_data field of this extension SHALL be empty.
    }
}
