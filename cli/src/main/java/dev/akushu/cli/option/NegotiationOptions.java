package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Words;
import dev.akushu.tls.Identity;
import dev.akushu.tls.Policy;
import dev.akushu.tls.PolicyCheck;
import dev.akushu.tls.crypto.Crypto;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    @Option(names = "--schemes", paramLabel = "LIST")
    private String schemes = "";

    @Option(names = "--certificate-schemes", paramLabel = "LIST")
    private String certificateSchemes = "";

    @Option(names = PSK_KE)
    private boolean pskKe;

    @Option(names = "--alpn", paramLabel = "LIST")
    private @Nullable String protocols;

    /** The policy that was named, or the default, with the groups, suites and schemes that were asked for. */
    public Policy policy(Words words) throws CommandFailure {
        Policy policy = policyName.isEmpty() ? Policy.named().getFirst() : Names.policy(policyName, words);
        if (!groups.isEmpty()) {
            policy = policy.withGroups(Names.groups(groups, words));
        }
        if (!suites.isEmpty()) {
            policy = policy.withSuites(Names.suites(suites, words));
        }
        if (!schemes.isEmpty()) {
            policy = policy.withSignatureSchemes(Names.handshakeSchemes(schemes, words));
        }
        if (!certificateSchemes.isEmpty()) {
            policy = policy.withCertificateSchemes(Names.certificateSchemes(certificateSchemes, words));
        }
        return pskKe ? policy.dangerWithPskKe() : policy;
    }

    /** Says loudly what is given up, and what the policy would refuse of this end itself: that is better known before a peer meets it. */
    public void warn(Crypto crypto, List<Identity> shown, Console console) throws CommandFailure {
        Words words = console.words();
        if (pskKe) {
            console.warn(words.text("psk.ke"));
        }
        Policy policy = policy(words);
        for (PolicyCheck.Finding finding : PolicyCheck.of(policy, crypto, shown).findings()) {
            console.warn(words.text("policy." + finding.kind(), policy.name(), finding.subject()));
        }
    }

    /** The application protocols, best first; none if none were asked for. */
    public List<String> applicationProtocols(Words words) throws CommandFailure {
        if (protocols == null) {
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
