package dev.akushu.tls.wire;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.TlsException;
import java.util.List;

/**
 * supported_groups: the groups for the key exchange, the most preferred first. In EncryptedExtensions a hint for later
 * connections. RFC 9846 section 4.3.7.
 *
 * @param namedGroupList the groups
 */
public record SupportedGroups(List<NamedGroup> namedGroupList) implements Extension {
    /** Takes a copy of the list. */
    public SupportedGroups {
        namedGroupList = List.copyOf(namedGroupList);
    }

    static SupportedGroups decode(WireReader in) throws TlsException {
        return new SupportedGroups(in.codes("named_group_list", 2, 2, 0xffff, "NamedGroup", NamedGroup::of));
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.SUPPORTED_GROUPS;
    }

    @Override
    public void encode(WireWriter out) {
        out.list("named_group_list", 2, namedGroupList, (to, group) -> to.u16("NamedGroup", group.code()));
    }
}
