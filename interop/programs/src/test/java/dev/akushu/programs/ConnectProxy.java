package dev.akushu.programs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP proxy that knows CONNECT alone (RFC 9110 9.3.6) and passes on what is said, without a look at it. */
final class ConnectProxy implements AutoCloseable {
    private static final Pattern CONNECT = Pattern.compile("CONNECT ([^:]+):(\\d+) HTTP/1\\.1");

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<IOException> failures = new CopyOnWriteArrayList<>();

    /** Starts on a port of its own. */
    ConnectProxy() throws IOException {
        Thread.ofVirtual().start(this::acceptAll);
    }

    /** As clients want it. */
    Proxy asProxy() {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The first lines of what clients asked for so far. */
    List<String> asked() {
        return asked;
    }

    /** What went wrong so far. */
    List<IOException> failures() {
        return failures;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException failed) {
            if (!listener.isClosed()) {
                failures.add(failed);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String request =
                    readHead(client.getInputStream()).lines().findFirst().orElseThrow();
            asked.add(request);
            Matcher target = CONNECT.matcher(request);
            if (!target.matches()) {
                throw new IOException("no CONNECT: " + request);
            }
            try (Socket server = new Socket(target.group(1), Integer.parseInt(target.group(2)))) {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(ISO_8859_1));
                Thread back = Thread.ofVirtual().start(() -> pass(server, client));
                pass(client, server);
                back.join();
            }
        } catch (IOException failed) {
            failures.add(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException failed) {
            failures.add(failed);
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client went away in the middle of its request: " + head);
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }
}
