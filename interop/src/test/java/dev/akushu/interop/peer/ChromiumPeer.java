package dev.akushu.interop.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Headless Chromium: a client alone, with BoringSSL inside. It loads the root page, whose script makes it connect again. It trusts the
 * test's server by the hash of its key, so it shows that the handshake holds, not that the chain does.
 */
final class ChromiumPeer extends ClientOnlyPeer {
    @Override
    public String name() {
        return "Chromium";
    }

    @Override
    public Optional<String> absence() {
        return ExternalProcess.find("chromium").isPresent()
                ? Optional.empty()
                : Optional.of("there is no chromium on the PATH (Debian: chromium)");
    }

    /** BoringSSL in Chromium verifies neither Ed25519 nor P-521. */
    @Override
    public Abilities abilities() {
        return Abilities.of(
                List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1"),
                Set.of(KeyKind.EC_P256, KeyKind.EC_P384, KeyKind.RSA),
                clientFeatures(Feature.CLIENT_RESUMES, Feature.CLIENT_KEY_LOG));
    }

    /** One page, which is two connections or three: a browser also asks for the icon. Only the first and the last are told. */
    @Override
    public List<Seen> connect(ClientSpec spec) throws IOException {
        Path profile = Files.createTempDirectory(spec.certificates().folder(), "chromium");
        List<String> command = new ArrayList<>(List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile,
                "--host-resolver-rules=MAP " + spec.serverName() + " 127.0.0.1",
                "--ignore-certificate-errors-spki-list=" + knownKeys(spec.certificates()),
                "--timeout=3000",
                "--dump-dom"));
        if (spec.keyLog() != null) {
            command.add("--ssl-key-log-file=" + spec.keyLog());
        }
        command.add("https://" + spec.serverName() + ":" + spec.port() + "/");
        try (ExternalProcess process = ExternalProcess.start(command)) {
            process.endInput();
            int code = process.awaitExit();
            String output = process.output();
            boolean held = code == 0 && output.contains(">" + Service.SECOND + "<");
            Seen seen = Seen.NOTHING.output(output).error(held ? null : "exit code " + code + ", page not complete");
            return List.of(seen, seen);
        }
    }

    private String knownKeys(Certificates certificates) throws IOException {
        List<String> hashes = new ArrayList<>();
        try {
            for (KeyKind kind : abilities().accepts()) {
                byte[] key =
                        certificates.server(kind).certificate().getPublicKey().getEncoded();
                hashes.add(Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(key)));
            }
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
        return String.join(",", hashes);
    }
}
