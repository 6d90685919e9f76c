package dev.akushu.lab.stage;

import dev.akushu.lab.record.Recording;
import dev.akushu.lab.record.WireRecord;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Somebody on the path: passes records on in both directions, keeps a copy of each, and may interfere. Clients dial it in the
 * place of the server.
 */
final class Tap implements AutoCloseable {
    private static final int HEADER = 5;

    private final ServerSocket door;

    Tap() throws IOException {
        door = new ServerSocket();
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        door.setSoTimeout(Patience.MILLIS);
    }

    int port() {
        return door.getLocalPort();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) door.getLocalSocketAddress();
    }

    /** Lets the next client in and passes records between it and {@code server} until neither sends any more. */
    void pass(InetSocketAddress server, Recording recording, Interference interference) throws IOException {
        try (Socket client = door.accept();
                Socket other = new Socket();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other.connect(server, Patience.MILLIS);
            client.setTcpNoDelay(true);
            other.setTcpNoDelay(true);
            client.setSoTimeout(Patience.MILLIS);
            other.setSoTimeout(Patience.MILLIS);
            Future<?> there =
                    threads.submit(() -> new Direction(Role.CLIENT, recording, interference, client, other).run());
            Future<?> back =
                    threads.submit(() -> new Direction(Role.SERVER, recording, interference, other, client).run());
            await(there);
            await(back);
        }
    }

    private static void await(Future<?> direction) {
        try {
            direction.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the path failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    /** One of the two directions. */
    private static final class Direction {
        private final Role sender;
        private final Recording recording;
        private final Interference interference;
        private final Socket from;
        private final Socket to;
        private int number;

        Direction(Role sender, Recording recording, Interference interference, Socket from, Socket to) {
            this.sender = sender;
            this.recording = recording;
            this.interference = interference;
            this.from = from;
            this.to = to;
        }

        /** A connection that breaks is no failure of the path: both ends notice, and tell. */
        void run() {
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (byte[] bytes = next(in); bytes.length > 0; bytes = next(in)) {
                    byte[] passed = interference.on(sender, number, bytes);
                    long now = recording.now();
                    if (passed == null) {
                        recording.passed(new WireRecord(sender, number, now, Bytes.copyOf(bytes), Bytes.empty()));
                        break;
                    }
                    recording.passed(new WireRecord(sender, number, now, Bytes.copyOf(bytes), Bytes.copyOf(passed)));
                    number++;
                    out.write(passed);
                    out.flush();
                }
                to.shutdownOutput();
            } catch (IOException broken) {
                cut();
            }
        }

        private void cut() {
            try {
                to.close();
            } catch (IOException alreadyGone) {
                // Closing is all that was wanted.
                return;
            }
        }

        /** The next record; empty at the end. */
        private static byte[] next(InputStream in) throws IOException {
            byte[] header = in.readNBytes(HEADER);
            if (header.length < HEADER) {
                return header;
            }
            int length = (header[3] & 0xff) << 8 | header[4] & 0xff;
            byte[] body = in.readNBytes(length);
            byte[] record = Arrays.copyOf(header, HEADER + body.length);
            System.arraycopy(body, 0, record, HEADER, body.length);
            return record;
        }
    }
}
