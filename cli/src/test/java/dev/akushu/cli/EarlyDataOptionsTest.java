package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --early-data-window} and {@code --early-data-memory} of {@code serve}. */
class EarlyDataOptionsTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    /** How far the client's clock is ahead of ours. */
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    /** RFC 9846 section 8.3: the client states an age to which its ticket has not come yet. */
    @ParameterizedTest
    @CsvSource({
        "'', 9, accepted",
        "--early-data-window 1, 9, age_mismatch",
        "'', 60, age_mismatch",
        "--early-data-window 600, 60, accepted",
    })
    void earlyDataMayBeAsFarFromItsTimeAsTheWindowSays(String option, int seconds, String outcome) throws IOException {
        try (RunningServer server = start(option)) {
            TlsClient client = client(server);
            assertThat(earlyData(client, server)).isEqualTo("not_offered");
            ahead.set(Duration.ofSeconds(seconds));

            assertThat(earlyData(client, server)).isEqualTo(outcome);
        }
    }

    /** RFC 9846 section 8.2: unlike the one that a server makes with its Ticket Keys, this memory may be younger than tickets. */
    @Test
    void aMemoryOfAChosenSizeFirstWaitsForWhatMayHaveComeBeforeIt() throws IOException {
        try (RunningServer server = start("--early-data-memory 1000")) {
            TlsClient client = client(server);
            assertThat(earlyData(client, server)).isEqualTo("not_offered");
            assertThat(earlyData(client, server)).isEqualTo("replay_unknown");
        }
    }

    @Test
    void whatFindsNoRoomInTheMemoryIsRefused() throws IOException {
        try (RunningServer server = start("--early-data-memory 1 --early-data-window 0.5")) {
            TlsClient client = client(server);
            Instant end = Instant.now().plusSeconds(60);
            boolean full = false;
            String outcome = "";
            // Once the memory has waited, one in its window is taken, and the next is not. On a busy machine the two
            // may come too far apart.
            while (!(full && outcome.equals("replay_unknown")) && Instant.now().isBefore(end)) {
                outcome = earlyData(client, server);
                full |= outcome.equals("accepted");
            }

            assertThat(full).isTrue();
            assertThat(outcome).isEqualTo("replay_unknown");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--early-data-window 5                     | --early-data-window needs --early-data BYTES",
                "--early-data-memory 5                     | --early-data-memory needs --early-data BYTES",
                "--early-data 9 --early-data-window 0      | --early-data-window",
                "--early-data 9 --early-data-window 3601   | --early-data-window takes a number from 0.001 to 3600",
                "--early-data 9 --early-data-memory 0      | --early-data-memory takes a number from 1 to 10000000",
                "--early-data 9 --early-data-memory 10000001 | --early-data-memory takes a number from 1 to 10000000",
                "--early-data 9 --early-data-memory 5 --ticket-keys redis://localhost/shop | --early-data-memory and --ticket-keys redis://",
            })
    void whatNoServerCanDoIsRefused(String options, String part) {
        Outcome outcome = Cli.plain().run(("serve --port 0 " + options).split(" ", -1));

        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains(part);
    }

    private static RunningServer start(String options) throws IOException {
        return RunningServer.start(
                Stream.concat(Stream.of("--echo --early-data 100".split(" ", -1)), Stream.of(options.split(" ", -1)))
                        .filter(option -> !option.isEmpty())
                        .toArray(String[]::new));
    }

    private TlsClient client(RunningServer server) throws TlsException {
        return TlsClient.builder(Trust.pem(Path.of(server.authority())))
                .clock(() -> Instant.now().plus(ahead.get()))
                .build();
    }

    /** What the server says of early data that the client sends if it has a ticket; it gets another one in any case. */
    private static String earlyData(TlsClient client, RunningServer server) throws IOException {
        EarlyData hello = EarlyData.of(HELLO).resendIfRefused();
        try (TlsConnection connection = client.connect("localhost", server.port(), hello)) {
            assertThat(connection.input().readNBytes(HELLO.length)).isEqualTo(HELLO);
        }
        return ((Map<?, ?>) server.await("connected").get("handshake"))
                .get("early_data")
                .toString();
    }
}
