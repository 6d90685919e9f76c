package dev.akushu.interop.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Starts selfserv and tstclnt of NSS for TLS 1.3. Their certificates live in a database that certutil and pk12util make. */
public final class Nss {
    private static final int TRIES_FOR_A_PORT = 5;

    private Nss() {}

    /** A selfserv that accepts connections. It insists on a port, so one is tried that was free a moment ago. */
    public static Server startServer(Certificates certificates, Identity identity, List<String> options)
            throws IOException {
        Path database = database(certificates, identity);
        for (int tried = 1; ; tried++) {
            int port = Ports.free();
            ExternalProcess process = ExternalProcess.start(serverCommand(database, identity, port, options));
            try {
                process.endInput();
                Matcher ready = process.await("(About to call accept)|(PR_Bind|bind|SO_REUSEADDR|ADDRESS_IN_USE).*");
                if (ready.group(1) != null) {
                    return new Server(process, port, ready.end());
                }
                throw process.failure("the port was taken");
            } catch (IOException failure) {
                process.close();
                if (tried == TRIES_FOR_A_PORT) {
                    throw failure;
                }
            }
        }
    }

    /**
     * A selfserv that makes a response of OCSP itself, by the CA's key, and staples it.
     *
     * @param identity with an RSA key: beside others it staples nothing
     * @param status what the response says: good, revoked or unknown
     */
    public static Server startStaplingServer(Certificates certificates, Identity identity, String status)
            throws IOException {
        String database = "sql:" + database(certificates, identity);
        String ca = certificates.caPkcs12().toString();
        ExternalProcess.run(List.of("pk12util", "-i", ca, "-d", database, "-K", "", "-W", Identity.PASSWORD));
        return startServer(certificates, identity, List.of("-T", status, "-A", "ca"));
    }

    private static List<String> serverCommand(Path database, Identity identity, int port, List<String> options) {
        boolean rsa = identity.kind() == KeyKind.RSA || identity.kind() == KeyKind.RSA_PSS;
        List<String> command = new ArrayList<>(List.of(
                "stdbuf",
                "-oL",
                "selfserv",
                "-d",
                "sql:" + database,
                rsa ? "-n" : "-e",
                identity.name(),
                "-p",
                String.valueOf(port),
                "-V",
                "tls1.3:tls1.3",
                "-v"));
        command.addAll(options);
        return command;
    }

    /**
     * A tstclnt that connects to 127.0.0.1.
     *
     * @param identity in its database, which it shows if the {@code options} say so; may be null
     * @param serverName what it calls the server
     */
    public static ExternalProcess startClient(
            Certificates certificates, @Nullable Identity identity, String serverName, int port, List<String> options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "stdbuf",
                "-oL",
                "tstclnt",
                "-d",
                "sql:" + database(certificates, identity),
                "-h",
                "127.0.0.1",
                "-a",
                serverName,
                "-p",
                String.valueOf(port),
                "-V",
                "tls1.3:tls1.3",
                "-v"));
        command.addAll(options);
        return ExternalProcess.start(command);
    }

    /** One database for each identity: pk12util gives certificates of the same subject the same nickname. */
    private static Path database(Certificates certificates, @Nullable Identity identity) throws IOException {
        Path database = certificates.folder().resolve("nss-" + (identity == null ? "ca" : identity.name()));
        synchronized (certificates) {
            if (Files.exists(database)) {
                return database;
            }
            Files.createDirectory(database);
            String url = "sql:" + database;
            ExternalProcess.run(List.of("certutil", "-N", "-d", url, "--empty-password"));
            String ca = certificates.caPem().toString();
            ExternalProcess.run(List.of("certutil", "-A", "-d", url, "-n", "ca", "-t", "CT,C,C", "-i", ca));
            if (identity != null) {
                String store = identity.pkcs12().toString();
                ExternalProcess.run(List.of("pk12util", "-i", store, "-d", url, "-K", "", "-W", Identity.PASSWORD));
            }
            return database;
        }
    }

    /**
     * A selfserv.
     *
     * @param process that it is
     * @param port at which it accepts connections
     * @param told how much it has printed of what is no connection's
     */
    public record Server(ExternalProcess process, int port, int told) implements AutoCloseable {
        @Override
        public void close() {
            process.close();
        }
    }
}
