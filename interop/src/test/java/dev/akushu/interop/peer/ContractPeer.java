package dev.akushu.interop.peer;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.tls.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A peer program of our own: the contract of {@code interop/peers/README.md}. */
final class ContractPeer implements Peer {
    private static final Pattern CONNECTION = Pattern.compile("^\\{.*\"event\":\"connection\".*}$", Pattern.MULTILINE);

    private final String name;
    private final List<String> program;
    private final @Nullable String absence;
    private final Abilities abilities;

    private ContractPeer(String name, List<String> program, @Nullable String absence, Abilities abilities) {
        this.name = name;
        this.program = program;
        this.absence = absence;
        this.abilities = abilities;
    }

    /** Go 1.26: TLS 1.3 suites are not for the caller to choose, and KeyUpdate is answered but not sent. */
    static Peer go(Path peers) {
        List<String> groups = new ArrayList<>(List.of("X25519MLKEM768", "SecP256r1MLKEM768", "SecP384r1MLKEM1024"));
        groups.addAll(Abilities.NIST_AND_X25519);
        return built(
                "Go crypto/tls",
                peers.resolve("target/peer-go"),
                Abilities.of(
                        groups,
                        Abilities.allKeysBut(KeyKind.RSA_PSS, KeyKind.ED448),
                        Abilities.everythingBut(
                                Feature.CLIENT_CHOOSES_SUITES,
                                Feature.SERVER_CHOOSES_SUITES,
                                Feature.CLIENT_SENDS_KEY_UPDATE,
                                Feature.SERVER_SENDS_KEY_UPDATE)));
    }

    static Peer rustls(Path peers) {
        Set<Feature> features = Abilities.everythingBut();
        features.addAll(Set.of(
                Feature.CERTIFICATES_BY_ZLIB,
                Feature.CERTIFICATES_BY_BROTLI,
                Feature.SERVER_STAPLES,
                Feature.CLIENT_TELLS_STAPLED));
        return built(
                "rustls",
                peers.resolve("target/peer-rustls"),
                Abilities.of(
                        List.of("X25519MLKEM768", "SecP256r1MLKEM768", "x25519", "secp256r1", "secp384r1"),
                        Abilities.allKeysBut(KeyKind.RSA_PSS, KeyKind.ED448),
                        features));
    }

    /** Node.js 20, with OpenSSL 3.0 inside. */
    static Peer node(Path peers) {
        List<String> groups = new ArrayList<>(Abilities.NIST_AND_X25519);
        groups.add("x448");
        groups.addAll(Abilities.FFDHE);
        String absence = ExternalProcess.find("node").isPresent() ? null : "there is no node on the PATH";
        return new ContractPeer(
                "Node.js",
                List.of("node", peers.resolve("node/peer.js").toString()),
                absence,
                Abilities.of(
                        groups,
                        Abilities.allKeysBut(),
                        Abilities.everythingBut(Feature.CLIENT_SENDS_KEY_UPDATE, Feature.SERVER_SENDS_KEY_UPDATE)));
    }

    private static Peer built(String name, Path program, Abilities abilities) {
        String absence = Files.isExecutable(program) ? null : "interop/peers/build has not made " + program;
        return new ContractPeer(name, List.of(program.toString()), absence, abilities);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> absence() {
        return Optional.ofNullable(absence);
    }

    @Override
    public Abilities abilities() {
        return abilities;
    }

    @Override
    public RunningServer startServer(ServerSpec spec) throws IOException {
        List<String> command = command("server", spec.alpn(), spec.groups(), spec.suites());
        command.addAll(List.of("--cert", spec.identity().certPem().toString()));
        command.addAll(List.of("--key", spec.identity().keyPem().toString()));
        if (spec.asksClientCertificate()) {
            command.addAll(List.of("--client-ca", spec.certificates().caPem().toString()));
        }
        Path response = spec.ocspResponse();
        if (response != null) {
            command.addAll(List.of("--ocsp", response.toString()));
        }
        more(command, spec.keyUpdate(), spec.keyLog());
        ExternalProcess process = ExternalProcess.start(command);
        try {
            int port = Integer.parseInt(
                    process.await("\"event\":\"listening\",\"port\":(\\d+)").group(1));
            return new Server(process, port);
        } catch (IOException failure) {
            process.close();
            throw failure;
        }
    }

    @Override
    public List<Seen> connect(ClientSpec spec) throws IOException {
        List<String> command = command("client", spec.alpn(), spec.groups(), spec.suites());
        command.addAll(List.of("--port", String.valueOf(spec.port()), "--servername", spec.serverName()));
        command.addAll(List.of("--ca", spec.certificates().caPem().toString()));
        command.addAll(List.of("--connections", String.valueOf(spec.connections())));
        Identity identity = spec.identity();
        if (identity != null) {
            command.addAll(List.of("--cert", identity.certPem().toString()));
            command.addAll(List.of("--key", identity.keyPem().toString()));
        }
        more(command, spec.keyUpdate(), spec.keyLog());
        try (ExternalProcess process = ExternalProcess.start(command)) {
            int code = process.awaitExit();
            List<Seen> seen = new ArrayList<>();
            Matcher lines = CONNECTION.matcher(process.output());
            while (lines.find()) {
                seen.add(parse(lines.group()));
            }
            if (code > 1 || seen.isEmpty()) {
                throw process.failure("exit code " + code);
            }
            return seen;
        }
    }

    private List<String> command(String role, List<String> alpn, List<String> groups, List<String> suites) {
        List<String> command = new ArrayList<>(program);
        command.add(role);
        addList(command, "--alpn", alpn);
        addList(command, "--groups", groups);
        addList(command, "--suites", suites);
        return command;
    }

    private static void addList(List<String> command, String option, List<String> values) {
        if (!values.isEmpty()) {
            command.addAll(List.of(option, String.join(",", values)));
        }
    }

    private static void more(List<String> command, boolean keyUpdate, @Nullable Path keyLog) {
        if (keyUpdate) {
            command.add("--key-update");
        }
        if (keyLog != null) {
            command.addAll(List.of("--keylog", keyLog.toString()));
        }
    }

    private static Seen parse(String line) throws IOException {
        Map<String, Object> facts = JSON.std.mapFrom(line);
        String stapled = (String) facts.get("ocsp_response");
        return Seen.NOTHING
                .resumed((Boolean) facts.get("resumed"))
                .suite((String) facts.get("suite"))
                .group((String) facts.get("group"))
                .hrr((Boolean) facts.get("hrr"))
                .alpn((String) facts.get("alpn"))
                .sni((String) facts.get("sni"))
                .clientSubject((String) facts.get("client_cert_subject"))
                .stapled(stapled == null ? null : Bytes.wrap(Base64.getDecoder().decode(stapled)))
                .error((String) facts.get("error"))
                .output(line);
    }

    /** The process and how much of its output has been told. */
    private static final class Server implements RunningServer {
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
            Matcher line = process.await(CONNECTION, told);
            told = line.end();
            return parse(line.group());
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
