package dev.akushu.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Role;
import dev.akushu.tls.trace.Field;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.Observer;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.ApplicationData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalNarratorTest {
    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Look ENGLISH = Look.plain(Locale.ENGLISH);
    private static final Map<String, Script> SCRIPTS = Map.of(
            "full", Scripts.full(),
            "retried", Scripts.retried(),
            "resumed", Scripts.resumed(),
            "client authentication", Scripts.clientAuthentication(),
            "expired certificate", Scripts.expiredCertificate());

    /** When a text or the layout changes on purpose, the file has to say so. */
    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void fullHandshakeReadsAsInTheFile(String language) throws IOException {
        List<String> lines = narrate(Scripts.full(), Look.plain(Locale.of(language)));

        assertThat(String.join("\n", lines) + "\n").isEqualTo(resource("full." + language + ".txt"));
    }

    @Test
    void handshakeTakesAboutAScreen() {
        List<String> lines = narrate(Scripts.full(), ENGLISH);
        int done = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains("Handshake done"))
                .findFirst()
                .orElseThrow();

        assertThat(done).isLessThan(50);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void noLineIsWiderThanTheTerminal(String script, Look look) {
        assertThat(narrate(Objects.requireNonNull(SCRIPTS.get(script)), look))
                .allSatisfy(line -> assertThat(Columns.of(plain(line))).as(line).isLessThanOrEqualTo(look.width()));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void nothingIsToldByColourAlone(String script, Look look) {
        Script played = Objects.requireNonNull(SCRIPTS.get(script));

        List<String> coloured = narrate(played, look.withColour(true));

        assertThat(coloured).anyMatch(line -> line.contains("\u001b["));
        assertThat(coloured.stream().map(TerminalNarratorTest::plain))
                .isEqualTo(narrate(played, look.withColour(false)));
    }

    static Stream<Arguments> looks() {
        return SCRIPTS.keySet().stream()
                .flatMap(script -> Stream.of(Locale.ENGLISH, Locale.JAPANESE)
                        .flatMap(locale -> IntStream.of(72, 80, 100, 132)
                                .boxed()
                                .flatMap(width -> Stream.of(false, true)
                                        .map(verbose -> Arguments.of(
                                                script,
                                                Look.plain(locale)
                                                        .withWidth(width)
                                                        .withVerbose(verbose))))));
    }

    @Test
    void withoutColourThereAreNoEscapes() {
        assertThat(narrate(Scripts.full(), ENGLISH.withVerbose(true))).noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void asciiTerminalGetsAsciiAlone() {
        assertThat(narrate(Scripts.full(), ENGLISH.withUnicode(false).withVerbose(true)))
                .allSatisfy(line -> assertThat(line).matches("\\p{ASCII}*"));
    }

    @Test
    void everyMessageSaysWhoseKeysProtectIt() {
        assertThat(narrate(Scripts.full(), ENGLISH))
                .filteredOn(line -> line.contains("▶") || line.contains("◀"))
                .hasSizeGreaterThan(8)
                .allMatch(line -> line.endsWith("[clear]")
                        || line.endsWith("[handshake keys]")
                        || line.endsWith("[application keys]"));
    }

    @Test
    void arrowsOfBothDirectionsAreAligned() {
        List<String> arrows = narrate(Scripts.full(), Look.plain(Locale.JAPANESE)).stream()
                .filter(line -> line.contains("▶") || line.contains("◀"))
                .toList();

        assertThat(arrows.stream()
                        .map(line -> Columns.of(line.substring(0, line.indexOf("サーバ"))))
                        .distinct())
                .hasSize(1);
        assertThat(arrows.stream()
                        .map(line -> Columns.of(line.substring(0, line.indexOf('['))))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void verboseNamesEveryFieldAtItsOffset() {
        List<String> lines = narrate(Scripts.full(), ENGLISH.withVerbose(true));
        List<Field> fields = Rfc8448.sent("3 ClientHello", Protection.CLEAR).fields();

        assertThat(fields)
                .hasSizeGreaterThan(20)
                .allSatisfy(field -> assertThat(lines)
                        .anyMatch(line -> line.startsWith(String.format(Locale.ROOT, "    %04x  ", field.offset()))
                                && line.contains(field.name())));
        assertThat(lines).contains("    0004  03 03                      legacy_version  TLS 1.2");
    }

    @Test
    void failureIsABlockOfItsOwn() {
        assertThat(narrate(Scripts.expiredCertificate(), ENGLISH))
                .containsSubsequence(
                        "  ✗ The handshake failed", "    where    The client noticed, after CertificateVerify.")
                .anyMatch(line -> line.startsWith("    what "))
                .anyMatch(line -> line.startsWith("    remedy "));
    }

    @Test
    void recordsOfDataInOneDirectionAreSummedUp() {
        List<String> lines = new ArrayList<>();
        Story story = new Story(new TerminalNarrator(ENGLISH, lines::add));
        Observer client = story.observer(Role.CLIENT);
        for (int i = 0; i < 1000; i++) {
            client.on(new ApplicationData(Flow.SENT, 1000));
        }
        story.end();

        assertThat(lines)
                .hasSizeLessThan(10)
                .last()
                .asString()
                .isEqualTo("    More records that way: 999, with 999,000 bytes.");
    }

    @Test
    void hostNameCannotMoveTheCursor() {
        List<String> lines = new ArrayList<>();
        Story story = new Story(new TerminalNarrator(ENGLISH, lines::add));
        story.observer(Role.CLIENT).on(new TraceEvent.Started(Role.CLIENT, "evil\u001b[2J", Scripts.POLICY, false));

        assertThat(lines).noneMatch(line -> line.contains("\u001b")).anyMatch(line -> line.contains("evil"));
    }

    private static List<String> narrate(Script script, Look look) {
        List<String> lines = new ArrayList<>();
        script.play(new TerminalNarrator(look, lines::add));
        return lines;
    }

    private static String plain(String line) {
        return ESCAPE.matcher(line).replaceAll("");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TerminalNarratorTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
