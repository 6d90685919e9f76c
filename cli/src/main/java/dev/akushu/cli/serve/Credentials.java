package dev.akushu.cli.serve;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.console.Words;
import dev.akushu.lab.throwaway.KeyType;
import dev.akushu.lab.throwaway.ThrowawayCa;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Identity;
import dev.akushu.tls.PskSource;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the server is.
 *
 * @param identity its certificate and key; null if it has pre-shared keys alone
 * @param psks pre-shared keys of clients
 * @param authorityFile where the certificate of the throwaway authority is that certified it; null if it is the user's own
 * @param temporary whether that file goes with the server
 */
record Credentials(
        @Nullable Identity identity,
        List<ExternalPsk> psks,
        @Nullable Path authorityFile,
        boolean temporary) implements AutoCloseable {
    private static final List<String> LOOPBACK_NAMES = List.of("localhost", "127.0.0.1", "::1");
    private static final List<String> WILDCARDS = List.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    /** The user's own. */
    static Credentials of(Identity identity) {
        return new Credentials(identity, List.of(), null, false);
    }

    /** Pre-shared keys, at least one, and no certificate. */
    static Credentials keysAlone(List<ExternalPsk> psks) {
        return new Credentials(null, psks, null, false);
    }

    /** The same with pre-shared keys too. */
    Credentials with(List<ExternalPsk> added) {
        return new Credentials(identity, added, authorityFile, temporary);
    }

    /** Begins a server that is this. */
    TlsServer.Builder builder() {
        PskSource source = PskSource.of(psks);
        if (identity == null) {
            return TlsServer.pskBuilder(source);
        }
        TlsServer.Builder server = TlsServer.builder(identity);
        return psks.isEmpty() ? server : server.externalPsks(source);
    }

    /**
     * A fresh one, by an authority whose certificate is written to a file so that clients can trust it.
     *
     * @param host that is listened on, which the certificate names besides the names of loopback
     * @param file where to; null for a new file among the temporary ones
     */
    static Credentials throwaway(String host, @Nullable Path file, Words words) throws CommandFailure, IOException {
        ThrowawayCa authority = ThrowawayCa.create(KeyType.EC, Crypto.jdk());
        List<String> names = new ArrayList<>(LOOPBACK_NAMES);
        if (!names.contains(host) && !WILDCARDS.contains(host)) {
            names.add(host);
        }
        Identity identity = authority.server(names);
        Path written = file == null ? Files.createTempFile("akushu-ca-", ".pem") : file;
        try {
            Files.writeString(written, authority.pem());
        } catch (IOException failed) {
            throw new CommandFailure(
                    words.failure(ExitCode.USAGE, "cannot_write", written, String.valueOf(failed.getMessage()))
                            .failure(),
                    failed);
        }
        return new Credentials(identity, List.of(), written, file == null);
    }

    /** Says where the server is and how to reach it. */
    void announce(ServerSocket door, ContentOptions content, Console console) {
        Words words = console.words();
        int port = door.getLocalPort();
        console.event(JsonLine.event("listening").with("port", port));
        console.event(JsonLine.event("identity")
                .with("subject", identity == null ? null : identity.subject())
                .with("names", identity == null ? List.of() : identity.names())
                .with("ca", authorityFile == null ? null : authorityFile.toString())
                .with("psks", psks.size()));
        console.print(words.text("serve.listening", door.getInetAddress().getHostAddress(), port));
        console.print(words.text(content.description()));
        if (identity != null) {
            console.print(words.text("serve.identity", identity.subject(), String.join(", ", identity.names())));
        }
        if (!psks.isEmpty()) {
            console.print(words.text(identity == null ? "serve.psk_only" : "serve.psks", psks.size()));
        }
        if (authorityFile != null) {
            console.print(words.text("serve.throwaway", authorityFile));
            console.print(words.text("serve.try", "./akushu connect localhost:" + port + " --ca " + authorityFile));
        }
        if (!door.getInetAddress().isLoopbackAddress()) {
            console.print(words.text("serve.public"));
        }
        console.print(words.text("serve.stop"));
    }

    /** Takes the temporary file away: without the server its authority is good for nothing. */
    @Override
    public void close() throws IOException {
        if (temporary && authorityFile != null) {
            Files.deleteIfExists(authorityFile);
        }
    }
}
