package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three servers, each in a JVM of its own, behind HAProxy in TCP mode, with a real store. A client sees one server. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HaproxyTest {
    private static final int SERVERS = 3;
    private static final int KEY_SEALS_MILLIS = 4_000;
    private static final int PUBLISHED_AHEAD_MILLIS = 2_000;

    @TempDir
    private static Path folder;

    private static RedisServer store;
    private static final List<Process> servers = new ArrayList<>();
    private static final List<BufferedReader> outputs = new ArrayList<>();
    private static Process haproxy;
    private static int port;
    private static Path authority;

    @BeforeAll
    static void start() throws Exception {
        Path program = RedisServer.program("haproxy");
        store = new RedisServer(folder);
        TestCa ca = TestCa.in(folder);
        ca.issue("server", "localhost");
        authority = ca.certificate();
        Path wrapping = Files.createTempFile(folder, "wrapping", "");
        Files.writeString(wrapping, Base64.getEncoder().encodeToString(new byte[KeyEncryptionKey.LENGTH]));
        StringBuilder backends = new StringBuilder();
        for (int i = 0; i < SERVERS; i++) {
            startServer(i, wrapping, ca);
        }
        for (int i = 0; i < SERVERS; i++) {
            String line = outputs.get(i).readLine();
            backends.append("    server s")
                    .append(i)
                    .append(" 127.0.0.1:")
                    .append(line)
                    .append('\n');
        }
        port = RedisServer.freePort();
        Path configuration = Files.writeString(folder.resolve("haproxy.cfg"), """
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 30s
                    timeout server 30s
                listen tls
                    bind 127.0.0.1:%d
                    balance roundrobin
                %s""".formatted(port, backends));
        haproxy = new ProcessBuilder(program.toString(), "-db", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile())
                .start();
        awaitPort();
    }

    private static void startServer(int number, Path wrapping, TestCa ca) throws IOException {
        String modules = System.getProperty("jdk.module.path", "");
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                + File.pathSeparator
                + modules;
        // Written to a file: as an argument it is too long for some systems.
        Path arguments = Files.writeString(
                folder.resolve("server" + number + ".args"),
                "-XX:TieredStopAtLevel=1\n-Xmx128m\n-cp\n\"" + ownClasses() + File.pathSeparator + path + "\"\n");
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + arguments,
                        ServerJvm.class.getName(),
                        String.valueOf(number),
                        store.address("shop"),
                        wrapping.toString(),
                        ca.file("server").toString(),
                        ca.key("server").toString(),
                        String.valueOf(KEY_SEALS_MILLIS),
                        String.valueOf(PUBLISHED_AHEAD_MILLIS))
                .redirectError(folder.resolve("server" + number + ".log").toFile())
                .start();
        servers.add(server);
        outputs.add(server.inputReader());
    }

    /** The tests' own, which are no entry of the class path when they are a part of the module. */
    private static String ownClasses() {
        return Path.of(HaproxyTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                + File.pathSeparator
                + Path.of(System.getProperty("akushu.root"), "fleet", "target", "test-classes");
    }

    private static void awaitPort() throws Exception {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (ConnectException _) {
                assertThat(haproxy.isAlive()).isTrue();
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        throw new AssertionError("HAProxy does not listen");
    }

    @AfterAll
    static void stop() throws Exception {
        for (Process server : servers) {
            server.destroyForcibly().waitFor();
        }
        if (haproxy != null) {
            haproxy.destroyForcibly().waitFor();
        }
        if (store != null) {
            store.close();
        }
    }

    private static TlsClient client() throws TlsException {
        return TlsClient.builder(Trust.pem(authority)).build();
    }

    /** What one connection was: by whom it was served, and whether it was resumed. */
    private record Visit(String server, boolean resumed, Optional<NotResumed> reason) {}

    private static Visit visit(TlsClient client) throws IOException {
        try (TlsConnection connection = client.connect("localhost", port)) {
            connection.output().write('?');
            String server = new String(connection.input().readAllBytes(), StandardCharsets.US_ASCII);
            TlsSession session = connection.session().orElseThrow();
            return new Visit(server, session.resumed(), Optional.ofNullable(session.notResumed()));
        }
    }

    /** A client that has made its one full handshake. */
    private static TlsClient known() throws Exception {
        TlsClient client = client();
        assertThat(visit(client).resumed()).isFalse();
        return client;
    }

    /** The key that all seal with lasts for four seconds, so this meets several rotations. */
    @Test
    @Order(1)
    void clientThatResumesAThousandTimesLandsOnAllServersAndNeverPaysAFullHandshake() throws Exception {
        TlsClient client = known();
        Map<String, Integer> visits = new TreeMap<>();
        long begin = System.nanoTime();
        int count = 0;
        // And for long enough that keys are replaced three times meanwhile.
        while (count < 1_000
                || System.nanoTime() - begin
                        < Duration.ofMillis(3 * KEY_SEALS_MILLIS).toNanos()) {
            Visit visit = visit(client);
            assertThat(visit.resumed())
                    .as("visit %d: %s%s", count, visit, visit.resumed() ? "" : said())
                    .isTrue();
            visits.merge(visit.server(), 1, Integer::sum);
            count++;
        }
        assertThat(visits.keySet()).containsExactly("0", "1", "2");
        assertThat(visits.values()).allSatisfy(each -> assertThat(each).isGreaterThan(300));
        try (FleetOperator operator = FleetOperator.connect(
                store.address("shop"),
                KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH])),
                StoreAccess.DEFAULT,
                RollOut.DEFAULT)) {
            assertThat(operator.keys().keys()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    @Order(2)
    void capturedEarlyDataIsTakenOnceThoughItIsReplayedToAllServersAtOnce() throws Exception {
        TlsClient client = known();
        awaitEarlyData(client);
        byte[] flight = earlyFlight(client);
        int before = earlyDataTaken();
        List<Future<?>> all = new ArrayList<>();
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                all.add(threads.submit(() -> {
                    go.await();
                    replay(flight);
                    return null;
                }));
            }
            go.countDown();
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(earlyDataTaken() - before).isEqualTo(1);
    }

    /** Until the store has been there for twice the window, no server takes any. */
    private static void awaitEarlyData(TlsClient client) throws Exception {
        for (int attempt = 0; attempt < 300; attempt++) {
            try (TlsConnection connection = client.connect("localhost", port, EarlyData.of(new byte[] {'e'}))) {
                connection.output().write('?');
                connection.input().readAllBytes();
                if (connection.earlyData().orElseThrow() == EarlyDataOutcome.ACCEPTED) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("no server takes early data");
    }

    /** All that a client sends before it hears anything. */
    private static byte[] earlyFlight(TlsClient client) throws TlsException {
        TlsEngine engine =
                client.engine("localhost", port, EarlyData.of("captured".getBytes(StandardCharsets.US_ASCII)));
        ByteBuffer out = ByteBuffer.allocate(1 << 16);
        engine.send(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Sends the flight and reads the server's, which comes when it has decided. */
    private static void replay(byte[] flight) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(flight);
            assertThat(socket.getInputStream().read()).as("a handshake record").isEqualTo(22);
        }
    }

    /** What the servers said on stderr. */
    private static String said() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < SERVERS; i++) {
            Path log = folder.resolve("server" + i + ".log");
            all.append('\n').append(log).append('\n').append(Files.readString(log));
        }
        return all.toString();
    }

    private static int earlyDataTaken() throws IOException {
        int taken = 0;
        for (int i = 0; i < SERVERS; i++) {
            servers.get(i).getOutputStream().write('\n');
            servers.get(i).getOutputStream().flush();
            taken += Integer.parseInt(outputs.get(i).readLine());
        }
        return taken;
    }

    @Test
    @Order(3)
    void storeThatIsKilledPausedAndRestartedUnderLoadFailsNoHandshake() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        List<Future<Integer>> loads = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                boolean early = i % 2 == 0;
                loads.add(threads.submit(() -> load(client(), early, over)));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(500);
                store.pause();
                TimeUnit.MILLISECONDS.sleep(2_500);
                store.resume();
                TimeUnit.MILLISECONDS.sleep(1_000);
                store.kill();
                TimeUnit.MILLISECONDS.sleep(2_500);
                store.start();
                TimeUnit.MILLISECONDS.sleep(2_500);
            } finally {
                over.countDown();
            }
            for (Future<Integer> load : loads) {
                assertThat(load.get()).as("handshakes, none of which failed").isGreaterThan(20);
            }
        }
    }

    private static int load(TlsClient client, boolean early, CountDownLatch over) throws IOException {
        int count = 0;
        for (; over.getCount() > 0; count++) {
            if (early) {
                try (TlsConnection connection = client.connect(
                        "localhost", port, EarlyData.of(new byte[] {'e'}).resendIfRefused())) {
                    connection.output().write('?');
                    connection.input().readAllBytes();
                }
            } else {
                visit(client);
            }
        }
        return count;
    }
}
