package dev.akushu.interop.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** curl, with OpenSSL inside; a client alone. It resumes by itself within one command, and cannot be told how often it did. */
final class CurlPeer extends ClientOnlyPeer {
    private static final Map<String, String> CURVES = Map.of(
            "x25519", "X25519",
            "x448", "X448",
            "secp256r1", "P-256",
            "secp384r1", "P-384",
            "secp521r1", "P-521");

    @Override
    public String name() {
        return "curl";
    }

    @Override
    public Optional<String> absence() {
        return ExternalProcess.find("curl").isPresent()
                ? Optional.empty()
                : Optional.of("there is no curl on the PATH (Debian: curl)");
    }

    @Override
    public Abilities abilities() {
        List<String> groups = new ArrayList<>(Abilities.NIST_AND_X25519);
        groups.add("x448");
        return Abilities.of(
                groups,
                Abilities.allKeysBut(),
                clientFeatures(
                        Feature.CLIENT_RESUMES,
                        Feature.CLIENT_CHOOSES_GROUPS,
                        Feature.CLIENT_CHOOSES_SUITES,
                        Feature.CLIENT_HAS_CERTIFICATE,
                        Feature.CLIENT_ALPN,
                        Feature.CLIENT_KEY_LOG));
    }

    @Override
    public List<Seen> connect(ClientSpec spec) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--verbose",
                "--http1.1",
                "--max-time",
                "10",
                "--tlsv1.3",
                "--cacert",
                spec.certificates().caPem().toString(),
                "--resolve",
                spec.serverName() + ":" + spec.port() + ":127.0.0.1"));
        if (spec.alpn().isEmpty()) {
            command.add("--no-alpn");
        }
        Identity identity = spec.identity();
        if (identity != null) {
            command.addAll(List.of(
                    "--cert",
                    identity.certPem().toString(),
                    "--key",
                    identity.keyPem().toString()));
        }
        if (!spec.groups().isEmpty()) {
            List<String> names = spec.groups().stream().map(CURVES::get).toList();
            command.addAll(List.of("--curves", String.join(":", names)));
        }
        if (!spec.suites().isEmpty()) {
            command.addAll(List.of("--tls13-ciphers", String.join(":", spec.suites())));
        }
        for (int number = 1; number <= spec.connections(); number++) {
            command.add("https://" + spec.serverName() + ":" + spec.port() + "/" + number);
        }
        try (ExternalProcess process = ExternalProcess.start(command, environment(spec.keyLog()))) {
            process.endInput();
            int code = process.awaitExit();
            return parse(process.output(), code);
        }
    }

    private static Map<String, String> environment(@Nullable Path keyLog) {
        return keyLog == null ? Map.of() : Map.of("SSLKEYLOGFILE", keyLog.toString());
    }

    private static List<Seen> parse(String output, int code) {
        List<Seen> seen = new ArrayList<>();
        for (String part : output.split("(?m)(?=^\\*   Trying )", -1)) {
            if (!part.contains("Trying")) {
                continue;
            }
            Matcher suite =
                    Pattern.compile("SSL connection using TLSv1.3 / (\\S+)").matcher(part);
            Matcher alpn = Pattern.compile("ALPN: server accepted (\\S+)").matcher(part);
            seen.add(Seen.NOTHING
                    .suite(suite.find() ? suite.group(1) : null)
                    .alpn(alpn.find() ? alpn.group(1) : null)
                    .error(code == 0 ? null : "exit code " + code)
                    .output(part));
        }
        return seen;
    }
}
