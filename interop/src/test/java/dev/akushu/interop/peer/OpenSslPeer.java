package dev.akushu.interop.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The openssl command, 3.0: s_client fed line by line, s_server with its status page. */
final class OpenSslPeer implements Peer {
    private static final String LINE = "hello from openssl";

    private static final Map<String, String> GROUPS = Map.of(
            "x25519", "X25519",
            "x448", "X448",
            "secp256r1", "P-256",
            "secp384r1", "P-384",
            "secp521r1", "P-521");

    @Override
    public String name() {
        return "OpenSSL";
    }

    @Override
    public Optional<String> absence() {
        return ExternalProcess.find("openssl").isPresent()
                ? Optional.empty()
                : Optional.of("there is no openssl on the PATH (Debian: openssl)");
    }

    @Override
    public Abilities abilities() {
        List<String> groups = new ArrayList<>(Abilities.NIST_AND_X25519);
        groups.add("x448");
        groups.addAll(Abilities.FFDHE);
        return Abilities.of(groups, Abilities.allKeysBut(), Abilities.everythingBut(Feature.SERVER_SENDS_KEY_UPDATE));
    }

    @Override
    public RunningServer startServer(ServerSpec spec) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-tls1_3",
                "-www",
                "-cert",
                spec.identity().certPem().toString(),
                "-key",
                spec.identity().keyPem().toString()));
        if (spec.asksClientCertificate()) {
            command.addAll(List.of(
                    "-Verify",
                    "1",
                    "-verify_return_error",
                    "-CAfile",
                    spec.certificates().caPem().toString()));
        }
        if (!spec.alpn().isEmpty()) {
            command.addAll(List.of("-alpn", String.join(",", spec.alpn())));
        }
        common(command, spec.groups(), spec.suites(), spec.keyLog());
        ExternalProcess process = ExternalProcess.start(command);
        try {
            process.endInput();
            int port = Integer.parseInt(process.await("^ACCEPT.*:(\\d+)$").group(1));
            return new Server(process, port);
        } catch (IOException failure) {
            process.close();
            throw failure;
        }
    }

    @Override
    public List<Seen> connect(ClientSpec spec) throws IOException {
        Path session = Files.createTempFile(spec.certificates().folder(), "openssl", ".session");
        Files.delete(session);
        List<Seen> seen = new ArrayList<>();
        for (int number = 1; number <= spec.connections(); number++) {
            seen.add(connectOnce(spec, session));
        }
        return seen;
    }

    private static Seen connectOnce(ClientSpec spec, Path session) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + spec.port(),
                "-tls1_3",
                "-servername",
                spec.serverName(),
                "-verify_hostname",
                spec.serverName(),
                "-verify_return_error",
                "-CAfile",
                spec.certificates().caPem().toString(),
                "-sess_out",
                session.toString()));
        if (Files.exists(session)) {
            command.addAll(List.of("-sess_in", session.toString()));
        }
        Identity identity = spec.identity();
        if (identity != null) {
            command.addAll(List.of(
                    "-cert",
                    identity.certPem().toString(),
                    "-key",
                    identity.keyPem().toString()));
        }
        if (!spec.alpn().isEmpty()) {
            command.addAll(List.of("-alpn", String.join(",", spec.alpn())));
        }
        common(command, spec.groups(), spec.suites(), spec.keyLog());
        try (ExternalProcess process = ExternalProcess.start(command)) {
            return talk(process, spec.keyUpdate());
        }
    }

    /** Its commands are lines of one letter: K updates both directions' keys, Q says close_notify and ends. */
    private static Seen talk(ExternalProcess process, boolean keyUpdate) throws IOException {
        @Nullable String error = null;
        try {
            if (keyUpdate) {
                process.send("K\n");
                process.await("KEYUPDATE");
            }
            process.send(LINE + "\n");
            process.await(LINE);
            process.send("Q\n");
        } catch (IOException failure) {
            error = failure.getMessage();
        }
        process.endInput();
        int code = process.awaitExit();
        Seen seen = parse(process.output());
        return code == 0 ? seen.error(error) : seen.error("exit code " + code);
    }

    private static void common(List<String> command, List<String> groups, List<String> suites, @Nullable Path keyLog) {
        if (!groups.isEmpty()) {
            List<String> names =
                    groups.stream().map(name -> GROUPS.getOrDefault(name, name)).toList();
            command.addAll(List.of("-groups", String.join(":", names)));
        }
        if (!suites.isEmpty()) {
            command.addAll(List.of("-ciphersuites", String.join(":", suites)));
        }
        if (keyLog != null) {
            command.addAll(List.of("-keylogfile", keyLog.toString()));
        }
    }

    /** The summary that s_client prints and that s_server puts on its page. */
    private static Seen parse(String text) {
        Matcher result =
                Pattern.compile("(New|Reused), TLSv1.3, Cipher is (\\S+)").matcher(text);
        Seen seen = Seen.NOTHING.output(text);
        if (!result.find()) {
            return seen.error("no handshake");
        }
        return seen.resumed(result.group(1).equals("Reused"))
                .suite(result.group(2))
                .group(group(text))
                .alpn(first(text, "ALPN protocol: (\\S+)"));
    }

    private static @Nullable String group(String text) {
        String key = first(text, "Server Temp Key: (.*)");
        if (key == null) {
            return null;
        }
        if (key.startsWith("DH,")) {
            return "ffdhe" + key.replaceAll("\\D", "");
        }
        String name = key.replace("ECDH, ", "").replaceAll(",.*", "");
        return switch (name) {
            case "X25519" -> "x25519";
            case "X448" -> "x448";
            case "prime256v1" -> "secp256r1";
            default -> name;
        };
    }

    private static @Nullable String first(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private record Server(ExternalProcess process, int port) implements RunningServer {
        @Override
        public Answer answer() {
            return Answer.HTTP;
        }

        @Override
        public Seen seen(String reply) {
            String subject = first(reply, "Subject: ?(CN ?= ?client)");
            return parse(reply).clientSubject(subject == null ? null : subject.replace(" ", ""));
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
