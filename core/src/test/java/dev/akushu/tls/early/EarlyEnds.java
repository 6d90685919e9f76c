package dev.akushu.tls.early;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A client and a server that may use early data, at a time that the test sets. */
final class EarlyEnds {
    /** How much the server takes unless a test says otherwise. */
    static final int LIMIT = 20_000;

    private static final TestPki PKI = TestPki.create();
    private static final Policy QUICK = Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.X25519));

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    private TlsClient client =
            TlsClient.builder(PKI.trust()).policy(QUICK).clock(now::get).build();
    private TlsServer server = TlsServer.builder(
                    PKI.leaf(TestKey.P256, "localhost").identity())
            .earlyData(LIMIT)
            .clock(now::get)
            .build();

    /** After a handshake that gave the client tickets. */
    EarlyEnds withTicket() throws TlsException {
        EnginePair.connected(client, server);
        return this;
    }

    /** With the server's settings changed. */
    EarlyEnds server(UnaryOperator<TlsServer.Builder> change) {
        server = change.apply(server.toBuilder()).build();
        return this;
    }

    /** With the client's settings changed. */
    EarlyEnds client(UnaryOperator<TlsClient.Builder> change) {
        client = change.apply(client.toBuilder()).build();
        return this;
    }

    /** With a server that takes early data no more. */
    EarlyEnds refusing() {
        return server(builder -> builder.earlyData(0));
    }

    EarlyEnds after(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
        return this;
    }

    TlsClient.Builder clientBuilder() {
        return client.toBuilder();
    }

    TlsServer server() {
        return server;
    }

    /** A pair whose client offers early data. */
    EnginePair offering(String data) throws TlsException {
        return offering(EarlyData.of(bytes(data)));
    }

    EnginePair offering(EarlyData data) throws TlsException {
        EnginePair pair = EnginePair.of(client.engine("localhost", 443, data), server.engine());
        pair.server().leaveEarlyDataUnread();
        return pair;
    }

    /** A pair whose client has nothing to send early. */
    EnginePair pair() throws TlsException {
        return EnginePair.of(client, server);
    }

    /** A pair that has shaken hands, and whose server has read the early data. */
    EnginePair accepted(String data) throws TlsException {
        EnginePair pair = withTicket().offering(data);
        pair.shakeHands();
        earlyData(pair);
        return pair;
    }

    /** All early data that waits at the server. */
    static String earlyData(EnginePair pair) throws TlsException {
        TlsEngine engine = pair.server().engine();
        ByteBuffer data = ByteBuffer.allocate(engine.earlyDataAvailable());
        engine.readEarlyData(data);
        return new String(data.array(), StandardCharsets.UTF_8);
    }

    /** The records of an early answer by the server, and whatever comes before them. */
    static byte[] answer(EnginePair pair, String data) throws TlsException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteBuffer source = ByteBuffer.wrap(bytes(data));
        ByteBuffer network = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
        while (source.hasRemaining()) {
            pair.server().engine().sendHalfRttData(source, network);
            sent.write(network.array(), 0, network.position());
            network.clear();
        }
        return sent.toByteArray();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
