package dev.akushu.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;

/** A server that does to the first client that comes what the test says, whether that is TLS or not. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket door;

    private RawServer(Script script) throws IOException {
        door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> play(script));
    }

    /** What it does. */
    @FunctionalInterface
    public interface Script {
        void play(Socket client) throws IOException;
    }

    public static RawServer doing(Script script) throws IOException {
        return new RawServer(script);
    }

    /** Waits for the client to say something, answers with these bytes, and closes when the client does. */
    public static RawServer answering(String hex) throws IOException {
        return doing(client -> {
            client.getInputStream().read(new byte[5]);
            client.getOutputStream().write(HexFormat.of().parseHex(hex));
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
    }

    public String target() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    private void play(Script script) {
        try (Socket client = door.accept()) {
            script.play(client);
        } catch (IOException over) {
            // The client has gone, or the test is over.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
