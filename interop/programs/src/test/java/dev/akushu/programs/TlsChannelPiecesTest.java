package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tlschannel.ClientTlsChannel;
import tlschannel.TlsChannel;

/** tls-channel over a network that takes and gives a few bytes at a time: the engine sees every record in pieces. */
@Timeout(60)
class TlsChannelPiecesTest {
    private static final byte[] BODY = new byte[100_000];

    static {
        new Random(5).nextBytes(BODY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6, 21, 22, 255, 4096, 16_384, 16_640})
    void echoesWhateverTheNetworkTakesAtOnce(int longest) throws Exception {
        SSLContext context = Contexts.client();
        try (TlsChannelEcho server = new TlsChannelEcho(Contexts.server(), false)) {
            for (boolean resumed : new boolean[] {false, true}) {
                try (TlsChannel client = connect(context, server.port(), () -> longest)) {
                    assertThat(echo(client)).isEqualTo(BODY);
                    assertThat(Facts.of(client.getSslEngine().getSession()).resumed())
                            .isEqualTo(resumed);
                    // The second call waits for the close of the server.
                    assertThat(client.shutdown()).isFalse();
                    assertThat(client.shutdown()).isTrue();
                }
            }
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void echoesWhileTheNetworkTakesNowMoreNowLess() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (TlsChannelEcho server = new TlsChannelEcho(Contexts.server(), false);
                TlsChannel client =
                        connect(Contexts.client(), server.port(), () -> 1 + random.nextInt(1 << random.nextInt(16)))) {
            assertThat(echo(client)).as("seed %d", seed).isEqualTo(BODY);
            assertThat(server.failures()).as("seed %d", seed).isEmpty();
        }
    }

    /** How much the network takes or gives next. */
    private interface Lengths {
        int next();
    }

    private static TlsChannel connect(SSLContext context, int port, Lengths lengths) throws IOException {
        TlsChannel whole = TlsChannelEcho.connect(context, "localhost", port);
        SSLEngine engine = whole.getSslEngine();
        return ClientTlsChannel.newBuilder(new InPieces((SocketChannel) whole.getUnderlying(), lengths), engine)
                .build();
    }

    /** Writes the body a piece at a time and reads each piece back, so that neither end has to hold all of it. */
    private static byte[] echo(TlsChannel client) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(BODY);
        ByteBuffer in = ByteBuffer.allocate(BODY.length);
        while (out.hasRemaining()) {
            int end = Math.min(out.position() + 20_000, out.capacity());
            out.limit(end);
            while (out.hasRemaining()) {
                client.write(out);
            }
            while (in.position() < end) {
                if (client.read(in) < 0) {
                    throw new IOException("the echo ended after " + in.position() + " bytes");
                }
            }
            out.limit(out.capacity());
        }
        return in.array();
    }

    /** A socket whose every read and write moves no more than it is told. */
    private record InPieces(SocketChannel socket, Lengths lengths) implements ByteChannel {
        @Override
        public int read(ByteBuffer target) throws IOException {
            int limit = target.limit();
            target.limit(target.position() + Math.min(lengths.next(), target.remaining()));
            try {
                return socket.read(target);
            } finally {
                target.limit(limit);
            }
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int limit = source.limit();
            source.limit(source.position() + Math.min(lengths.next(), source.remaining()));
            try {
                return socket.write(source);
            } finally {
                source.limit(limit);
            }
        }

        @Override
        public boolean isOpen() {
            return socket.isOpen();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
