package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.Policy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import picocli.CommandLine.Option;

/** What may be negotiated. */
public final class NegotiationOptions {
    private static final int LONGEST_PROTOCOL_NAME = 255;
    private static final String PSK_KE = "--danger-psk-ke";

    @Option(names = "--policy", paramLabel = "NAME")
    private String policyName = "";

    @Option(names = "--groups", paramLabel = "LIST")
    private String groups = "";

    @Option(names = "--suites", paramLabel = "LIST")
    private String suites = "";

    @Option(names = PSK_KE)
    private boolean pskKe;

    @Option(names = "--alpn", paramLabel = "LIST")
    private String protocols = "";

    /** The policy that was named, or the default, with the groups and suites that were asked for. */
    public Policy policy(Words words) throws CommandFailure {
        Policy policy = policyName.isEmpty() ? Policy.named().getFirst() : Names.policy(policyName, words);
        if (!groups.isEmpty()) {
            policy = policy.withGroups(Names.groups(groups, words));
        }
        if (!suites.isEmpty()) {
            policy = policy.withSuites(Names.suites(suites, words));
        }
        return pskKe ? policy.dangerWithPskKe() : policy;
    }

    /** Says loudly what is given up. */
    public void warn(Console console) {
        if (pskKe) {
            console.warn(console.words().text("psk.ke"));
        }
    }

    /** The application protocols, best first; none if none were asked for. */
    public List<String> applicationProtocols(Words words) throws CommandFailure {
        if (protocols.isEmpty()) {
            return List.of();
        }
        List<String> names =
                Arrays.stream(protocols.split(",", -1)).map(String::strip).toList();
        for (String name : names) {
            // RFC 7301 3.1: a ProtocolName has 1 to 255 bytes.
            int length = name.getBytes(StandardCharsets.UTF_8).length;
            if (length < 1
                    || length > LONGEST_PROTOCOL_NAME
                    || !StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
                throw words.misuse("bad_alpn", name);
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw words.misuse("named_twice", "--alpn", protocols);
        }
        return names;
    }
}
