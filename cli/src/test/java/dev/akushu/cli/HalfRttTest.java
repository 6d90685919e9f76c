package dev.akushu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.cli.console.ExitCode;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Work;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --half-rtt} of {@code serve}. */
@Timeout(60)
class HalfRttTest {
    private static final String GREETING = "welcome, ようこそ\n";

    @Test
    void aClientIsGreetedBeforeItHasAnswered() throws IOException {
        try (RunningServer server = RunningServer.start("--echo", "--half-rtt", GREETING.strip());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            TlsEngine client = TlsClient.builder(Trust.pem(Path.of(server.authority())))
                    .build()
                    .engine("localhost", server.port());
            ByteBuffer hello = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
            client.send(ByteBuffer.allocate(0), hello);
            socket.getOutputStream().write(hello.array(), 0, hello.position());
            // Nothing else is ever sent.
            assertThat(greeting(client, socket)).isEqualTo(GREETING);
        }
    }

    @Test
    void theEchoFollows() throws IOException {
        try (RunningServer server = RunningServer.start("--echo", "--half-rtt", GREETING.strip(), "--explain")) {
            Outcome outcome =
                    Cli.plain().withInput("and hello").run("connect", server.target(), "--ca", server.authority());
            assertThat(outcome.exit()).as(outcome.err()).isEqualTo(ExitCode.DONE);
            assertThat(outcome.out()).isEqualTo(GREETING + "and hello");
        }
    }

    @Test
    void aBrowserIsNotGreeted() {
        Outcome outcome = Cli.plain().run("serve", "--port", "0", "--half-rtt", "welcome");
        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--half-rtt", "--echo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--client-ca", "--client-keys"})
    void whoMustShowACertificateIsNotGreetedBefore(String option) {
        Outcome outcome =
                Cli.plain().run("serve", "--port", "0", "--echo", "--half-rtt", "welcome", option, "unread.pem");
        assertThat(outcome.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.err()).contains("--half-rtt", option);
    }

    private static String greeting(TlsEngine client, Socket socket) throws IOException {
        ByteBuffer network =
                ByteBuffer.allocate(2 * TlsEngine.NETWORK_BUFFER_SIZE).flip();
        ByteBuffer data = ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
        while (data.position() < GREETING.getBytes(StandardCharsets.UTF_8).length) {
            switch (client.receive(network, data)) {
                case NEED_INPUT -> {
                    network.compact();
                    int count = socket.getInputStream().read(network.array(), network.position(), network.remaining());
                    assertThat(count).isPositive();
                    network.position(network.position() + count).flip();
                }
                case NEED_WORK -> client.work().ifPresent(Work::run);
                case OK -> {}
                default -> throw new AssertionError("no greeting came");
            }
        }
        return new String(data.array(), 0, data.position(), StandardCharsets.UTF_8);
    }
}
