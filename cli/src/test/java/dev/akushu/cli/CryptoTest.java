package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.KeyExchange;
import dev.akushu.tls.crypto.Origin;
import dev.akushu.tls.crypto.SignatureAlgorithm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code akushu crypto}. */
class CryptoTest {
    @Test
    @SuppressWarnings("unchecked") // JSON objects have names.
    void everyPrimitiveIsTimedWithWhoseCodeItIs() {
        Outcome outcome = Cli.plain().run("crypto", "--seconds", "0.5", "--json");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        assertThat(outcome.err()).isEmpty();
        List<Map<String, Object>> timings = outcome.events().stream()
                .filter(event -> event.get("event").equals("timing"))
                .toList();
        assertThat(timings.stream().map(timing -> timing.get("primitive")).collect(Collectors.toSet()))
                .isEqualTo(primitives(Crypto.fastest()));
        assertThat(timings).allSatisfy(timing -> {
            assertThat(((Number) timing.get("micros")).doubleValue()).isPositive();
            assertThat((List<Object>) timing.get("used")).isNotEmpty();
            assertThat((Map<String, Object>) timing.get("all_micros")).containsKey("jdk");
        });
        assertThat(timings.stream().filter(timing -> timing.get("primitive").equals("secp256r1")))
                .hasSize(2)
                .allSatisfy(timing -> assertThat((Map<String, Object>) timing.get("all_micros"))
                        .containsKeys("jdk", "own"));
    }

    private static Set<Object> primitives(Crypto crypto) {
        return Stream.of(
                        crypto.suites().stream().map(suite -> suite.aead().name()),
                        crypto.suites().stream().map(suite -> suite.hash().name()),
                        crypto.groups().stream().map(KeyExchange::group).map(Object::toString),
                        crypto.signatures().stream()
                                .map(SignatureAlgorithm::scheme)
                                .map(Object::toString))
                .flatMap(all -> all)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void personSeesATableInTheirLanguage() {
        Outcome outcome = Cli.plain().run("crypto", "--seconds", "0.5", "--lang", "ja");

        assertThat(outcome.exit()).isEqualTo(ExitCode.DONE);
        Origin used = Crypto.fastest().group(NamedGroup.SECP256R1).origins().getFirst();
        assertThat(outcome.out().lines().filter(line -> line.endsWith("secp256r1、サーバの段階: " + used)))
                .hasSize(1);
        assertThat(outcome.out().lines()).anyMatch(line -> line.matches(" +fastest +JDK +Akushu.*"));
    }

    @Test
    void timeMustBeANumberOfSeconds() {
        Outcome outcome = Cli.plain().run("crypto", "--seconds", "long");

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("'long'", "--seconds", "What to do:");
    }
}
