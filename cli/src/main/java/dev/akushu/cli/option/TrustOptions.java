package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which servers a client believes. */
public final class TrustOptions {
    private static final String AGAIN = "--verify-before-resuming";

    @Option(names = "--ca", paramLabel = "FILE")
    private @Nullable Path authorities;

    @Mixin
    private final RevocationOption revocation = new RevocationOption();

    @Option(names = "--insecure")
    private boolean insecure;

    @Option(names = AGAIN)
    private boolean beforeResuming;

    /** The trust that was asked for, by default the JDK's; says loudly if it is none. */
    public Trust trust(Console console) throws CommandFailure, TlsException {
        if (insecure && authorities != null) {
            throw console.words().misuse("excluding", "--ca", "--insecure");
        }
        if (insecure && revocation.given()) {
            throw console.words().misuse("excluding", RevocationOption.NAME, "--insecure");
        }
        if (insecure && beforeResuming) {
            throw console.words().misuse("excluding", AGAIN, "--insecure");
        }
        if (insecure) {
            console.warn(console.words().text("connect.insecure"));
            return Trust.dangerAcceptAnyCertificate();
        }
        return revocation.trust(authorities);
    }

    /** Whether a server is judged again before its ticket is used. */
    public boolean beforeResuming() {
        return beforeResuming;
    }
}
