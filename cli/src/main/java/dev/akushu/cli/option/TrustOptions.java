package dev.akushu.cli.option;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.tls.Revocation;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which servers a client believes. */
public final class TrustOptions {
    @Option(names = "--ca", paramLabel = "FILE")
    private @Nullable Path authorities;

    @Option(names = "--revocation", paramLabel = "network|FILE")
    private String revocation = "";

    @Option(names = "--insecure")
    private boolean insecure;

    /** The trust that was asked for, by default the JDK's; says loudly if it is none. */
    public Trust trust(Console console) throws CommandFailure, TlsException {
        if (insecure && authorities != null) {
            throw console.words().misuse("excluding", "--ca", "--insecure");
        }
        if (insecure && !revocation.isEmpty()) {
            throw console.words().misuse("excluding", "--revocation", "--insecure");
        }
        if (insecure) {
            console.warn(console.words().text("connect.insecure"));
            return Trust.dangerAcceptAnyCertificate();
        }
        if (revocation.isEmpty()) {
            return authorities == null ? Trust.system() : Trust.pem(authorities);
        }
        Revocation known =
                revocation.equals("network") ? Revocation.network() : Revocation.listFile(Path.of(revocation));
        return authorities == null ? Trust.system(known) : Trust.pem(authorities, known);
    }
}
