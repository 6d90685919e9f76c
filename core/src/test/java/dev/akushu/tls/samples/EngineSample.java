package dev.akushu.tls.samples;

import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** The handshake of an engine over any channel. */
final class EngineSample {
    private EngineSample() {}

    static void shakeHands(TlsEngine engine, ByteChannel channel) throws IOException {
        // @start region="drive"
        ByteBuffer nothing = ByteBuffer.allocate(0);
        ByteBuffer in = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE).flip();
        ByteBuffer out = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
        while (!engine.isEstablished() || engine.hasOutput()) {
            while (engine.hasOutput()) {
                engine.send(nothing, out);
                write(channel, out.flip());
                out.clear();
            }
            if (engine.isEstablished()) {
                break;
            }
            switch (engine.receive(in, nothing)) {
                case NEED_INPUT -> read(engine, channel, in);
                case NEED_WORK -> {
                    engine.work().ifPresent(Work::run); // or hand it to an executor
                    engine.resume();
                }
                case OK, NEED_SPACE, CLOSED -> {}
            }
        }
        // @end
    }

    private static void write(ByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void read(TlsEngine engine, ByteChannel channel, ByteBuffer in) throws IOException {
        in.compact();
        int count = channel.read(in);
        in.flip();
        if (count < 0) {
            engine.endOfInput(); // throws: the peer has gone in the middle of the handshake
            throw new IOException("closed");
        }
    }
}
