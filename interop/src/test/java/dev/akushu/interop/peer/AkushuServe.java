package dev.akushu.interop.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code akushu serve --www}, run as the program that users run, in a JVM of its own; closing it ends it. */
public final class AkushuServe implements AutoCloseable {
    private final ExternalProcess process;
    private final int port;

    private AkushuServe(ExternalProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Serves the files in {@code site} as {@code identity}, on a port of its own, with these options too. */
    public static AkushuServe start(Identity identity, Path site, String... options) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> jvm = List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.akushu.cli.Main");
        List<String> serve = List.of("serve", "--port", "0", "--json", "--www", site.toString());
        List<String> as = List.of(
                "--cert",
                identity.certPem().toString(),
                "--key",
                identity.keyPem().toString());
        ExternalProcess process = ExternalProcess.start(List.of(jvm, serve, as, List.of(options)).stream()
                .flatMap(List::stream)
                .toList());
        try {
            String port = process.await("^\\{\"event\":\"listening\",\"port\":(\\d+)\\}$")
                    .group(1);
            return new AkushuServe(process, Integer.parseInt(port));
        } catch (IOException failed) {
            process.close();
            throw failed;
        }
    }

    public int port() {
        return port;
    }

    /** All that it has told so far. */
    public String events() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}
