package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What of a CA's name constraints (RFC 5280 section 4.2.1.10) has to be known besides what the JDK's validator does with them.
 *
 * @param size how many subtrees it lists
 * @param excludedDnsNames the names of hosts below which nothing may be certified
 */
record NameConstraints(int size, List<String> excludedDnsNames) {
    static final String OBJECT_IDENTIFIER = "2.5.29.30";

    private static final int DNS_NAME = DerReader.primitive(2);
    private static final int PERMITTED = DerReader.constructed(0);
    private static final int EXCLUDED = DerReader.constructed(1);

    /** Reads the value of the extension. */
    static NameConstraints read(Bytes value) throws DerException {
        DerReader constraints = DerReader.of(value.toArray()).enter(DerReader.SEQUENCE, "NameConstraints");
        int size = 0;
        List<String> excludedDnsNames = new ArrayList<>();
        if (constraints.nextIs(PERMITTED)) {
            size += subtrees(constraints.enterNext("permittedSubtrees"), new ArrayList<>());
        }
        if (constraints.nextIs(EXCLUDED)) {
            size += subtrees(constraints.enterNext("excludedSubtrees"), excludedDnsNames);
        }
        constraints.expectEnd("NameConstraints");
        if (size == 0) {
            // RFC 5280 4.2.1.10: an empty sequence must not be issued; what it meant would be anybody's guess.
            throw new DerException(0, "NameConstraints lists nothing");
        }
        return new NameConstraints(size, List.copyOf(excludedDnsNames));
    }

    /**
     * Whether {@code hostName} is excluded. The validator compares the names in the certificate; a wildcard there can be outside of
     * what is excluded and still match a host within.
     */
    boolean exclude(String hostName) {
        String lower = hostName.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return excludedDnsNames.stream()
                .anyMatch(excluded -> excluded.isEmpty() || name.equals(excluded) || name.endsWith("." + excluded));
    }

    private static int subtrees(DerReader subtrees, List<String> dnsNames) throws DerException {
        int count = 0;
        while (subtrees.hasMore()) {
            DerReader subtree = subtrees.enter(DerReader.SEQUENCE, "GeneralSubtree");
            boolean isDnsName = subtree.nextIs(DNS_NAME);
            Bytes base = subtree.enterNext("base").rest();
            if (isDnsName) {
                dnsNames.add(new String(base.toArray(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
            }
            count++;
        }
        return count;
    }
}
