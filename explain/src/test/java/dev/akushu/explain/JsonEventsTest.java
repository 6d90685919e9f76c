package dev.akushu.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonEventsTest {
    @Test
    void everyEventIsOneObjectOnOneLine() {
        List<TraceEvent> events = Events.all();

        assertThat(events).allSatisfy(event -> {
            String line = line(Locale.ENGLISH, event);
            assertThat(line).doesNotContain("\n").startsWith("{\"event\":\"").endsWith("}");
            assertThat(parse(line)).containsKey("event").containsEntry("role", "client");
        });
    }

    @Test
    void everyKindOfEventHasItsOwnName() {
        long kinds = Events.all().stream().map(TraceEvent::getClass).distinct().count();

        assertThat(kinds).isEqualTo(TraceEvent.class.getPermittedSubclasses().length);
        assertThat(Events.all().stream()
                        .map(event -> parse(line(Locale.ENGLISH, event)).get("event"))
                        .distinct())
                .hasSize((int) kinds);
    }

    @Test
    void messageHoldsAllItsBytes() {
        TraceEvent.Message message = Rfc8448.sent("3 ClientHello", Protection.CLEAR);

        assertThat(parse(line(Locale.ENGLISH, message)))
                .containsEntry("event", "message")
                .containsEntry("flow", "sent")
                .containsEntry("name", "ClientHello")
                .containsEntry("type", 1)
                .containsEntry("protection", "clear")
                .containsEntry("length", message.message().length())
                .containsEntry("hex", message.message().hex());
    }

    @Test
    void decisionHoldsWhatItWasMadeAmong() {
        TraceEvent event = new TraceEvent.SuiteChosen(Scripts.SUITES.getFirst(), Scripts.SUITES, Scripts.SUITES);

        assertThat(parse(line(Locale.ENGLISH, event)))
                .containsEntry("chosen", "TLS_AES_128_GCM_SHA256")
                .containsEntry(
                        "offered",
                        List.of("TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384"));
    }

    @Test
    void failureHoldsFactsAndWordsInTheChosenLanguage() {
        TraceEvent event =
                new TraceEvent.Failed(Problem.HOST_NAME_MISMATCH.diagnosis("a.example", List.of("b.example")));

        assertThat(parse(line(Locale.ENGLISH, event)))
                .containsEntry("event", "failure")
                .containsEntry("problem", "host_name_mismatch")
                .containsEntry("category", "certificate")
                .containsEntry("alert", "bad_certificate")
                .containsEntry("facts", Map.of("expected", "a.example", "names", "[b.example]"))
                .hasEntrySatisfying(
                        "cause", cause -> assertThat(cause.toString()).contains("a.example"))
                .hasEntrySatisfying(
                        "remedy", remedy -> assertThat(remedy.toString()).isNotBlank());
        assertThat(parse(line(Locale.JAPANESE, event)))
                .hasEntrySatisfying(
                        "cause", cause -> assertThat(cause.toString()).contains("証明書"));
    }

    @Test
    void refusedChainHoldsEveryCheck() {
        Map<String, Object> failure = parse(line(Locale.ENGLISH, Events.refusedChain()));

        assertThat(failure)
                .containsEntry(
                        "failed_check",
                        Map.of("kind", "host_name", "subject", "CN=rsa", "detail", "expected a.example, names [rsa]"))
                .containsEntry("not_reached", List.of(Map.of("kind", "revocation", "subject", "CN=rsa", "detail", "")))
                .hasEntrySatisfying(
                        "checks", checks -> assertThat((List<?>) checks).hasSize(2));
    }

    @Test
    void failureThatIsNoCheckOfAChainHoldsNone() {
        assertThat(parse(line(
                        Locale.ENGLISH,
                        new TraceEvent.Failed(Problem.TIMED_OUT.diagnosis("handshake", "1 s", "a.example:443")))))
                .doesNotContainKeys("checks", "failed_check", "not_reached");
    }

    @Test
    void whatIsNotThereIsNull() {
        assertThat(parse(line(Locale.ENGLISH, new TraceEvent.ResumptionDecided(null))))
                .containsEntry("resumed", true)
                .containsEntry("reason", null);
        assertThat(parse(line(Locale.ENGLISH, new TraceEvent.Alert(Flow.RECEIVED, 200, true))))
                .containsEntry("name", null);
    }

    @Test
    void textOfAPeerIsEscaped() {
        String name = "a\"b\\c\n\u0000\u001b鍵";

        String line = line(Locale.ENGLISH, new TraceEvent.Started(Role.CLIENT, name, "MODERN_2026_11", true));

        assertThat(line).doesNotContain("\n", "\u0000", "\u001b");
        assertThat(parse(line))
                .containsEntry("server_name", name)
                .containsEntry("policy", "MODERN_2026_11")
                .containsEntry("permutes_extensions", true);
    }

    private static String line(Locale locale, TraceEvent event) {
        List<String> lines = new ArrayList<>();
        new JsonEvents(Role.CLIENT, locale, lines::add).on(event);
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private static Map<String, Object> parse(String line) {
        try {
            return JSON.std.mapFrom(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
