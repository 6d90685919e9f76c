package dev.akushu.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
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
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the engine tells of early data makes a story, and says why there is none. */
class EarlyDataStoryTest {
    private static final EarlyData HELLO =
            EarlyData.of("hello".getBytes(StandardCharsets.US_ASCII)).resendIfRefused();

    private static Loopback loopback;

    @BeforeAll
    static void issueCertificates() throws Exception {
        loopback = Loopback.create();
    }

    @Test
    void acceptedEarlyDataIsToldBeforeTheServersFirstWord() throws Exception {
        List<Step> steps = secondConnection(1 << 14, 1 << 14);

        assertThat(steps.stream().map(step -> step.event().getClass().getSimpleName() + " by " + step.teller()))
                .containsSubsequence(
                        "EarlyDataOffered by CLIENT", "EarlyDataDecided by SERVER", "EarlyDataDecided by CLIENT");
        assertThat(steps)
                .filteredOn(step -> step.event() instanceof TraceEvent.ApplicationData data
                        && data.protection() == Protection.EARLY)
                .singleElement()
                .returns(Protection.EARLY, Step::protection)
                .returns(Chapter.KEY_EXCHANGE, Step::chapter);
        assertThat(told(steps, Locale.ENGLISH))
                .contains("sends 5 bytes early, before the server has said anything; the pre-shared key allows 16,384")
                .contains("takes the early data")
                .contains("EndOfEarlyData")
                .contains("early data accepted: 5 bytes");
        assertThat(told(steps, Locale.JAPANESE)).contains("早期データ 5 バイトを受け入れ");
    }

    @Test
    void refusalIsToldByEachEndWithTheReasonThatItKnows() throws Exception {
        List<Step> steps = secondConnection(1 << 14, 0);

        assertThat(steps)
                .extracting(Step::event)
                .contains(
                        new TraceEvent.EarlyDataDecided(EarlyDataOutcome.TURNED_OFF),
                        new TraceEvent.EarlyDataDecided(EarlyDataOutcome.REFUSED_BY_SERVER),
                        new TraceEvent.EarlyDataResent(5));
        assertThat(told(steps, Locale.ENGLISH))
                .contains("No early data: this server takes none")
                .contains("No early data: the server did not take it")
                .contains("sends the 5 bytes again, as ordinary data");
        assertThat(told(steps, Locale.JAPANESE)).contains("このサーバは早期データを受け付けません");
    }

    private static String told(List<Step> steps, Locale locale) {
        StringBuilder text = new StringBuilder();
        TerminalNarrator narrator = new TerminalNarrator(
                Look.plain(locale).withWidth(400), line -> text.append(line).append('\n'));
        steps.forEach(narrator::read);
        narrator.end();
        return text.toString();
    }

    /** The story of a connection with early data, after one that gave the client its ticket. */
    private static List<Step> secondConnection(int atFirst, int thenTaken) throws Exception {
        List<Step> steps = new ArrayList<>();
        AtomicReference<Story> story = new AtomicReference<>(new Story(step -> {}));
        TlsServer server = loopback.server()
                .earlyData(atFirst)
                .observers(() -> story.get().observer(Role.SERVER))
                .build();
        TlsClient client = loopback.client(loopback.trust())
                .observers(() -> story.get().observer(Role.CLIENT))
                .build();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        int port;
        try (TlsListener listener = server.listen(anyPort)) {
            port = listener.localAddress().getPort();
            talk(listener, client, port);
        }
        Story both = new Story(steps::add);
        both.observer(Role.CLIENT);
        both.observer(Role.SERVER);
        story.set(both);
        TlsServer later = server.toBuilder().earlyData(thenTaken).build();
        try (TlsListener listener = later.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            talk(listener, client, port);
        }
        both.end();
        return steps;
    }

    private static void talk(TlsListener listener, TlsClient client, int port) throws IOException {
        CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(listener));
        try (TlsConnection connection = client.connect("localhost", port, HELLO)) {
            connection.input().readNBytes(5);
            connection.closeOutput();
        }
        served.join();
    }

    private static void serve(TlsListener listener) {
        try (TlsConnection connection = listener.accept().orElseThrow()) {
            byte[] early = connection.earlyInput().readAllBytes();
            connection
                    .output()
                    .write(early.length > 0 ? early : connection.input().readNBytes(5));
            connection.input().readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
