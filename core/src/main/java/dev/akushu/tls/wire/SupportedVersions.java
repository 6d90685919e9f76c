package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * supported_versions in a ClientHello: the versions that the client speaks, the most preferred first. RFC 9846 section
 * 4.3.1.
 *
 * @param versions the versions
 */
public record SupportedVersions(List<ProtocolVersion> versions) implements Extension {
    /** Takes a copy of the list. */
    public SupportedVersions {
        versions = List.copyOf(versions);
    }

    static SupportedVersions decode(WireReader in) throws TlsException {
        return new SupportedVersions(in.codes("versions", 1, 2, 254, "ProtocolVersion", ProtocolVersion::of));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.SUPPORTED_VERSIONS;
    }

    @Override
    public void encode(WireWriter out) {
        out.list("versions", 1, versions, (to, version) -> to.u16("ProtocolVersion", version.code()));
    }
}
