package dev.akushu.cli.option;

import dev.akushu.tls.Revocation;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By what it is known which certificates of peers were revoked. */
public final class RevocationOption {
    /** Its name. */
    public static final String NAME = "--revocation";

    @Option(names = NAME, paramLabel = "network|FILE")
    private String revocation = "";

    /** Whether it was given. */
    public boolean given() {
        return !revocation.isEmpty();
    }

    /** Trusts {@code authorities}, or those of the JDK if it is null, in certificates that were not revoked. */
    public Trust trust(@Nullable Path authorities) throws TlsException {
        if (!given()) {
            return authorities == null ? Trust.system() : Trust.pem(authorities);
        }
        Revocation known =
                revocation.equals("network") ? Revocation.network() : Revocation.listFile(Path.of(revocation));
        return authorities == null ? Trust.system(known) : Trust.pem(authorities, known);
    }
}
