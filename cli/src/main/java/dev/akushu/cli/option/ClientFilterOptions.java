package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.OidFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What a server wants to see in the certificates of clients. RFC 9846 section 4.3.5. */
public final class ClientFilterOptions {
    private static final String PURPOSE = "--client-purpose";
    private static final String KEY_USAGE = "--client-key-usage";

    @Option(names = PURPOSE, paramLabel = "OID")
    private List<String> purposes = List.of();

    @Option(names = KEY_USAGE, paramLabel = "NAME")
    private List<String> keyUsages = List.of();

    /** The filters, none if nothing was asked for; clients are asked for certificates only with {@code --client-ca}. */
    public OidFilter[] filters(boolean asksClients, Words words) throws CommandFailure {
        List<OidFilter> filters = new ArrayList<>();
        add(filters, PURPOSE, purposes, OidFilter::extendedKeyUsage, "1.3.6.1.5.5.7.3.4", words);
        add(filters, KEY_USAGE, keyUsages, OidFilter::keyUsage, "digitalSignature", words);
        if (!filters.isEmpty() && !asksClients) {
            throw words.misuse("needs", purposes.isEmpty() ? KEY_USAGE : PURPOSE, "--client-ca FILE");
        }
        return filters.toArray(OidFilter[]::new);
    }

    private static void add(
            List<OidFilter> filters,
            String option,
            List<String> values,
            Function<String[], OidFilter> filter,
            String example,
            Words words)
            throws CommandFailure {
        if (values.isEmpty()) {
            return;
        }
        try {
            filters.add(filter.apply(values.toArray(String[]::new)));
        } catch (IllegalArgumentException wrong) {
            throw words.misuse("bad_value", String.join(" ", values), option, example);
        }
    }
}
