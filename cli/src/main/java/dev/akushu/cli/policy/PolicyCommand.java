package dev.akushu.cli.policy;

import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.MannerOptions;
import dev.akushu.cli.option.Names;
import dev.akushu.tls.Policy;
import dev.akushu.tls.PolicyCheck;
import dev.akushu.tls.crypto.Crypto;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a policy allows, and whether peers with another one could shake hands with it. */
@CommandLine.Command(name = "policy")
public final class PolicyCommand implements Command {
    @Parameters(paramLabel = "NAME", arity = "0..1", descriptionKey = "policy_name")
    private String name = "";

    @Option(names = "--peer", paramLabel = "NAME")
    private String peer = "";

    @Mixin
    private final MannerOptions manner = new MannerOptions();

    @Override
    public Manner manner() {
        return manner.manner();
    }

    @Override
    public void run(Console console) throws CommandFailure {
        Words words = console.words();
        Policy policy = name.isEmpty() ? Policy.named().getFirst() : Names.policy(name, words);
        Policy other = peer.isEmpty() ? policy : Names.policy(peer, words);
        PolicyCheck alone = PolicyCheck.of(policy, Crypto.ownCurves(), List.of());
        show(policy, console);
        show(alone.findings(), policy, console);
        if (peer.isEmpty()) {
            return;
        }
        List<PolicyCheck.Finding> all = alone.between(policy, other).findings();
        List<PolicyCheck.Finding> together = all.subList(alone.findings().size(), all.size());
        show(together, policy, console);
        if (!together.isEmpty()) {
            throw words.failure(ExitCode.CONDITION, "policies_apart", policy.name(), other.name());
        }
        console.print(words.text("policy.agree", policy.name(), other.name()));
    }

    private static void show(Policy policy, Console console) {
        console.event(JsonLine.event("policy")
                .with("name", policy.name())
                .with("suites", names(policy.suites()))
                .with("groups", names(policy.groups()))
                .with("key_shares", names(policy.keyShares()))
                .with("schemes", names(policy.signatureSchemes()))
                .with("certificate_schemes", names(policy.certificateSchemes())));
        console.print(policy.name());
        show("policy.suites", policy.suites(), console);
        show("policy.groups", policy.groups(), console);
        show("policy.key_shares", policy.keyShares(), console);
        show("policy.schemes", policy.signatureSchemes(), console);
        show("policy.certificate_schemes", policy.certificateSchemes(), console);
    }

    private static void show(String key, List<?> values, Console console) {
        String list = values.stream().map(Object::toString).collect(Collectors.joining(", "));
        console.print("  " + console.words().text(key, list));
    }

    private static void show(List<PolicyCheck.Finding> findings, Policy policy, Console console) {
        for (PolicyCheck.Finding finding : findings) {
            console.event(JsonLine.event("finding")
                    .with("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                    .with("subject", finding.subject()));
            console.print(console.words().text("policy." + finding.kind(), policy.name(), finding.subject()));
        }
    }

    private static List<String> names(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
