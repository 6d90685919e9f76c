package dev.akushu.cli;

import dev.akushu.cli.connect.ConnectCommand;
import dev.akushu.cli.crypto.CryptoCommand;
import dev.akushu.cli.demo.DemoCommand;
import dev.akushu.cli.keys.KeysCommand;
import dev.akushu.cli.lab.LabCommand;
import dev.akushu.cli.policy.PolicyCommand;
import dev.akushu.cli.serve.ServeCommand;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What the program can do, in the order in which its help tells of it. */
enum Subcommand {
    DEMO(DemoCommand::new),
    CONNECT(ConnectCommand::new),
    SERVE(ServeCommand::new),
    KEYS(KeysCommand::new),
    LAB(LabCommand::new),
    CRYPTO(CryptoCommand::new),
    POLICY(PolicyCommand::new);

    private final Supplier<Object> maker;

    Subcommand(Supplier<Object> maker) {
        this.maker = maker;
    }

    /**
     * Those that the parser has to know. Where the first argument names one, all others are its own, so that the parser need not read the options of any other command, which every start would wait for. Else it
     * knows them all, for the help and for whoever has mistyped a name.
     */
    static List<Subcommand> neededFor(String... arguments) {
        List<Subcommand> all = List.of(values());
        List<Subcommand> named = all.stream()
                .filter(command -> arguments.length > 0 && command.word().equals(arguments[0]))
                .toList();
        return named.isEmpty() ? all : named;
    }

    /** How it is called on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A new one, which the parser fills. */
    Object create() {
        return maker.get();
    }
}
