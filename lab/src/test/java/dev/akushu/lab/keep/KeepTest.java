package dev.akushu.lab.keep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.lab.Outside;
import dev.akushu.lab.record.Recording;
import dev.akushu.lab.record.RecordingListener;
import dev.akushu.lab.record.TimedStep;
import dev.akushu.lab.stage.Fault;
import dev.akushu.lab.stage.Flip;
import dev.akushu.lab.stage.Order;
import dev.akushu.lab.stage.Performance;
import dev.akushu.lab.stage.Scenario;
import dev.akushu.tls.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken away is what happened, and other tools read it. */
class KeepTest {
    @TempDir
    private Path folder;

    private static List<Recording> perform(Order order) throws IOException {
        Performance performance = new Performance(order, new RecordingListener() {
            @Override
            public void begin(Recording recording) {}

            @Override
            public void step(Recording recording, TimedStep step) {}

            @Override
            public void end(Recording recording) {}
        });
        performance.perform();
        return performance.recordings();
    }

    private String tshark(byte[] capture, String... options) throws Exception {
        Path file = Files.write(folder.resolve("run.pcapng"), capture);
        List<String> command = Stream.concat(Stream.of("tshark", "-r", file.toString()), Stream.of(options))
                .toList();
        return Outside.run(folder, Map.of(), command);
    }

    @Test
    void tsharkDecryptsTheRequestAndItsAnswer() throws Exception {
        Outside.require("tshark");

        String shown = tshark(Capture.of(perform(Order.of(Scenario.FULL))), "-O", "http,data-text-lines");

        assertThat(shown).contains("GET / HTTP/1.1", "HTTP/1.1 200 OK", "Hello from the server");
    }

    @Test
    void tsharkSeesEveryHandshakeMessageOfBothConnections() throws Exception {
        Outside.require("tshark");

        String types =
                tshark(Capture.of(perform(Order.of(Scenario.RESUMPTION))), "-T", "fields", "-e", "tls.handshake.type");

        // RFC 9846 appendix B.3: Certificate is 11, CertificateVerify 15, NewSessionTicket 4.
        assertThat(types.lines().flatMap(line -> List.of(line.split(",")).stream()))
                .contains("1", "2", "8", "11", "15", "20", "4");
        assertThat(types.split("11", -1))
                .as("one Certificate, in the first connection")
                .hasSize(2);
    }

    @Test
    void tsharkDecryptsEarlyData() throws Exception {
        Outside.require("tshark");

        String shown = tshark(Capture.of(perform(Order.of(Scenario.EARLY_DATA))), "-O", "http", "-Y", "http.request");

        assertThat(shown.split("GET / HTTP/1.1", -1))
                .as("the requests of both connections")
                .hasSizeGreaterThan(2);
    }

    @Test
    void tsharkFindsNothingWrongWithThePackets() throws Exception {
        Outside.require("tshark");

        String shown = tshark(
                Capture.of(perform(Order.of(Scenario.FULL))),
                "-o",
                "tcp.check_checksum:TRUE",
                "-o",
                "ip.check_checksum:TRUE",
                "-Y",
                "_ws.malformed || tcp.analysis.flags || tcp.checksum.status == 0 || ip.checksum.status == 0");

        assertThat(shown).isBlank();
    }

    @Test
    void mermaidShowsWhatPassedAndInWhichDirection() throws Exception {
        String diagram = Mermaid.of(perform(Order.of(Scenario.FULL)), Locale.ENGLISH);

        assertThat(diagram)
                .startsWith("sequenceDiagram\n    participant C as client\n    participant S as server\n")
                .contains("Note over C,S: 1: STEP 1")
                .containsPattern("C-->>S: ClientHello, [0-9,]+ bytes \\(clear\\)")
                .containsPattern("S->>C: Certificate, [0-9,]+ bytes \\(handshake keys\\)");
    }

    @Test
    void mermaidOfAFailureSaysWhoNoticed() throws Exception {
        assertThat(Mermaid.of(perform(Order.of(Fault.WRONG_HOST)), Locale.JAPANESE))
                .contains("participant C as クライアント", "Note over C: ハンドシェイクが失敗しました");
    }

    @Test
    void mermaidOfAFailureSaysWhy() throws Exception {
        assertThat(Mermaid.of(perform(Order.of(Fault.WRONG_HOST)), Locale.ENGLISH))
                .contains("Note over C: The handshake failed")
                .containsPattern("Note over C: .*www\\.example\\.org");
    }

    /** Subjects and names of certificates stand in causes. */
    @Test
    void mermaidTakesNothingThatAPeerSaysForItsOwn() {
        assertThat(Mermaid.text("%%{init:{}}%%;#<br>\r\nx\ry\u2028z"))
                .isEqualTo("#37;#37;{init:{}}#37;#37;#59;#35;#60;br> x y z");
        assertThat(Mermaid.text("#35; stays")).isEqualTo("#35;35#59; stays");
    }

    @Test
    void mermaidMarksWhatWasAltered() throws Exception {
        Order order = Order.of(Scenario.FULL, Flip.of(Role.SERVER, "Certificate", 12));
        String diagram = Mermaid.of(perform(order), Locale.ENGLISH);

        assertThat(diagram.lines().filter(line -> line.endsWith("altered on the way")))
                .singleElement()
                .asString()
                .contains("S->>C: Certificate, ");
    }

    @Test
    void mermaidShowsOneMessageWhereOneWasAlteredInTheClear() throws Exception {
        Order order = Order.of(Scenario.FULL, Flip.of(Role.CLIENT, "ClientHello", 12));
        String diagram = Mermaid.of(perform(order), Locale.ENGLISH);

        assertThat(diagram)
                .containsOnlyOnce("C-->>S: ClientHello")
                .containsPattern("Note over S: ClientHello, [0-9,]+ bytes, as it arrived");
    }
}
