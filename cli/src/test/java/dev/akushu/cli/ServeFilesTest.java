package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code akushu serve --www}: files of one folder over HTTP/1.1, and nothing else. */
class ServeFilesTest {
    private static final String SECRET = "outside of the folder";

    @TempDir
    private static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void startServer() throws IOException {
        Path site = Files.createDirectories(folder.resolve("site/sub")).getParent();
        Files.writeString(folder.resolve("secret.txt"), SECRET);
        Files.createDirectories(folder.resolve("site-of-others"));
        Files.writeString(folder.resolve("site-of-others/secret.txt"), SECRET);
        Files.writeString(site.resolve("index.html"), "<h1>Home</h1>");
        Files.writeString(site.resolve("sub/index.html"), "<h1>Sub</h1>");
        Files.writeString(site.resolve("style.css"), "h1 {}");
        Files.writeString(site.resolve("握手 1.txt"), "akushu");
        Files.writeString(site.resolve(".hidden"), SECRET);
        Files.createSymbolicLink(site.resolve("out.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(site.resolve("up"), folder);
        Files.createSymbolicLink(site.resolve("in.css"), site.resolve("style.css"));
        server = RunningServer.start("--www", site.toString());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static String request(String text) {
        Outcome outcome = Cli.plain().withInput(text).run("connect", server.target(), "--ca", server.authority(), "-q");
        assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
        return outcome.out();
    }

    private static String get(String path) {
        return request("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    @Test
    void indexIsServedForTheFolder() {
        assertThat(get("/"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains(
                        "Content-Type: text/html; charset=utf-8\r\n",
                        "Content-Length: 13\r\n",
                        "X-Content-Type-Options: nosniff\r\n",
                        "Connection: close\r\n")
                .endsWith("\r\n\r\n<h1>Home</h1>");
    }

    @Test
    void queryIsNoPartOfTheName() {
        assertThat(get("/style.css?v=1"))
                .contains("200 OK", "Content-Type: text/css")
                .endsWith("h1 {}");
    }

    @Test
    void escapedNamesAreFound() {
        assertThat(get("/%E6%8F%A1%E6%89%8B%201.txt")).contains("200 OK").endsWith("akushu");
    }

    @Test
    void linkInsideOfTheFolderIsFollowed() {
        assertThat(get("/in.css")).endsWith("h1 {}");
    }

    @Test
    void subfolderWithoutSlashIsRedirected() {
        assertThat(get("/sub")).contains("301 Moved Permanently", "Location: /sub/\r\n");
        assertThat(get("//sub")).contains("Location: /sub/\r\n");
        assertThat(get("/sub/")).endsWith("<h1>Sub</h1>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/sub/../../secret.txt",
                "/%2e%2e/secret.txt",
                "/%2E%2E%2Fsecret.txt",
                "/..%2fsecret.txt",
                "/..%5csecret.txt",
                "/sub/..%2f..%2fsecret.txt",
                "/%252e%252e/secret.txt",
                "/%c0%ae%c0%ae/secret.txt",
                "/..%00/secret.txt",
                "/../site-of-others/secret.txt",
                "//../secret.txt",
                "/./../secret.txt",
                "/out.txt",
                "/up/secret.txt",
                "/up/site/index.html/../../../secret.txt",
                "/.hidden",
                "/%2ehidden",
                "/missing",
                "/index.html/",
                "/%",
                "/%zz",
                "*",
                "http://localhost/../secret.txt",
            })
    void nothingOutsideOfTheFolderIsServed(String path) {
        assertThat(get(path)).startsWith("HTTP/1.1 404 Not Found\r\n").doesNotContain(SECRET);
    }

    @Test
    void headHasNoContent() {
        assertThat(request("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains("200 OK", "Content-Length: 13\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void connectionStaysOpenForTheNextRequest() {
        String first = "GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String second = "GET /style.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        String answers = request(first + second);

        assertThat(answers).containsSubsequence("Connection: keep-alive", "h1 {}HTTP/1.1 200", "Connection: close");
    }

    @Test
    void http10ClosesAfterTheAnswer() {
        assertThat(request("GET /style.css HTTP/1.0\r\n\r\n"))
                .contains("Connection: close")
                .endsWith("h1 {}");
    }

    @Test
    void otherMethodsAreNotAllowed() {
        assertThat(request("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"))
                .contains("405 Method Not Allowed", "Allow: GET, HEAD\r\n", "Connection: close");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n",
            })
    void requestThatIsNoneIsBad(String text) {
        assertThat(request(text)).startsWith("HTTP/1.1 400 Bad Request\r\n").contains("Connection: close");
    }

    @Test
    void longRequestsAreCutOff() {
        assertThat(request("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .contains("414 URI Too Long");
        assertThat(request("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(9000) + "\r\n\r\n"))
                .contains("431 ");
        StringBuilder many = new StringBuilder("GET / HTTP/1.1\r\nHost: a\r\n");
        for (int i = 0; i < 200; i++) {
            many.append("X-").append(i).append(": a\r\n");
        }
        assertThat(request(many + "\r\n")).contains("431 ");
    }

    @Test
    void otherVersionsAreNotSupported() {
        assertThat(request("GET / HTTP/2.0\r\n\r\n")).contains("505 ");
    }

    @Test
    void http11IsAgreedOnByAlpn() {
        Outcome outcome = Cli.plain()
                .run(
                        "connect",
                        server.target(),
                        "--ca",
                        server.authority(),
                        "--alpn",
                        "h2,http/1.1",
                        "--expect-alpn",
                        "http/1.1");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void missingFolderIsAMisuse() {
        Outcome outcome = Cli.plain()
                .run("serve", "--port", "0", "--www", folder.resolve("missing").toString());

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("missing");
    }
}
