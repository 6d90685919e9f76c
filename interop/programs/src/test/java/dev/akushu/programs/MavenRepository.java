package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.net.ssl.SSLSession;

/** A Maven repository over HTTPS with a parent and an extension in it, and a project that needs both. */
final class MavenRepository implements AutoCloseable {
    private static final String PARENT = "/example/parent/1/parent-1.pom";
    private static final String EXTENSION = "/example/extension/1/extension-1";

    private final Path folder;
    private final HttpsServer server;
    private final List<SSLSession> sessions = new CopyOnWriteArrayList<>();

    MavenRepository(Path folder) throws Exception {
        this.folder = folder;
        write("served" + PARENT, pom("parent", "pom", ""));
        write("served" + EXTENSION + ".pom", pom("extension", "jar", ""));
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(folder.resolve("served" + EXTENSION + ".jar")))) {
            jar.putNextEntry(new JarEntry("hello.txt"));
            jar.write("hello".getBytes(US_ASCII));
        }
        write("project/pom.xml", pom("project", "pom", """
                <parent>
                    <groupId>example</groupId><artifactId>parent</artifactId><version>1</version><relativePath/>
                </parent>
                <build><extensions><extension>
                    <groupId>example</groupId><artifactId>extension</artifactId><version>1</version>
                </extension></extensions></build>
                """));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Contexts.server()));
        server.createContext("/", this::serve);
        server.start();
        write("settings.xml", """
                <settings><mirrors><mirror>
                    <id>akushu</id><mirrorOf>*</mirrorOf><url>https://localhost:%d</url>
                </mirror></mirrors></settings>
                """.formatted(server.getAddress().getPort()));
    }

    private static String pom(String name, String packaging, String more) {
        return """
                <project>
                <modelVersion>4.0.0</modelVersion>
                <groupId>example</groupId><artifactId>%s</artifactId><version>1</version><packaging>%s</packaging>
                %s</project>
                """.formatted(name, packaging, more);
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            sessions.add(((HttpsExchange) exchange).getSSLSession());
            Path file = folder.resolve("served" + exchange.getRequestURI().getPath());
            if (Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(200, Files.size(file));
                Files.copy(file, exchange.getResponseBody());
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    /** Runs Maven, in the version of the wrapper, on the project with nothing resolved yet; returns what it says. */
    List<String> build(List<String> options) throws IOException, InterruptedException {
        return ChildJvm.run(
                List.of(
                        "sh",
                        Path.of(System.getProperty("akushu.root"), "mvnw").toString(),
                        "--batch-mode",
                        "--settings=" + folder.resolve("settings.xml"),
                        "-Dmaven.repo.local=" + folder.resolve("resolved"),
                        "validate"),
                folder.resolve("project"),
                List.of("MAVEN_OPTS=" + String.join(" ", options)));
    }

    /** The bytes of the extension as they are served. */
    byte[] served() throws IOException {
        return Files.readAllBytes(folder.resolve("served" + EXTENSION + ".jar"));
    }

    /** The bytes of the extension as Maven has got them. */
    byte[] resolved() throws IOException {
        return Files.readAllBytes(folder.resolve("resolved" + EXTENSION + ".jar"));
    }

    /** The sessions of the requests so far. */
    List<SSLSession> sessions() {
        return sessions;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
