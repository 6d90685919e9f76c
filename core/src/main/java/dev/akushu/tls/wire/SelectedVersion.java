package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;

/**
 * supported_versions in a ServerHello or HelloRetryRequest: the server's choice. RFC 9846 section 4.3.1.
 *
 * @param selectedVersion the version
 */
public record SelectedVersion(ProtocolVersion selectedVersion) implements Extension {
    static SelectedVersion decode(WireReader in) throws TlsException {
        return new SelectedVersion(in.u16("selected_version", ProtocolVersion::of));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.SUPPORTED_VERSIONS;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16("selected_version", selectedVersion.code());
    }
}
