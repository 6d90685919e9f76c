package dev.akushu.interop.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** gnutls-cli and gnutls-serv, 3.7. */
final class GnuTlsPeer implements Peer {
    private static final String LINE = "hello from gnutls";

    private static final Map<String, String> CIPHERS = Map.of(
            "TLS_AES_128_GCM_SHA256", "AES-128-GCM",
            "TLS_AES_256_GCM_SHA384", "AES-256-GCM",
            "TLS_CHACHA20_POLY1305_SHA256", "CHACHA20-POLY1305");

    @Override
    public String name() {
        return "GnuTLS";
    }

    @Override
    public Optional<String> absence() {
        boolean present = ExternalProcess.find("gnutls-cli").isPresent()
                && ExternalProcess.find("gnutls-serv").isPresent()
                && ExternalProcess.find("stdbuf").isPresent();
        return present ? Optional.empty() : Optional.of("there is no gnutls-cli on the PATH (Debian: gnutls-bin)");
    }

    @Override
    public Abilities abilities() {
        List<String> groups = new ArrayList<>(Abilities.NIST_AND_X25519);
        groups.add("x448");
        groups.addAll(Abilities.FFDHE);
        Set<Feature> features = Abilities.everythingBut(Feature.SERVER_SENDS_KEY_UPDATE);
        features.add(Feature.RECORD_SIZE_LIMIT);
        features.add(Feature.WANTS_A_GROUP_IN_A_RETRY);
        return Abilities.of(groups, Abilities.allKeysBut(), features);
    }

    @Override
    public RunningServer startServer(ServerSpec spec) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "stdbuf",
                "-oL",
                "gnutls-serv",
                "--port",
                "0",
                "--echo",
                "--crlf",
                "--x509certfile",
                spec.identity().certPem().toString(),
                "--x509keyfile",
                spec.identity().keyPem().toString(),
                "--priority",
                priority(spec.groups(), spec.suites())));
        if (spec.asksClientCertificate()) {
            command.addAll(List.of(
                    "--require-client-cert",
                    "--verify-client-cert",
                    "--x509cafile",
                    spec.certificates().caPem().toString()));
        } else {
            command.add("--disable-client-cert");
        }
        addAlpn(command, spec.alpn());
        ExternalProcess process = ExternalProcess.start(command, environment(spec.keyLog()));
        try {
            process.endInput();
            process.await("listening on IPv4.*done");
            int port = Ports.listening(process.pid()).orElseThrow(() -> process.failure("listens nowhere"));
            return new Server(process, port);
        } catch (IOException failure) {
            process.close();
            throw failure;
        }
    }

    @Override
    public List<Seen> connect(ClientSpec spec) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "stdbuf",
                "-oL",
                "gnutls-cli",
                "127.0.0.1",
                "--port",
                String.valueOf(spec.port()),
                "--x509cafile",
                spec.certificates().caPem().toString(),
                "--sni-hostname",
                spec.serverName(),
                "--verify-hostname",
                spec.serverName(),
                "--single-key-share",
                "--inline-commands",
                "--priority",
                priority(spec.groups(), spec.suites())));
        Identity identity = spec.identity();
        if (identity != null) {
            command.addAll(List.of("--x509certfile", identity.certPem().toString()));
            command.addAll(List.of("--x509keyfile", identity.keyPem().toString()));
        }
        if (spec.connections() > 1) {
            command.addAll(List.of("--resume", "--waitresumption")); // exactly two, and data only on the second
        }
        addAlpn(command, spec.alpn());
        try (ExternalProcess process = ExternalProcess.start(command, environment(spec.keyLog()))) {
            return talk(process, spec);
        }
    }

    private static List<Seen> talk(ExternalProcess process, ClientSpec spec) throws IOException {
        @Nullable String error = null;
        try {
            process.await("Simple Client Mode");
            if (spec.keyUpdate()) {
                process.send("^rekey^\n");
                process.await("Rekey was completed");
            }
            process.send(LINE + "\n");
            process.await("^" + LINE);
        } catch (IOException failure) {
            error = failure.getMessage();
        }
        process.endInput();
        int code = process.awaitExit();
        String output = process.output();
        int second = output.indexOf("Connecting again");
        List<Seen> seen = new ArrayList<>();
        seen.add(parse(second < 0 ? output : output.substring(0, second)));
        if (second >= 0) {
            seen.add(parse(output.substring(second)));
        }
        if (code != 0 || error != null) {
            seen.add(seen.removeLast().error("exit code " + code + ": " + error));
        }
        return seen;
    }

    /** TLS 1.3 alone, with the groups and suites in the order asked for. */
    private static String priority(List<String> groups, List<String> suites) {
        StringBuilder priority = new StringBuilder("NORMAL:-VERS-ALL:+VERS-TLS1.3");
        if (!groups.isEmpty()) {
            priority.append(":-GROUP-ALL");
            groups.forEach(name -> priority.append(":+GROUP-").append(name.toUpperCase(Locale.ROOT)));
        }
        if (!suites.isEmpty()) {
            priority.append(":-CIPHER-ALL");
            suites.forEach(name -> priority.append(":+").append(CIPHERS.get(name)));
        }
        return priority.toString();
    }

    private static void addAlpn(List<String> command, List<String> alpn) {
        alpn.forEach(name -> command.addAll(List.of("--alpn", name)));
    }

    private static Map<String, String> environment(@Nullable Path keyLog) {
        return keyLog == null ? Map.of() : Map.of("SSLKEYLOGFILE", keyLog.toString());
    }

    /** The lines that both programs print of a connection. */
    private static Seen parse(String text) {
        Seen seen = Seen.NOTHING.output(text);
        Matcher description = Pattern.compile(
                        "Description: \\(TLS1.3[^)]*\\)-(?:\\(([^)]*)\\)-\\([^)]*\\))?-?\\(([^)]*)\\)")
                .matcher(text);
        if (!description.find()) {
            return seen.error("no handshake");
        }
        String cipher = description.group(2);
        String exchange = description.group(1);
        return seen.resumed(text.contains("This is a resumed session"))
                .suite(suite(cipher))
                .group(exchange == null ? null : exchange.replaceAll(".*-", "").toLowerCase(Locale.ROOT))
                .alpn(first(text, "Application protocol: (\\S+)"))
                .sni(first(text, "Given server name\\[1]: (\\S+)"))
                .clientSubject(first(text, "Subject: (CN=client)"));
    }

    private static @Nullable String suite(String cipher) {
        return CIPHERS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(cipher))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String first(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** The process and how much of its output has been told. */
    private static final class Server implements RunningServer {
        private static final Pattern DONE = Pattern.compile("received cmd: |Error in handshake");

        private final ExternalProcess process;
        private final int port;
        private int told;

        Server(ExternalProcess process, int port) {
            this.process = process;
            this.port = port;
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public Answer answer() {
            return Answer.ECHO;
        }

        @Override
        public Seen seen(String reply) throws IOException {
            int end = process.await(DONE, told).end();
            Seen seen = parse(process.output().substring(told, end));
            told = end;
            return seen;
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
