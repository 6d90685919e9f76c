package dev.akushu.programs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server with a fresh cluster, for TLS 1.3 alone. User {@link #USER} logs in by SCRAM with {@link
 * #PASSWORD}, user {@link #BY_CERTIFICATE} by a certificate of that name.
 */
final class PostgresServer implements AutoCloseable {
    static final String USER = "by_password";
    static final String PASSWORD = "for tests";
    static final String BY_CERTIFICATE = "by_certificate";

    /** PostgreSQL refuses to run as root; the package has made this user. */
    private static final String UNPRIVILEGED = "postgres";

    private final Path folder;
    private final int port;
    private final ServerProcess process;

    PostgresServer(Pki.Identity identity) throws Exception {
        Path programs = programs();
        folder = Files.createTempDirectory("akushu-postgres");
        own(folder);
        port = ServerProcess.freePort();
        Path data = folder.resolve("data");
        ServerProcess.run(unprivileged(
                programs.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + USER,
                "--pwfile=" + write("password", PASSWORD + "\n"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync"));
        write("server.pem", identity.chainPem());
        write("server.key", identity.keyPem());
        write("root.pem", Pki.SHARED.rootPem());
        write(
                "data/pg_hba.conf",
                "hostssl all %s 127.0.0.1/32 scram-sha-256%nhostssl all %s 127.0.0.1/32 cert%n"
                        .formatted(USER, BY_CERTIFICATE));
        process = new ServerProcess(
                "ready to accept connections",
                unprivileged(command(programs.resolve("postgres").toString(), data)));
    }

    private String[] command(String program, Path data) {
        List<String> command = new ArrayList<>(List.of(program, "-D", data.toString()));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "fsync=off",
                "ssl=on",
                "ssl_min_protocol_version=TLSv1.3",
                "ssl_cert_file=" + folder.resolve("server.pem"),
                "ssl_key_file=" + folder.resolve("server.key"),
                "ssl_ca_file=" + folder.resolve("root.pem"),
                "log_disconnections=on")) {
            command.add("-c");
            command.add(setting);
        }
        return command.toArray(String[]::new);
    }

    int port() {
        return port;
    }

    /** What it has printed so far. */
    List<String> log() {
        return process.log();
    }

    /** What it prints from line {@code from} up to one that contains {@code text}. */
    List<String> awaitLog(String text, int from) throws InterruptedException {
        return process.awaitLog(text, from);
    }

    @Override
    public void close() throws IOException {
        process.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException undeletable) {
                    throw new UncheckedIOException(undeletable);
                }
            });
        }
    }

    /** The folder of the newest version's programs. */
    private static Path programs() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        List<Path> places = new ArrayList<>();
        if (Files.isDirectory(versions)) {
            try (Stream<Path> found = Files.list(versions)) {
                found.sorted(Comparator.reverseOrder())
                        .map(version -> version.resolve("bin/postgres"))
                        .forEach(places::add);
            }
        }
        places.addAll(ServerProcess.onPath("postgres"));
        Path server = ServerProcess.find("PostgreSQL", places).toRealPath();
        return server.resolveSibling("");
    }

    private String write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        own(file);
        return file.toString();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void own(Path file) throws IOException {
        if (isRoot()) {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(UNPRIVILEGED));
        }
    }

    private static List<String> unprivileged(String... command) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            whole.addAll(List.of(
                    "setpriv",
                    "--reuid=" + UNPRIVILEGED,
                    "--regid=" + UNPRIVILEGED,
                    "--clear-groups",
                    "--reset-env",
                    "--"));
        }
        whole.addAll(List.of(command));
        return whole;
    }
}
