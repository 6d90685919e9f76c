package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.akushu.cli.console.ExitCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code akushu demo}: the main job. */
class DemoTest {
    private static Outcome demo(String... options) {
        return Cli.plain()
                .run(Stream.concat(Stream.of("demo"), Stream.of(options)).toArray(String[]::new));
    }

    @Test
    void aQuietDemoTellsOfFailuresOnly() {
        Outcome outcome = demo("-q");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void lastLineOfJsonSumsUpAFullHandshakeAndAResumption() {
        Outcome outcome = demo("--json");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines().toList().getLast())
                .startsWith("{\"event\":\"summary\",\"ok\":true,\"handshakes\":[{\"kind\":\"full\",\"suite\":");
        assertThat(outcome.handshakes()).hasSize(2);
        assertThat(outcome.handshakes().get(0))
                .contains(
                        entry("kind", "full"),
                        entry("suite", "TLS_AES_128_GCM_SHA256"),
                        entry("group", "X25519MLKEM768"),
                        entry("signature", "ecdsa_secp256r1_sha256"),
                        entry("retried", false));
        assertThat(outcome.handshakes().get(1))
                .contains(entry("kind", "resumed"), entry("group", "X25519MLKEM768"), entry("retried", false));
    }

    @Test
    void everyLineOfJsonIsAnEventOfOneOfTheConnections() {
        List<Map<String, Object>> events = demo("--json").events();

        assertThat(events)
                .hasSizeGreaterThan(50)
                .allSatisfy(event -> assertThat(event).containsKey("event"));
        assertThat(events.subList(0, events.size() - 1))
                .allSatisfy(event -> assertThat(event.get("connection")).isIn(1, 2));
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .contains(
                                entry("event", "message"),
                                entry("name", "CertificateVerify"),
                                entry("role", "server")));
    }

    static Stream<Arguments> variants() {
        return Stream.of(
                Arguments.of(List.of("--key", "ec"), "signature", "ecdsa_secp256r1_sha256"),
                Arguments.of(List.of("--key", "RSA"), "signature", "rsa_pss_rsae_sha256"),
                Arguments.of(List.of("--key", "ed25519"), "signature", "ed25519"),
                Arguments.of(List.of("--group", "X25519"), "group", "x25519"),
                Arguments.of(List.of("--group", "secp256r1mlkem768"), "group", "SecP256r1MLKEM768"),
                Arguments.of(List.of("--group", "P-384"), "group", "secp384r1"),
                Arguments.of(List.of("--suite", "tls_aes_256_gcm_sha384"), "suite", "TLS_AES_256_GCM_SHA384"),
                Arguments.of(List.of("--suite", "CHACHA20_POLY1305_SHA256"), "suite", "TLS_CHACHA20_POLY1305_SHA256"),
                Arguments.of(List.of("--hrr"), "retried", true),
                Arguments.of(List.of("--hrr", "--group", "x25519"), "group", "x25519"),
                Arguments.of(List.of("--hrr", "--group", "secp521r1"), "retried", true));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void eachOptionDecidesBothHandshakes(List<String> options, String field, Object value) {
        Outcome outcome =
                demo(Stream.concat(options.stream(), Stream.of("--json")).toArray(String[]::new));

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.handshakes())
                .hasSize(2)
                .allSatisfy(handshake -> assertThat(handshake).contains(entry(field, value)));
        assertThat(outcome.handshakes().get(1)).contains(entry("kind", "resumed"));
    }

    @Test
    void withClientAuthTheServerVerifiesTheClientInTheFirstHandshakeOnly() {
        Outcome outcome = demo("--client-auth", "--json");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.events())
                .filteredOn(event -> event.get("event").equals("peer_chain_verified")
                        && event.get("role").equals("server"))
                .singleElement()
                .satisfies(event -> assertThat(event).contains(entry("connection", 1)));
    }

    @Test
    void storyTellsTheStepsInOrder() {
        Outcome outcome = demo();

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .containsSubsequence(
                        "ClientHello",
                        "ServerHello",
                        "CertificateVerify",
                        "Finished",
                        "NewSessionTicket",
                        "== The second connection",
                        "ClientHello",
                        "resumed");
    }

    @Test
    void storyIsToldInJapaneseWhereTheLocaleIs() {
        Outcome outcome = Cli.plain().withLocale(Locale.JAPAN).run("demo");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.out()).contains("クライアント", "鍵交換", "再開されました");
    }

    @Test
    void langGoesBeforeTheLocale() {
        assertThat(Cli.plain()
                        .withLocale(Locale.JAPAN)
                        .run("demo", "--lang", "en")
                        .out())
                .contains("The second connection was resumed")
                .doesNotContain("クライアント");
        assertThat(demo("--lang=ja").out()).contains("再開されました");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void verboseStoryShowsTheBytesOfEachMessage(String language) {
        Outcome outcome = demo("-v", "--lang", language);

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.out()).contains("supported_versions", "0303");
    }

    @Test
    void unknownKeyTypeIsRefusedWithThoseThatExist() {
        Outcome outcome = demo("--key", "dsa");

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("dsa", "ec, rsa, ed25519");
    }
}
