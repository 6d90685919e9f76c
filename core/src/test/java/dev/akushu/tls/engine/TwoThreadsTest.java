package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Role;
import dev.akushu.tls.TicketStore;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.testing.EnginePair;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After the handshake one thread may send while another receives. */
class TwoThreadsTest {
    private static final int TOTAL = 50 << 20;
    private static final byte[] END = new byte[0];

    @Test
    @Timeout(120)
    void bothEndsSendAndReceiveAtOnceWhileKeysChange() throws Exception {
        TappedPair tapped = TappedPair.connected();
        BlockingQueue<byte[]> up = new LinkedBlockingQueue<>(64);
        BlockingQueue<byte[]> down = new LinkedBlockingQueue<>(64);
        TlsEngine client = tapped.end(Role.CLIENT).engine();
        TlsEngine server = tapped.end(Role.SERVER).engine();
        List<Callable<Long>> threads = List.of(
                () -> send(client, up, 7),
                () -> send(server, down, 11),
                () -> receive(server, up),
                () -> receive(client, down));
        try (ExecutorService pool = Executors.newFixedThreadPool(threads.size())) {
            List<Long> counts = new ArrayList<>();
            for (Future<Long> done : pool.invokeAll(threads)) {
                counts.add(done.get());
            }
            assertThat(counts).containsOnly((long) TOTAL);
        }
        assertThat(client.isInputClosed()).isTrue();
        assertThat(server.isInputClosed()).isTrue();
    }

    @Test
    void whatOneThreadForgetsIsNotInUseByTheOther() throws TlsException {
        TicketStore tickets = TicketStore.inMemory(4);
        AtomicReference<Runnable> meanwhile = new AtomicReference<>();
        TlsClient client = Ends.client()
                .tickets(tickets)
                .clock(() -> {
                    Runnable once = meanwhile.getAndSet(null);
                    if (once != null) {
                        once.run();
                    }
                    return Instant.now();
                })
                .build();
        EnginePair pair = EnginePair.of(client, Ends.server().build());
        pair.server().input(pair.client().output());
        pair.client().input(pair.server().output());
        pair.server().input(pair.client().output());
        byte[] ticket = pair.server().output();

        // The receiving thread is about to derive the ticket's key when another finds that the peer is gone.
        meanwhile.set(() -> otherThread(() ->
                assertThatThrownBy(() -> pair.client().engine().endOfInput()).isInstanceOf(TlsException.class)));
        ByteBuffer network = ByteBuffer.wrap(ticket);
        assertThat(pair.client().engine().receive(network, ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE)))
                .isEqualTo(TlsEngine.Status.OK);

        assertThat(meanwhile).hasNullValue();
    }

    private static void otherThread(Runnable work) {
        CompletableFuture.runAsync(work, thread -> Thread.ofPlatform().start(thread))
                .join();
    }

    /** Sends bytes that tell their place, and asks for new keys after every {@code period} pieces. */
    private static long send(TlsEngine engine, BlockingQueue<byte[]> wire, int period)
            throws TlsException, InterruptedException {
        ByteBuffer network = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
        byte[] piece = new byte[60_000];
        long sent = 0;
        for (int count = 0; sent < TOTAL; count++) {
            int length = (int) Math.min(piece.length, TOTAL - sent);
            fill(piece, length, sent);
            if (count % period == 0) {
                engine.updateKeys(true);
            }
            ByteBuffer data = ByteBuffer.wrap(piece, 0, length);
            while (data.hasRemaining()) {
                engine.send(data, network);
                put(network, wire);
            }
            sent += length;
        }
        engine.closeOutput();
        while (engine.hasOutput()) {
            engine.send(ByteBuffer.wrap(END), network);
            put(network, wire);
        }
        wire.put(END);
        return sent;
    }

    private static long receive(TlsEngine engine, BlockingQueue<byte[]> wire)
            throws TlsException, InterruptedException {
        ByteBuffer application = ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
        byte[] expected = new byte[TlsEngine.APPLICATION_BUFFER_SIZE];
        long received = 0;
        for (byte[] records = wire.take(); records != END; records = wire.take()) {
            ByteBuffer network = ByteBuffer.wrap(records);
            while (network.hasRemaining() && engine.receive(network, application) != TlsEngine.Status.CLOSED) {
                int length = application.position();
                fill(expected, length, received);
                if (!Arrays.equals(expected, 0, length, application.array(), 0, length)) {
                    throw new AssertionError("altered between " + received + " and " + (received + length));
                }
                received += length;
                application.clear();
            }
            engine.releaseBuffers();
        }
        return received;
    }

    private static void fill(byte[] target, int length, long from) {
        for (int i = 0; i < length; i++) {
            target[i] = (byte) ((from + i) * 31 >>> 3);
        }
    }

    private static void put(ByteBuffer network, BlockingQueue<byte[]> wire) throws InterruptedException {
        byte[] records = Arrays.copyOf(network.array(), network.position());
        network.clear();
        if (records.length > 0) {
            wire.put(records);
        }
    }
}
