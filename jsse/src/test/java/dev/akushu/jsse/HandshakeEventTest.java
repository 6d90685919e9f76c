package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes in Java Flight Recorder. */
class HandshakeEventTest {
    @TempDir
    private Path folder;

    @Test
    void aRecordingTellsOfHandshakesResumptionsAndFailures() throws Exception {
        Path file = folder.resolve("handshakes.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("dev.akushu.Handshake");
            recording.start();
            shakeHands();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> "CLIENT".equals(event.getString("role")))
                .toList();
        assertThat(events).extracting(event -> event.getBoolean("resumed")).containsExactly(false, true, false);
        assertThat(events.getFirst().getString("cipherSuite")).isEqualTo("TLS_AES_128_GCM_SHA256");
        assertThat(events.getFirst().getString("group")).isEqualTo("X25519MLKEM768");
        assertThat(events.getFirst().getString("peerHost")).isEqualTo("localhost");
        assertThat(events.getFirst().getDuration()).isPositive();
        assertThat(events.getLast().getString("problem")).isEqualTo("UNKNOWN_ISSUER");
    }

    @Test
    void resumptionsTicketsAlertsAndHandOversAreToldIfARecordingAsks() throws Exception {
        Path file = folder.resolve("all.jfr");
        try (Recording recording = new Recording()) {
            for (String name : new String[] {"Resumption", "Ticket", "Alert", "HandOver"}) {
                recording.enable("dev.akushu." + name);
            }
            recording.start();
            shakeHands();
            new EngineTalk(
                            Contexts.sunWithTls12Only().createSSLEngine("localhost", 443),
                            Contexts.handingOver().createSSLEngine("client.example", 4711))
                    .handshake();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(of(events, "Resumption", "CLIENT"))
                .extracting(event -> event.getBoolean("resumed"))
                .containsExactly(false, true, false);
        assertThat(of(events, "Resumption", "SERVER").getFirst().getString("notResumed"))
                .isEqualTo("NO_TICKET");
        List<RecordedEvent> ofServer = of(events, "Ticket", "SERVER");
        assertThat(ofServer).extracting(event -> event.getString("action")).contains("SEALED", "OPENED");
        assertThat(ofServer)
                .allSatisfy(event -> assertThat(event.getString("keyName")).isNotEmpty());
        RecordedEvent received = of(events, "Ticket", "CLIENT").getFirst();
        assertThat(received.getString("action")).isEqualTo("RECEIVED");
        assertThat(received.getDuration("time")).isEqualTo(Duration.ofHours(24));
        assertThat(received.getInt("length")).isPositive();
        assertThat(received.getString("peerHost")).isEqualTo("localhost");
        assertThat(received.getInt("peerPort")).isEqualTo(443);
        assertThat(of(events, "Alert", "CLIENT")).anySatisfy(alert -> {
            assertThat(alert.getString("direction")).isEqualTo("SENT");
            assertThat(alert.getString("alert")).isEqualTo("unknown_ca");
            assertThat(alert.getBoolean("fatal")).isTrue();
        });
        assertThat(of(events, "HandOver", "SERVER")).singleElement().satisfies(older -> {
            assertThat(older.getString("offered")).contains("TLS 1.2");
            assertThat(older.getString("peerHost")).isEqualTo("client.example");
        });
    }

    @Test
    void withoutARecordingNobodyListens() {
        assertThat(RecordingObserver.isAskedFor()).isFalse();
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String name, String role) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.akushu." + name))
                .filter(event -> role.equals(event.getString("role")))
                .toList();
    }

    private static void shakeHands() throws Exception {
        SSLContext client = Contexts.akushu();
        SSLContext server = Contexts.akushu();
        for (int i = 0; i < 2; i++) {
            new EngineTalk(client.createSSLEngine("localhost", 443), server.createSSLEngine()).handshake();
        }
        SSLContext stranger = Contexts.akushu(null, new Pki("Stranger").trustManagers());
        EngineTalk failing = new EngineTalk(stranger.createSSLEngine("localhost", 443), server.createSSLEngine());
        assertThatThrownBy(failing::handshake).isInstanceOf(SSLHandshakeException.class);
        failing.client().wrapIfNeeded(failing.server());
    }
}
