package dev.akushu.cli.serve;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.Throwaway;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Identity;
import dev.akushu.tls.IdentitySource;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the server is.
 *
 * @param identities its certificates and keys; none if it has pre-shared keys alone
 * @param source chooses the identity in each handshake; null if there is none
 * @param psks pre-shared keys of clients
 * @param throwaway what the identity is of, if it is not the user's own; else null
 */
record Credentials(
        List<Identity> identities,
        @Nullable IdentitySource source,
        List<ExternalPsk> psks,
        @Nullable Throwaway throwaway)
        implements AutoCloseable {
    private static final List<String> LOOPBACK_NAMES = List.of("localhost", "127.0.0.1", "::1");
    private static final List<String> WILDCARDS = List.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    /** The user's own, which may be replaced while the server runs. */
    static Credentials of(RenewableIdentities files) {
        return new Credentials(files.current(), files, List.of(), null);
    }

    /** Pre-shared keys, at least one, and no certificate. */
    static Credentials keysAlone(List<ExternalPsk> psks) {
        return new Credentials(List.of(), null, psks, null);
    }

    /** The same with pre-shared keys too. */
    Credentials with(List<ExternalPsk> added) {
        return new Credentials(identities, source, added, throwaway);
    }

    /** Begins a server that is this. */
    TlsServer.Builder builder() {
        PskSource keys = PskSource.of(psks);
        if (source == null) {
            return TlsServer.pskBuilder(keys);
        }
        TlsServer.Builder server = TlsServer.builder(source);
        return psks.isEmpty() ? server : server.externalPsks(keys);
    }

    /**
     * A fresh one, by an authority whose certificate is written to a file so that clients can trust it.
     *
     * @param host that is listened on, which the certificate names besides the names of loopback
     * @param file where to; null for a new file among the temporary ones
     */
    static Credentials throwaway(String host, @Nullable Path file, Words words) throws CommandFailure, IOException {
        List<String> names = new ArrayList<>(LOOPBACK_NAMES);
        if (!names.contains(host) && !WILDCARDS.contains(host)) {
            names.add(host);
        }
        Throwaway made = Throwaway.create(names, file, words);
        List<Identity> identities = List.of(made.identity());
        return new Credentials(identities, IdentitySource.among(identities), List.of(), made);
    }

    /** Says where the server is and how to reach it. */
    void announce(ServerSocket door, ContentOptions content, Console console) throws TlsException {
        Words words = console.words();
        int port = door.getLocalPort();
        console.event(JsonLine.event("listening").with("port", port));
        if (identities.isEmpty()) {
            console.event(describe(null));
        }
        identities.forEach(identity -> console.event(describe(identity)));
        console.print(words.text("serve.listening", door.getInetAddress().getHostAddress(), port));
        console.print(words.text(content.description()));
        for (Identity identity : identities) {
            console.print(words.text("serve.identity", identity.subject(), String.join(", ", identity.names())));
            RenewableIdentities.warnOfTimes(identity, console);
        }
        if (!psks.isEmpty()) {
            console.print(words.text(identities.isEmpty() ? "serve.psk_only" : "serve.psks", psks.size()));
        }
        if (throwaway != null) {
            Path file = throwaway.authorityFile();
            console.print(words.text("serve.throwaway", file));
            console.print(words.text("serve.try", "./akushu connect localhost:" + port + " --ca " + file));
        }
        if (!door.getInetAddress().isLoopbackAddress()) {
            console.print(words.text("serve.public"));
        }
        console.print(words.text("serve.stop"));
    }

    private JsonLine describe(@Nullable Identity identity) {
        return JsonLine.event("identity")
                .with("subject", identity == null ? null : identity.subject())
                .with("names", identity == null ? List.of() : identity.names())
                .with("ca", throwaway == null ? null : throwaway.authorityFile().toString())
                .with("psks", psks.size());
    }

    @Override
    public void close() throws IOException {
        if (throwaway != null) {
            throwaway.close();
        }
    }
}
