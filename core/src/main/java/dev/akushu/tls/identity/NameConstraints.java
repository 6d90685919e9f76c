package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Which names a CA may certify, RFC 5280 section 4.2.1.10.
 *
 * @param permitted for each kind of name that is listed, a name must be within one of them
 * @param excluded a name must be within none of them
 */
record NameConstraints(List<NameSubtree> permitted, List<NameSubtree> excluded) {
    static final String OBJECT_IDENTIFIER = "2.5.29.30";

    private static final int PERMITTED = DerReader.constructed(0);
    private static final int EXCLUDED = DerReader.constructed(1);

    /** Reads the value of the extension. */
    static NameConstraints read(Bytes value) throws DerException {
        DerReader whole = DerReader.of(value.toArray());
        DerReader constraints = whole.enter(DerReader.SEQUENCE, "NameConstraints");
        whole.expectEnd("NameConstraints");
        List<NameSubtree> permitted =
                constraints.nextIs(PERMITTED) ? subtrees(constraints.enterNext("permittedSubtrees")) : List.of();
        List<NameSubtree> excluded =
                constraints.nextIs(EXCLUDED) ? subtrees(constraints.enterNext("excludedSubtrees")) : List.of();
        constraints.expectEnd("NameConstraints");
        if (permitted.isEmpty() && excluded.isEmpty()) {
            // RFC 5280 4.2.1.10: an empty sequence must not be issued; what it meant would be anybody's guess.
            throw new DerException(0, "NameConstraints lists nothing");
        }
        return new NameConstraints(permitted, excluded);
    }

    /** How many subtrees each name is compared with. */
    int size() {
        return permitted.size() + excluded.size();
    }

    /**
     * Whether {@code name} may be certified.
     *
     * @throws DerException if a name of this kind is constrained, and this one cannot be compared
     */
    boolean allow(GeneralName name) throws DerException {
        return !exclude(name) && (!constrains(permitted, name) || contains(permitted, name));
    }

    /** Whether {@code name} is within an excluded subtree. */
    boolean exclude(GeneralName name) throws DerException {
        return constrains(excluded, name) && contains(excluded, name);
    }

    /** Whether {@code wildcard} would stand for an excluded host that it is not beneath. */
    boolean excludesBehind(String wildcard) {
        SubjectAltNames presented = new SubjectAltNames(List.of(wildcard), List.of());
        return excluded.stream()
                .filter(subtree -> subtree.tag() == GeneralName.DNS_NAME)
                .anyMatch(subtree ->
                        HostNames.match(subtree.parts().getFirst(), presented).isPresent());
    }

    private static boolean constrains(List<NameSubtree> subtrees, GeneralName name) {
        return subtrees.stream().anyMatch(subtree -> subtree.tag() == name.tag());
    }

    private static boolean contains(List<NameSubtree> subtrees, GeneralName name) throws DerException {
        ComparableName comparable = ComparableName.of(name);
        return subtrees.stream().anyMatch(subtree -> subtree.tag() == name.tag() && subtree.contains(comparable));
    }

    private static List<NameSubtree> subtrees(DerReader in) throws DerException {
        List<NameSubtree> subtrees = new ArrayList<>();
        while (in.hasMore()) {
            DerReader subtree = in.enter(DerReader.SEQUENCE, "GeneralSubtree");
            subtrees.add(NameSubtree.of(GeneralName.next(subtree)));
            // RFC 5280 4.2.1.10: minimum is zero, which DER leaves out, and maximum is absent.
            subtree.expectEnd("GeneralSubtree");
        }
        return List.copyOf(subtrees);
    }
}
