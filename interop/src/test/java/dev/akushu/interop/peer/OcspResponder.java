package dev.akushu.interop.peer;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where servers of SunJSSE fetch what they staple, since nobody can give it to them. It gives all who ask the same. */
final class OcspResponder implements AutoCloseable {
    private static final String ADDRESS = "jdk.tls.stapling.responderURI";
    private static final String SWITCH = "jdk.tls.server.enableStatusRequestExtension";

    private final HttpServer server;

    private OcspResponder(HttpServer server) {
        this.server = server;
    }

    static OcspResponder start(Path file) throws IOException {
        byte[] response = Files.readAllBytes(file);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, response.length);
                exchange.getResponseBody().write(response);
            }
        });
        server.start();
        // A context reads the switch when it is made, and the address when its first server wants a response.
        System.setProperty(SWITCH, "true");
        System.setProperty(ADDRESS, "http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new OcspResponder(server);
    }

    @Override
    public void close() {
        System.clearProperty(SWITCH);
        System.clearProperty(ADDRESS);
        server.stop(0);
    }
}
