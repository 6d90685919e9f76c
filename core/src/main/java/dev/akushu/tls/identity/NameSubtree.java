package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.util.List;

/**
 * One entry of name constraints: a name, and all that counts as beneath it. RFC 5280 section 4.2.1.10 says for each kind
 * of name what beneath means.
 *
 * @param tag the kind of name, as in {@link GeneralName}
 * @param parts as {@link ComparableName#parts}; a host may have a dot in front, and may be empty for all DNS names
 * @param network an address and its mask; empty for other kinds
 */
record NameSubtree(int tag, List<String> parts, Bytes network) {
    /** Reads {@code base}, and refuses what could only be guessed at. */
    static NameSubtree of(GeneralName base) throws DerException {
        return switch (base.tag()) {
            case GeneralName.IP_ADDRESS -> network(base.value());
            case GeneralName.DNS_NAME -> ofParts(base, base.value().isEmpty() ? List.of("") : host(base));
            case GeneralName.RFC822_NAME ->
                ofParts(base, base.ascii().contains("@") ? ComparableName.mailbox(base) : host(base));
            case GeneralName.URI -> ofParts(base, host(base));
            case GeneralName.DIRECTORY_NAME -> ofParts(base, ComparableName.relativeNames(base.value()));
            // Of other kinds only the kind matters: a name of that kind is refused.
            default -> ofParts(base, List.of());
        };
    }

    /** Whether {@code name}, which is of this kind, is beneath. */
    boolean contains(ComparableName name) {
        return switch (tag) {
            case GeneralName.DNS_NAME -> isBeneath(name.parts().getFirst());
            case GeneralName.IP_ADDRESS -> isInNetwork(name.address());
            case GeneralName.DIRECTORY_NAME ->
                name.parts().size() >= parts.size()
                        && name.parts().subList(0, parts.size()).equals(parts);
            case GeneralName.RFC822_NAME ->
                parts.size() == 2
                        ? name.parts().equals(parts)
                        : isHost(name.parts().getLast());
            case GeneralName.URI -> isHost(name.parts().getFirst());
            default -> throw new IllegalStateException("a name with the tag " + tag + " cannot be compared");
        };
    }

    private boolean isBeneath(String host) {
        String base = parts.getFirst();
        // A leading dot has no meaning in RFC 5280, but CAs write it, and all stacks take it for "beneath, not itself".
        return base.isEmpty() || isHost(host) || (!base.startsWith(".") && host.endsWith("." + base));
    }

    /** With the dot all hosts of a domain are meant, without it one host. */
    private boolean isHost(String host) {
        String base = parts.getFirst();
        return base.startsWith(".") ? host.endsWith(base) : host.equals(base);
    }

    private boolean isInNetwork(Bytes address) {
        if (network.length() != 2 * address.length()) {
            return false;
        }
        for (int i = 0; i < address.length(); i++) {
            int mask = network.at(address.length() + i);
            if ((address.at(i) & mask) != (network.at(i) & mask)) {
                return false;
            }
        }
        return true;
    }

    private static NameSubtree network(Bytes value) throws DerException {
        if (value.length() != 8 && value.length() != 32) {
            throw new DerException(0, "a constraint on addresses has " + value.length() + " bytes, neither 8 nor 32");
        }
        boolean inNetwork = true;
        for (int bit = 0; bit < value.length() * 4; bit++) {
            boolean set = (value.at(value.length() / 2 + bit / 8) >> (7 - bit % 8) & 1) != 0;
            // RFC 4632 3.1: the ones of a mask stand together at its left.
            if (set && !inNetwork) {
                throw new DerException(0, "a constraint on addresses has a mask with gaps");
            }
            inNetwork = set;
        }
        return new NameSubtree(GeneralName.IP_ADDRESS, List.of(), value);
    }

    private static List<String> host(GeneralName base) throws DerException {
        String host = base.ascii();
        boolean wellFormed = HostNames.isName(host.startsWith(".") ? host.substring(1) : host);
        ComparableName.expect(wellFormed, "a constraint is no name of a host", base);
        return List.of(ComparableName.lower(host));
    }

    private static NameSubtree ofParts(GeneralName base, List<String> parts) {
        return new NameSubtree(base.tag(), List.copyOf(parts), Bytes.empty());
    }
}
