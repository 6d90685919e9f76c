package dev.akushu.conformance;

import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What the shim does once the handshake is done: it says what the flags want said, and sends back what comes, each
 * byte inverted.
 *
 * @param options of the connection
 * @param peer the runner
 * @param greeted whether what it would say first was said as early data
 * @param secrets of the connection
 */
record Exchange(Options options, Peer peer, boolean greeted, TrafficSecrets secrets) {
    private static final List<Integer> RECORD_SIZES =
            List.of(0, 1, 255, 256, 257, 16383, 16384, 16385, 32767, 32768, 32769);

    void run() throws TlsException, IOException, Unmet {
        export();
        if (options.has(Flag.WRITE_DIFFERENT_RECORD_SIZES)) {
            writeDifferentSizes();
        } else {
            writeFirst();
            if (!options.has(Flag.SHIM_SHUTS_DOWN)) {
                echo();
            }
        }
    }

    /** Ends the connection; what may have to come from the peer before has been read. */
    void shutDown() throws TlsException, IOException, Unmet {
        if (!options.has(Flag.CHECK_CLOSE_NOTIFY)) {
            return;
        }
        peer.close();
        while (!peer.engine().isInputClosed() && peer.read() != null) {
            // Data that crossed our close_notify is of no interest any more.
        }
        Unmet.unlessEqual("close_notify received", true, peer.engine().isInputClosed());
    }

    private void export() throws TlsException, IOException {
        int length = (int) options.number(Flag.EXPORT_KEYING_MATERIAL, 0);
        if (length > 0) {
            byte[] context = options.text(Flag.EXPORT_CONTEXT).orElse("").getBytes(StandardCharsets.ISO_8859_1);
            peer.write(peer.engine()
                    .exportKeyingMaterial(options.text(Flag.EXPORT_LABEL).orElse(""), context, length));
        }
        if (options.has(Flag.EXPORT_TRAFFIC_SECRETS)) {
            peer.handshake();
            byte[] read = options.isServer() ? secrets.client() : secrets.server();
            byte[] write = options.isServer() ? secrets.server() : secrets.client();
            peer.write(ByteBuffer.allocate(2 + read.length + write.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) read.length)
                    .put(read)
                    .put(write)
                    .array());
        }
    }

    private void writeDifferentSizes() throws TlsException, IOException {
        for (int size : RECORD_SIZES) {
            byte[] data = new byte[size];
            Arrays.fill(data, (byte) 0x42);
            peer.write(data);
        }
    }

    private void writeFirst() throws TlsException, IOException {
        if (greeted) {
            writeRestOfGreeting();
        } else if (options.has(Flag.READ_WITH_UNFINISHED_WRITE)) {
            peer.writeUnfinished(options.greeting());
        } else if (options.has(Flag.SHIM_WRITES_FIRST)) {
            peer.write(options.greeting());
        }
    }

    /** Behind what early data had room for. */
    private void writeRestOfGreeting() throws TlsException, IOException {
        peer.handshake();
        int said = (int) peer.engine().session().orElseThrow().earlyData().bytes();
        byte[] greeting = options.greeting();
        peer.write(Arrays.copyOfRange(greeting, said, greeting.length));
    }

    private void echo() throws TlsException, IOException {
        while (true) {
            if (options.has(Flag.KEY_UPDATE_BEFORE_READ)) {
                peer.engine().updateKeys(false);
                peer.flush();
            }
            byte[] data = peer.read();
            if (data == null) {
                return;
            }
            if (options.has(Flag.USE_EXPORTER_BETWEEN_READS)) {
                peer.engine().exportKeyingMaterial("EXPERIMENTAL", new byte[0], 1);
            }
            peer.release();
            if (options.has(Flag.KEY_UPDATE)) {
                peer.engine().updateKeys(false);
            }
            for (int i = 0; i < data.length; i++) {
                data[i] ^= (byte) 0xff;
            }
            peer.write(data);
        }
    }
}
