package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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
        assertThat(events.getFirst().getString("group")).isEqualTo("X25519MLKEM768");
        assertThat(events.getFirst().getString("peerHost")).isEqualTo("localhost");
        assertThat(events.getFirst().getDuration()).isPositive();
        assertThat(events.getLast().getString("problem")).isEqualTo("UNKNOWN_ISSUER");
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
    }
}
