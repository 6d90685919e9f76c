package dev.akushu.lab.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.lab.page.Assets;
import dev.akushu.lab.page.PageTexts;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, and what they get. */
class SiteTest {
    private static final String FLIP =
            "{\"fault\":\"flipped_bit\",\"scenario\":\"full\",\"sender\":\"client\",\"message\":\"Finished\",";

    private static Site site;

    private record Answer(int status, String head, String body) {}

    @BeforeAll
    static void open() throws IOException {
        site = Site.open(0);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    /** By hand, because no client of the JDK lets a test choose Host or Origin. */
    private static Answer ask(String method, String path, String host, List<String> headers, String body)
            throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), site.port())) {
            socket.setSoTimeout(20_000);
            StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.0\r\nHost: " + host + "\r\n");
            headers.forEach(header -> request.append(header).append("\r\n"));
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            request.append("Content-Length: ").append(content.length).append("\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            out.write(request.toString().getBytes(StandardCharsets.US_ASCII));
            out.write(content);
            out.flush();
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                String answer = in.lines().collect(Collectors.joining("\n"));
                int end = answer.indexOf("\n\n");
                return new Answer(
                        Integer.parseInt(answer.split(" ", -1)[1]),
                        answer.substring(0, end),
                        answer.substring(end + 2));
            }
        }
    }

    private static Answer get(String path, String... headers) throws IOException {
        return ask("GET", path, host(), List.of(headers), "");
    }

    private static Answer order(String body) throws IOException {
        return ask("POST", "/api/runs", host(), List.of(token()), body);
    }

    private static String run(String body) throws IOException {
        Answer answer = order(body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return String.valueOf(JSON.std.mapFrom(answer.body()).get("id"));
    }

    private static Map<String, Map<String, String>> secrets(String id) throws IOException {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        JSON.std.mapFrom(get("/api/runs/" + id + "/secrets", token()).body()).forEach((connection, values) -> {
            Map<String, String> texts = new LinkedHashMap<>();
            ((Map<?, ?>) values).forEach((name, value) -> texts.put(name.toString(), value.toString()));
            all.put(connection, texts);
        });
        return all;
    }

    private static String host() {
        return "127.0.0.1:" + site.port();
    }

    private static String token() {
        return Gate.TOKEN_HEADER + ": " + site.address().getFragment();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.js", "/page.css", "/icon.svg"})
    void servesThePage(String path) throws IOException {
        Answer answer = get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head())
                .containsIgnoringCase("Content-Security-Policy: default-src 'none'; script-src 'self'")
                .containsIgnoringCase("frame-ancestors 'none'")
                .containsIgnoringCase("X-Content-Type-Options: nosniff");
    }

    @Test
    void pageIsSmall() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            for (String name : List.of("index.html", "page.js", "page.css")) {
                zip.write(Assets.load().find(name).orElseThrow().content());
            }
        }

        assertThat(zipped.size()).isLessThan(150_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Site.class", "/../Site.class", "/%2e%2e/Site.class", "/page/index.html", "//etc/passwd"})
    void servesNoOtherFile(String path) throws IOException {
        assertThat(get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"})
    void refusesAnotherHost(String host) throws IOException {
        assertThat(ask("GET", "/", host, List.of(token()), "").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"})
    void refusesAnotherOriginThoughItHasTheToken(String origin) throws IOException {
        assertThat(get("/api/choices", token(), "Origin: " + origin).status()).isEqualTo(403);
    }

    @Test
    void takesItsOwnOrigin() throws IOException {
        assertThat(get("/api/choices", token(), "Origin: http://" + host()).status())
                .isEqualTo(200);
    }

    @Test
    void codeLetsInOnce() throws IOException {
        String code = Gate.TOKEN_HEADER + ": " + site.addressForOnce().getFragment();
        Answer first = ask("POST", "/api/token", host(), List.of(code), "");

        assertThat(first.status()).isEqualTo(200);
        assertThat(JSON.std.mapFrom(first.body()))
                .containsEntry("token", site.address().getFragment());
        assertThat(ask("POST", "/api/token", host(), List.of(code), "").status())
                .isEqualTo(401);
        assertThat(get("/api/choices", code).status()).isEqualTo(401);
        assertThat(ask("POST", "/api/token", host(), List.of(token()), "").status())
                .isEqualTo(401);
    }

    @Test
    void refusesWhoDoesNotKnowTheToken() throws IOException {
        assertThat(get("/api/choices").status()).isEqualTo(401);
        assertThat(get("/api/choices", Gate.TOKEN_HEADER + ": wrong").status()).isEqualTo(401);
        assertThat(ask("POST", "/api/runs", host(), List.of(), "{\"scenario\":\"full\"}")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void eventsTellARealConnectionInBothLanguages() throws IOException {
        Answer answer = get("/api/runs/" + run("{\"scenario\":\"full\"}") + "/events", token());

        assertThat(answer.head()).containsIgnoringCase("text/event-stream");
        assertThat(answer.body())
                .contains("\"type\":\"connection\"", "\"name\":\"ClientHello\"", "\"type\":\"wire\"")
                .contains("STEP 1  Key exchange", "STEP 1  鍵交換")
                .contains("event: over");
    }

    @Test
    void secretsAreInNothingButWhatWasAskedForThem() throws IOException {
        String id = run("{\"scenario\":\"full\"}");
        String events = get("/api/runs/" + id + "/events", token()).body();
        Map<String, Map<String, String>> secrets = secrets(id);

        assertThat(secrets.get("1"))
                .containsKeys("shared_secret", "early_secret", "handshake_secret", "main_secret", "resumption_secret")
                .allSatisfy((name, value) -> assertThat(events).doesNotContain(value));
    }

    @Test
    void keptPageHoldsTheRunAndNoSecret() throws IOException {
        String id = run("{\"scenario\":\"resumption\"}");
        get("/api/runs/" + id + "/events", token());
        Answer page = get("/api/runs/" + id + "/kept.html?lang=ja", token());
        Answer json = get("/api/runs/" + id + "/kept.json", token());
        Map<String, Map<String, String>> secrets = secrets(id);

        assertThat(page.body())
                .startsWith("<!doctype html>\n<html lang=\"ja\">")
                .contains("NewSessionTicket", "script-src 'sha256-")
                .doesNotContain("src=", "href=\"http");
        assertThat(JSON.std.listFrom(json.body())).hasSizeGreaterThan(50);
        assertThat(secrets.get("2")).containsKey("psk");
        for (Map<String, String> values : secrets.values()) {
            assertThat(values).hasSizeGreaterThan(8).allSatisfy((name, value) -> {
                assertThat(page.body()).doesNotContain(value);
                assertThat(json.body()).doesNotContain(value);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{\"scenario\":\"nonsense\"}",
                "{\"scenario\":\"full\",\"group\":\"nonsense\"}",
                "{\"scenario\":\"full\",\"suite\":\"TLS_RSA_WITH_RC4_128_MD5\"}",
                "{\"scenario\":\"full\",\"key\":\"dsa\"}",
                "{\"scenario\":\"full\",\"protocol\":\"a b\"}",
                "{\"fault\":\"nonsense\"}",
                "{\"fault\":\"flipped_bit\",\"scenario\":\"full\"}",
                "{\"fault\":\"flipped_bit\",\"scenario\":\"full\",\"sender\":\"client\"}",
                "{\"fault\":\"flipped_bit\",\"scenario\":\"full\",\"sender\":\"client\",\"message\":\"Nope\"}",
                FLIP + "\"connection\":\"copy\"}",
                FLIP + "\"occurrence\":0}",
                FLIP + "\"offset\":-1}",
                FLIP + "\"bit\":8}",
                "{\"fault\":\"flipped_bit\",\"scenario\":\"remote\",\"host\":\"localhost\",\"sender\":\"client\"}",
                "{\"scenario\":\"remote\"}",
                "{\"scenario\":\"remote\",\"host\":\"https://example.org/\"}",
                "{\"scenario\":\"remote\",\"host\":\"localhost:8443\"}",
                "{\"scenario\":\"remote\",\"host\":\"[::1]:8443\"}",
                "{\"scenario\":\"remote\",\"host\":\"localhost\",\"port\":0}",
                "{\"scenario\":\"remote\",\"host\":\"localhost\",\"port\":65536}",
                "{\"scenario\":\"remote\",\"host\":\"localhost\",\"port\":1.5}"
            })
    void refusesAnOrderThatMakesNoSenseAndSaysWhy(String body) throws IOException {
        Answer answer = order(body);

        assertThat(answer.status()).isEqualTo(400);
        String key = "order." + JSON.std.mapFrom(answer.body()).get("refused");
        assertThat(PageTexts.all().get("en")).containsKey(key);
    }

    @Test
    void runTellsFirstWhatItReallyIs() throws IOException {
        // The scenario is the person's last choice on the other side of the form; the fault has one of its own.
        String id = run("{\"scenario\":\"external_psk\",\"fault\":\"replayed_ticket\",\"group\":\"x25519\"}");
        get("/api/runs/" + id + "/events", token());
        String json = get("/api/runs/" + id + "/kept.json", token()).body();

        assertThat(JSON.std.listFrom(json).getFirst())
                .isEqualTo(Map.of(
                        "type",
                        "order",
                        "scenario",
                        "resumption",
                        "fault",
                        "replayed_ticket",
                        "group",
                        "x25519",
                        "key",
                        "ec"));
    }

    @Test
    void refusesAnOrderWithoutEnd() throws IOException {
        assertThat(order("{\"scenario\":\"" + "x".repeat(10_000) + "\"}").status())
                .isEqualTo(400);
    }

    @Test
    void runThatNobodyBeganIsNotThere() throws IOException {
        assertThat(get("/api/runs/999999/events", token()).status()).isEqualTo(404);
        assertThat(get("/api/nothing", token()).status()).isEqualTo(404);
    }

    @Test
    void otherMethodsAreRefused() throws IOException {
        assertThat(ask("DELETE", "/api/choices", host(), List.of(token()), "").status())
                .isEqualTo(405);
        assertThat(get("/api/runs", token()).status()).isEqualTo(405);
    }
}
