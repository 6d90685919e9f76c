package dev.akushu.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.trace.Protection;
import dev.akushu.tls.trace.TraceEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A greeting that did not wait for the client stands in the story where it was sent, and is told apart from what follows. */
class HalfRttStoryTest {
    private final List<Step> steps = new ArrayList<>();
    private final Story story = new Story(steps::add);

    @Test
    void aGreetingIsToldBetweenTheTwoFinished() throws Exception {
        Loopback loopback = Loopback.create();
        TlsServer server = loopback.server()
                .halfRttData(true)
                .observer(story.observer(Role.SERVER))
                .build();
        TlsClient client = loopback.client(loopback.trust())
                .observer(story.observer(Role.CLIENT))
                .build();
        try (TlsListener listener = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(listener));
            try (TlsConnection connection =
                    client.connect("localhost", listener.localAddress().getPort())) {
                connection.input().readNBytes(7);
            }
            served.join();
        }
        story.end();

        assertThat(steps)
                .filteredOn(HalfRttStoryTest::isHalfRtt)
                .singleElement()
                .satisfies(greeting -> {
                    assertThat(greeting.sender()).isEqualTo(Role.SERVER);
                    assertThat(greeting.protection()).isEqualTo(Protection.APPLICATION);
                    assertThat(greeting.chapter()).isEqualTo(Chapter.AUTHENTICATION);
                    assertThat(steps.indexOf(greeting)).isLessThan(indexOfFinished());
                });
        assertThat(told(Locale.ENGLISH)).containsOnlyOnce("Half-RTT data: the server sends it behind its Finished");
        assertThat(told(Locale.JAPANESE)).containsOnlyOnce("0.5-RTT データです");
    }

    private static boolean isHalfRtt(Step step) {
        return step.event() instanceof TraceEvent.ApplicationData data && data.halfRtt();
    }

    private int indexOfFinished() {
        return steps.indexOf(steps.stream()
                .filter(step -> step.sender() == Role.CLIENT
                        && step.event() instanceof TraceEvent.Message message
                        && message.name().equals("Finished"))
                .findFirst()
                .orElseThrow());
    }

    private String told(Locale locale) {
        StringBuilder text = new StringBuilder();
        TerminalNarrator narrator = new TerminalNarrator(
                Look.plain(locale).withWidth(400), line -> text.append(line).append('\n'));
        steps.forEach(narrator::read);
        narrator.end();
        return text.toString();
    }

    private static void serve(TlsListener listener) {
        try (TlsConnection connection = listener.accept().orElseThrow()) {
            connection.halfRttOutput().write("welcome".getBytes(StandardCharsets.US_ASCII));
            connection.handshake();
            connection.input().readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
