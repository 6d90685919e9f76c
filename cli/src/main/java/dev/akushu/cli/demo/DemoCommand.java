package dev.akushu.cli.demo;

import dev.akushu.cli.console.Command;
import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Manner;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.MannerOptions;
import dev.akushu.cli.option.Names;
import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.tls.NamedGroup;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows a full handshake and a resumption between a server and a client of our own. */
@CommandLine.Command(name = "demo")
public final class DemoCommand implements Command {
    @Option(names = "--client-auth")
    private boolean clientAuth;

    @Option(names = "--group", paramLabel = "NAME")
    private String group = "";

    @Option(names = "--suite", paramLabel = "NAME")
    private String suite = "";

    @Option(names = "--key", paramLabel = "ec|rsa|ed25519")
    private String key = "ec";

    @Option(names = "--hrr")
    private boolean helloRetryRequest;

    @Option(names = {"-v", "--verbose"})
    private boolean verbose;

    @Mixin
    private final MannerOptions manner = new MannerOptions();

    @Override
    public Manner manner() {
        return manner.manner();
    }

    @Override
    public void run(Console console) throws CommandFailure, IOException {
        Words words = console.words();
        Cast cast = Cast.of(keyType(words), clientAuth, policies(words));
        new Demo(cast, verbose, console).play();
    }

    private Policies policies(Words words) throws CommandFailure {
        Policies policies = Policies.usual();
        if (!suite.isEmpty()) {
            policies = policies.onlySuite(Names.suite(suite, words));
        }
        if (helloRetryRequest) {
            return policies.withRetry(group.isEmpty() ? NamedGroup.SECP384R1 : Names.group(group, words));
        }
        return group.isEmpty() ? policies : policies.onlyGroup(Names.group(group, words));
    }

    private KeyType keyType(Words words) throws CommandFailure {
        for (KeyType type : KeyType.values()) {
            if (type.name().equalsIgnoreCase(key)) {
                return type;
            }
        }
        throw words.misuse("unknown_key_type", key, keyTypes());
    }

    private static String keyTypes() {
        return Arrays.stream(KeyType.values())
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
