package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.NotResumed;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.Trust;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
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
        try (FleetOperator operator = operator()) {
            assertThat(operator.keys().keys()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    /** Several clients at once, and one that comes back when the key of its ticket has long ceased to seal. */
    @Test
    @Order(2)
    void rotationsUnderLoadLoseNoResumption() throws Exception {
        int rotations = 3;
        CountDownLatch over = new CountDownLatch(1);
        TlsClient seldom = known();
        List<Future<Integer>> loads = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                FleetOperator operator = operator()) {
            for (int i = 0; i < 4; i++) {
                loads.add(threads.submit(() -> visitAndBeResumed(known(), over)));
            }
            try {
                Set<Bytes> sealing = new HashSet<>();
                long end = System.nanoTime()
                        + Duration.ofMillis(5 * rotations * KEY_SEALS_MILLIS).toNanos();
                while (sealing.size() <= rotations) {
                    assertThat(System.nanoTime()).as("keys are replaced").isLessThan(end);
                    TicketKey key = operator.keys().sealingKey(Instant.now());
                    assertThat(key).isNotNull();
                    sealing.add(key.name());
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            } finally {
                over.countDown();
            }
            for (Future<Integer> load : loads) {
                assertThat(load.get()).isGreaterThan(50);
            }
        }
        Visit late = visit(seldom);
        assertThat(late.resumed()).as("%s%s", late, said()).isTrue();
    }

    private static int visitAndBeResumed(TlsClient client, CountDownLatch over) throws IOException {
        int count = 0;
        for (; over.getCount() > 0; count++) {
            Visit visit = visit(client);
            assertThat(visit.resumed())
                    .as("visit %d: %s%s", count, visit, visit.resumed() ? "" : said())
                    .isTrue();
        }
        return count;
    }

    private static FleetOperator operator() throws TlsException {
        return FleetOperator.connect(
                store.address("shop"),
                KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH])),
                StoreAccess.DEFAULT,
                RollOut.DEFAULT);
    }

    @Test
    @Order(3)
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
    @Order(4)
    void storeThatIsPausedKilledAndRestartedUnderLoadFailsNoHandshakeAndLosesNoResumption() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        List<Load> loads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            loads.add(new Load(client(), i % 2 == 0, over));
        }
        List<Future<?>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            loads.forEach(load -> ends.add(threads.submit(load)));
            try {
                awaitEarlyDataTaken(loads);
                awaitKeyThatAllKnow();

                store.pause();
                Span paused = Span.ofSleep(Duration.ofMillis(2_500));
                store.resume();
                awaitEarlyDataTaken(loads);
                assertRefused(loads, paused, "the store is paused");

                awaitKeyThatAllKnow();
                store.kill();
                Span away = Span.ofSleep(Duration.ofMillis(2_500));
                long begin = System.nanoTime();
                store.start();
                awaitEarlyDataTaken(loads);
                assertRefused(loads, away, "the store is away");
                // By its own word it is old enough when twice the window has passed since the first early data.
                assertRefused(
                        loads,
                        new Span(begin, begin + ServerJvm.WINDOW.multipliedBy(2).toNanos()),
                        "the store may have forgotten");
            } finally {
                over.countDown();
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
        for (Load load : loads) {
            assertThat(load.done).hasSizeGreaterThan(20);
            assertThat(load.done.getFirst().resumed()).isFalse();
            assertThat(load.done.stream().skip(1))
                    .allSatisfy(each -> assertThat(each.resumed())
                            .as("%s%s", each, each.resumed() ? "" : said())
                            .isTrue());
        }
    }

    /** A key that the store has, and not all servers yet, would seal where it is known, as soon as its time comes. So the store goes when the newest has just begun to seal. */
    private static void awaitKeyThatAllKnow() throws Exception {
        try (FleetOperator operator = operator()) {
            Probe.await(() -> {
                try {
                    Instant newest = operator.keys().keys().getFirst().notBefore();
                    Instant now = Instant.now();
                    return newest.isBefore(now) && newest.isAfter(now.minusMillis(PUBLISHED_AHEAD_MILLIS / 2));
                } catch (TlsException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }

    /** Handshakes that begin and end in it lie between {@code begin} and {@code end} of {@link System#nanoTime}. */
    private record Span(long begin, long end) {
        static Span ofSleep(Duration time) throws InterruptedException {
            long begin = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            return new Span(begin, System.nanoTime());
        }

        boolean has(Handshake handshake) {
            return handshake.begin() - begin >= 0 && handshake.end() - end <= 0;
        }
    }

    /** One of a load's. */
    private record Handshake(long begin, long end, boolean resumed, EarlyDataOutcome earlyData) {}

    /** A client that makes one connection after another, and tells of each. */
    private static final class Load implements Callable<Void> {
        private final TlsClient client;
        private final boolean early;
        private final CountDownLatch over;
        private final List<Handshake> done = new CopyOnWriteArrayList<>();

        Load(TlsClient client, boolean early, CountDownLatch over) {
            this.client = client;
            this.early = early;
            this.over = over;
        }

        @Override
        public Void call() throws IOException {
            while (over.getCount() > 0) {
                long begin = System.nanoTime();
                try (TlsConnection connection = early
                        ? client.connect(
                                "localhost",
                                port,
                                EarlyData.of(new byte[] {'e'}).resendIfRefused())
                        : client.connect("localhost", port)) {
                    connection.output().write('?');
                    assertThat(connection.input().readAllBytes()).hasSize(1);
                    done.add(new Handshake(
                            begin,
                            System.nanoTime(),
                            connection.session().orElseThrow().resumed(),
                            connection.earlyData().orElse(EarlyDataOutcome.NOT_OFFERED)));
                }
            }
            return null;
        }

        boolean hasEarlyDataTaken() {
            return done.size() > 1 && done.getLast().earlyData() == EarlyDataOutcome.ACCEPTED;
        }
    }

    private static void awaitEarlyDataTaken(List<Load> loads) {
        for (Load load : loads) {
            Probe.await(() -> !load.early || load.hasEarlyDataTaken());
        }
    }

    private static void assertRefused(List<Load> loads, Span span, String reason) {
        for (Load load : loads) {
            if (load.early) {
                assertThat(load.done.stream().filter(span::has))
                        .as(reason)
                        .isNotEmpty()
                        .extracting(Handshake::earlyData)
                        .containsOnly(EarlyDataOutcome.REFUSED_BY_SERVER);
            }
        }
    }
}
