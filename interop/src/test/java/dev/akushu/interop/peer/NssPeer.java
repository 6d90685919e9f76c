package dev.akushu.interop.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** NSS' tstclnt and selfserv, 3.87. */
final class NssPeer implements Peer {
    private static final Map<String, String> GROUPS = Map.of(
            "x25519", "x25519",
            "secp256r1", "P256",
            "secp384r1", "P384",
            "secp521r1", "P521",
            "ffdhe2048", "FF2048",
            "ffdhe3072", "FF3072",
            "ffdhe4096", "FF4096");

    private static final Map<String, String> SUITES = Map.of(
            "TLS_AES_128_GCM_SHA256", ":1301",
            "TLS_AES_256_GCM_SHA384", ":1302",
            "TLS_CHACHA20_POLY1305_SHA256", ":1303");

    @Override
    public String name() {
        return "NSS";
    }

    @Override
    public Optional<String> absence() {
        boolean present = Set.of("tstclnt", "selfserv", "certutil", "pk12util", "stdbuf").stream()
                .allMatch(program -> ExternalProcess.find(program).isPresent());
        return present ? Optional.empty() : Optional.of("there is no tstclnt on the PATH (Debian: libnss3-tools)");
    }

    /** Its server knows one ALPN name, http/1.1; its client sends none. */
    @Override
    public Abilities abilities() {
        List<String> groups = new ArrayList<>(Abilities.NIST_AND_X25519);
        groups.addAll(Abilities.FFDHE);
        Set<Feature> features = Abilities.everythingBut(
                Feature.CLIENT_ALPN,
                Feature.CLIENT_SENDS_KEY_UPDATE,
                Feature.SERVER_SENDS_KEY_UPDATE,
                Feature.CLIENT_KEY_LOG,
                Feature.SERVER_KEY_LOG);
        features.add(Feature.CLIENT_SPEAKS_HTTP_ONLY);
        features.add(Feature.RECORD_SIZE_LIMIT);
        return Abilities.of(groups, Abilities.allKeysBut(KeyKind.ED25519, KeyKind.ED448), features);
    }

    @Override
    public RunningServer startServer(ServerSpec spec) throws IOException {
        return new Server(Nss.startServer(spec.certificates(), spec.identity(), options(spec)));
    }

    private static List<String> options(ServerSpec spec) {
        List<String> options = new ArrayList<>(List.of("-u"));
        if (spec.identity().kind() == KeyKind.RSA_PSS) {
            options.addAll(List.of("-J", "rsa_pss_pss_sha256,ecdsa_secp256r1_sha256"));
        }
        if (spec.asksClientCertificate()) {
            options.add("-rr");
        }
        if (!spec.alpn().isEmpty()) {
            options.add("-Q");
        }
        common(options, spec.groups(), spec.suites());
        return options;
    }

    @Override
    public List<Seen> connect(ClientSpec spec) throws IOException {
        Path request = Files.writeString(
                spec.certificates().folder().resolve("request"), RunningServer.REQUEST, StandardCharsets.US_ASCII);
        Identity identity = spec.identity();
        List<String> options = new ArrayList<>(List.of(
                "-u",
                "-A",
                request.toString(),
                "-J",
                "ecdsa_secp256r1_sha256,ecdsa_secp384r1_sha384,ecdsa_secp521r1_sha512,"
                        + "rsa_pss_pss_sha256,rsa_pss_rsae_sha256"));
        if (identity != null) {
            options.addAll(List.of("-n", identity.name()));
        }
        if (spec.connections() > 1) {
            options.addAll(List.of("-L", String.valueOf(spec.connections())));
        }
        common(options, spec.groups(), spec.suites());
        try (ExternalProcess process =
                Nss.startClient(spec.certificates(), identity, spec.serverName(), spec.port(), options)) {
            process.endInput();
            int code = process.awaitExit();
            List<Seen> seen = new ArrayList<>();
            for (String part : process.output().split("(?=tstclnt: SSL version)", -1)) {
                if (part.startsWith("tstclnt: SSL version")) {
                    seen.add(parse(part, code == 0 ? null : "exit code " + code));
                }
            }
            if (seen.isEmpty()) {
                seen.add(parse(process.output(), "exit code " + code));
            }
            return seen;
        }
    }

    private static void common(List<String> command, List<String> groups, List<String> suites) {
        if (!groups.isEmpty()) {
            command.addAll(List.of(
                    "-I", String.join(",", groups.stream().map(GROUPS::get).toList())));
        }
        if (!suites.isEmpty()) {
            command.addAll(List.of(
                    "-c", String.join("", suites.stream().map(SUITES::get).toList())));
        }
    }

    /** The lines that both programs print of a connection. */
    private static Seen parse(String text, @Nullable String error) {
        Seen seen = Seen.NOTHING.output(text);
        if (!text.contains("SSL version 3.4")) {
            return seen.error("no handshake");
        }
        Matcher resumes = Pattern.compile("(\\d+) stateless resumes").matcher(text);
        return seen.resumed(resumes.find() ? !resumes.group(1).equals("0") : null)
                .suite(suite(text))
                .group(group(text))
                .clientSubject(text.contains("Subject: CN=client") ? "CN=client" : null)
                .error(error);
    }

    private static @Nullable String suite(String text) {
        Matcher cipher =
                Pattern.compile("SSL version 3.4 using (\\S+) (\\S+) with").matcher(text);
        if (!cipher.find()) {
            return null;
        }
        if (cipher.group(2).startsWith("CHACHA20")) {
            return "TLS_CHACHA20_POLY1305_SHA256";
        }
        return cipher.group(1).equals("128-bit") ? "TLS_AES_128_GCM_SHA256" : "TLS_AES_256_GCM_SHA384";
    }

    private static @Nullable String group(String text) {
        Matcher size = Pattern.compile("Key Exchange: (\\d+)-bit").matcher(text);
        if (!size.find()) {
            return null;
        }
        return switch (size.group(1)) {
            case "255" -> "x25519";
            case "256", "384", "521" -> "secp" + size.group(1) + "r1";
            default -> "ffdhe" + size.group(1);
        };
    }

    /** Its counters run on, so a resumption shows by the growth. */
    private static final class Server implements RunningServer {
        private static final Pattern DONE = Pattern.compile("issuer  DN: .*|PR_Read returned error.*");
        private static final Pattern RESUMES = Pattern.compile("(\\d+) stateless resumes");

        private final ExternalProcess process;
        private final int port;
        private int told;
        private int resumes;

        Server(Nss.Server started) {
            this.process = started.process();
            this.port = started.port();
            this.told = started.told();
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public Answer answer() {
            return Answer.HTTP;
        }

        @Override
        public Seen seen(String reply) throws IOException {
            int end = process.await(DONE, told).end();
            String text = process.output().substring(told, end);
            told = end;
            Seen seen = parse(text, null);
            Matcher matcher = RESUMES.matcher(text);
            if (!matcher.find()) {
                return seen;
            }
            int before = resumes;
            resumes = Integer.parseInt(matcher.group(1));
            return seen.resumed(resumes > before);
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
