package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer's bytes come one by one, and before each of them the wait for it times out. */
@Timeout(120)
class TrickledSocketTest {
    private static final byte[] DATA = new byte[90];

    static {
        new Random(5).nextBytes(DATA);
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Socket far = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
    private final Socket near = listener.accept();
    // What the peer has sent, and nobody has let through yet.
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    TrickledSocketTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        threads.shutdownNow();
        near.close();
        far.close();
        listener.close();
    }

    /** The peer, whose bytes go to {@link #held}. */
    private SSLSocket peer(SSLContext context, boolean client) throws Exception {
        Socket between = new HeldSocket();
        SSLSocket peer = (SSLSocket) context.getSocketFactory().createSocket(between, "localhost", 443, true);
        peer.setUseClientMode(client);
        return peer;
    }

    /** Tries again until it does not time out, with one more byte each time; returns how many there were. */
    private int trickle(Callable<?> waiting) throws Exception {
        for (int bytes = 0; ; bytes++) {
            try {
                waiting.call();
                return bytes;
            } catch (SocketTimeoutException slow) {
                far.getOutputStream().write(next());
            }
        }
    }

    private int next() throws InterruptedException {
        synchronized (held) {
            while (held.size() == 0) {
                held.wait();
            }
            byte[] all = held.toByteArray();
            held.reset();
            held.write(all, 1, all.length - 1);
            return all[0];
        }
    }

    private void talk(SSLSocket mine, SSLSocket peer) throws Exception {
        mine.setSoTimeout(1);
        Future<Integer> said = threads.submit(() -> {
            peer.getOutputStream().write(DATA);
            return peer.getInputStream().read();
        });
        int handshake = trickle(() -> {
            mine.startHandshake();
            return null;
        });
        assertThat(handshake).as("bytes of the peer's handshake").isGreaterThan(100);
        InputStream in = mine.getInputStream();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int records = 0;
        while (read.size() < DATA.length) {
            records += trickle(() -> {
                read.write(in.read());
                return null;
            });
        }
        assertThat(read.toByteArray()).isEqualTo(DATA);
        assertThat(records).as("bytes of the peer's records").isGreaterThan(DATA.length);
        mine.getOutputStream().write(42);
        assertThat(said.get(30, TimeUnit.SECONDS)).isEqualTo(42);
    }

    @Test
    void aClientLosesNothing() throws Exception {
        SSLSocket mine = (SSLSocket) Contexts.akushu().getSocketFactory().createSocket(near, "localhost", 443, true);
        talk(mine, peer(Contexts.sun(), false));
    }

    @Test
    void aServerLosesNothing() throws Exception {
        SSLSocket mine = (SSLSocket) Contexts.akushu().getSocketFactory().createSocket(near, null, true);
        talk(mine, peer(Contexts.sun(), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerThatMayHandOverLosesNothing(String protocol) throws Exception {
        SSLSocket mine = (SSLSocket) Contexts.handingOver().getSocketFactory().createSocket(near, null, true);
        talk(mine, peer(Contexts.sun(protocol), true));
        assertThat(mine.getSession().getProtocol()).isEqualTo(protocol);
    }

    /** The far socket, but what is written to it is held. */
    private final class HeldSocket extends Socket {
        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InetAddress getInetAddress() {
            return far.getInetAddress();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return far.getInputStream();
        }

        @Override
        public OutputStream getOutputStream() {
            return new OutputStream() {
                @Override
                public void write(int octet) {
                    write(new byte[] {(byte) octet}, 0, 1);
                }

                @Override
                public void write(byte[] source, int offset, int length) {
                    synchronized (held) {
                        held.write(source, offset, length);
                        held.notifyAll();
                    }
                }
            };
        }
    }
}
