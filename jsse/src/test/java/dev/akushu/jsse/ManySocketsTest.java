package dev.akushu.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sockets by the thousand, each end on a virtual thread of its own, and all of them open at once. */
@Timeout(120)
class ManySocketsTest {
    private static final int CONNECTIONS = 1000;
    // By these, classes are loaded: the JVM pins a thread that waits for another to load one.
    private static final int FIRST_CONNECTIONS = 50;

    private final SSLContext client = Contexts.akushu();
    private final SSLContext server = Contexts.akushu();

    ManySocketsTest() throws Exception {}

    /** A virtual thread that waits for the peer leaves its carrier to others. */
    @Test
    void ofAThousandAtOnceNonePinsItsThread(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("pinned.jfr");
        try (Recording recording = new Recording();
                SSLServerSocket listener = (SSLServerSocket) server.getServerSocketFactory()
                        .createServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress())) {
            connectAtOnce(FIRST_CONNECTIONS, listener);
            recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO);
            recording.start();
            connectAtOnce(CONNECTIONS, listener);
            recording.stop();
            recording.dump(file);
        }
        assertThat(RecordingFile.readAllEvents(file))
                .filteredOn(ManySocketsTest::isOurs)
                .isEmpty();
    }

    private void connectAtOnce(int count, SSLServerSocket listener) throws Exception {
        // Nobody goes on before all have shaken hands.
        CyclicBarrier all = new CyclicBarrier(count);
        int port = listener.getLocalPort();
        List<Future<Integer>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                ends.add(threads.submit(() -> call(port, all)));
                SSLSocket accepted = (SSLSocket) listener.accept();
                ends.add(threads.submit(() -> answer(accepted)));
            }
            for (Future<Integer> end : ends) {
                assertThat(end.get(100, TimeUnit.SECONDS)).isEqualTo('x');
            }
        }
    }

    private int call(int port, CyclicBarrier all) throws Exception {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", port)) {
            socket.startHandshake();
            all.await();
            socket.getOutputStream().write('x');
            return socket.getInputStream().read();
        }
    }

    private static int answer(SSLSocket socket) throws Exception {
        try (socket) {
            int asked = socket.getInputStream().read();
            socket.getOutputStream().write(asked);
            // The client closes first.
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            return asked;
        }
    }

    /** Others use virtual threads too, and recordings hold what all of the JVM did. */
    private static boolean isOurs(RecordedEvent event) {
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .anyMatch(frame -> frame.getMethod().getType().getName().startsWith("dev.akushu."));
    }
}
