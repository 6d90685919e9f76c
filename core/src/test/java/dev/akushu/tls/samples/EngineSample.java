package dev.akushu.tls.samples;

import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Work;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** An engine over any channel that blocks. */
final class EngineSample {
    private EngineSample() {}

    // sample: engine over a channel
    /** Shakes hands, sends {@code question} and close_notify, and returns all that comes before the peer's. */
    static byte[] ask(TlsEngine engine, ByteChannel channel, byte[] question) throws IOException {
        try {
            return exchange(engine, channel, question);
        } catch (TlsException failed) {
            try {
                flush(engine, channel, ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE)); // the alert: it says why
            } catch (IOException gone) {
                failed.addSuppressed(gone);
            }
            throw failed;
        }
    }

    private static byte[] exchange(TlsEngine engine, ByteChannel channel, byte[] question) throws IOException {
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
        for (ByteBuffer data = ByteBuffer.wrap(question); data.hasRemaining(); out.clear()) {
            engine.send(data, out); // a record at least, as many as fit
            write(channel, out.flip());
        }
        engine.closeOutput();
        return readAll(engine, channel, in, out); // what is left in "in" belongs to the next record
    }

    private static byte[] readAll(TlsEngine engine, ByteChannel channel, ByteBuffer in, ByteBuffer out)
            throws IOException {
        ByteBuffer content = ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (!engine.isInputClosed()) {
            flush(engine, channel, out); // receiving may have made something to send
            switch (engine.receive(in, content)) {
                case NEED_INPUT -> read(engine, channel, in);
                case NEED_WORK -> {
                    engine.work().ifPresent(Work::run);
                    engine.resume();
                }
                case OK, NEED_SPACE, CLOSED -> {}
            }
            all.write(content.array(), 0, content.position());
            content.clear();
        }
        return all.toByteArray();
    }

    private static void flush(TlsEngine engine, ByteChannel channel, ByteBuffer out) throws IOException {
        while (engine.hasOutput()) {
            engine.send(ByteBuffer.allocate(0), out);
            write(channel, out.flip());
            out.clear();
        }
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
            engine.endOfInput(); // throws: the peer has gone without close_notify
            throw new IOException("closed");
        }
    }
    // end
}
