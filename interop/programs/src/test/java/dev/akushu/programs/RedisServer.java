package dev.akushu.programs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real Redis server that speaks TLS 1.3 alone and demands a certificate of the client. */
final class RedisServer implements AutoCloseable {
    private final int port;
    private final ServerProcess process;

    /** Starts; keeps its files in {@code folder}. */
    RedisServer(Path folder, Pki.Identity identity) throws Exception {
        Path program = ServerProcess.find("redis-server", ServerProcess.onPath("redis-server"));
        port = ServerProcess.freePort();
        Path chain = Files.writeString(folder.resolve("redis.pem"), identity.chainPem());
        Path key = Files.writeString(folder.resolve("redis.key"), identity.keyPem());
        Path root = Files.writeString(folder.resolve("redis-root.pem"), Pki.SHARED.rootPem());
        process = new ServerProcess(
                "Ready to accept connections",
                List.of(
                        program.toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--tls-port",
                        String.valueOf(port),
                        "--tls-cert-file",
                        chain.toString(),
                        "--tls-key-file",
                        key.toString(),
                        "--tls-ca-cert-file",
                        root.toString(),
                        "--tls-auth-clients",
                        "yes",
                        "--tls-protocols",
                        "TLSv1.3",
                        "--dir",
                        folder.toString(),
                        "--save",
                        ""));
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }
}
