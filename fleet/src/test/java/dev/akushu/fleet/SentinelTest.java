package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.answer;
import static dev.akushu.fleet.Probe.await;
import static dev.akushu.fleet.Probe.knows;
import static dev.akushu.fleet.Probe.lastingHello;
import static dev.akushu.fleet.Probe.nameOfSealing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.ReplayGuard.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A master that is killed, the replica that Sentinel puts in its place, and servers that go on. */
@Timeout(90)
@ParameterizedClass
@ValueSource(strings = {"redis-server", "valkey-server"})
class SentinelTest {
    private static final KeyWrapping WRAPPING = KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH]));
    private static final RollOut QUICK =
            new RollOut(Duration.ofHours(1), Duration.ofSeconds(2), Duration.ofHours(1), Duration.ZERO);

    @Parameter
    private String program;

    @TempDir
    private Path folder;

    @AutoClose
    private final Started started = new Started();

    private RedisServer master;
    private RedisServer replica;
    private RedisServer sentinel;

    @BeforeEach
    void start() throws Exception {
        Path server = RedisServer.program(program);
        master = started.with(new RedisServer(server, Files.createDirectory(folder.resolve("master"))));
        replica = started.with(new RedisServer(
                server,
                Files.createDirectory(folder.resolve("replica")),
                "--replicaof",
                "127.0.0.1 " + master.port(),
                "--repl-diskless-sync-delay",
                "0",
                "--replica-read-only",
                "no"));
        await(() -> replica.ask("info", "replication").contains("master_link_status:up"));
        sentinel = started.with(RedisServer.sentinel(
                server, Files.createDirectory(folder.resolve("sentinel")), """
                sentinel monitor main 127.0.0.1 %d 1
                sentinel down-after-milliseconds main 500
                sentinel failover-timeout main 3000
                """.formatted(master.port())));
        await(() -> sentinel.ask("sentinel", "replicas", "main").contains(String.valueOf(replica.port())));
    }

    private String address() {
        return "redis-sentinel://127.0.0.1:" + sentinel.port() + "/shop#main";
    }

    private Fleet joined() throws Exception {
        return started.joined(Fleet.at(address(), WRAPPING)
                .rollOut(QUICK)
                .pollEvery(Duration.ofMillis(100))
                .replayDeadline(Duration.ofSeconds(1)));
    }

    /** A store notes its run when it is asked for the first time. */
    private void awaitReplicaInUse(Fleet fleet) {
        await(() -> {
            assertThat(answer(fleet, lastingHello())).isNotEqualTo(Answer.FRESH);
            String run = runOf(replica);
            return !run.isEmpty() && replica.ask("get", "akushu:{shop}:since").contains(run);
        });
    }

    /** Empty if it does not answer right now. */
    private static String runOf(RedisServer server) {
        String[] parts = server.ask("info", "server").split("run_id:", 2);
        return parts.length < 2 ? "" : parts[1].substring(0, 40);
    }

    @Test
    void keysTicketsAndReplayMarksOutliveTheMaster() throws Exception {
        Fleet one = joined();
        Fleet other = joined();
        await(() -> other.isSharing(Instant.now()));
        Bytes sealing = nameOfSealing(one);
        ReplayGuard.Hello played = lastingHello();
        assertThat(answer(one, played)).isEqualTo(Answer.CANNOT_TELL);
        await(() -> !replica.ask("keys", "*hello*").isBlank());

        master.kill();
        // No store at all: handshakes with tickets go on as before.
        assertThat(nameOfSealing(one)).isEqualTo(sealing);
        assertThat(answer(one)).isEqualTo(Answer.CANNOT_TELL);
        awaitReplicaInUse(one);

        // The replica has its mark; this server may still be on its way to it.
        await(() -> {
            Answer known = answer(other, played);
            assertThat(known).isNotEqualTo(Answer.FRESH);
            return known == Answer.SEEN;
        });
        assertThat(nameOfSealing(one)).isEqualTo(sealing);
        Fleet late = joined();
        await(() -> late.isSharing(Instant.now()));
        assertThat(nameOfSealing(late)).isEqualTo(sealing);
        await(() -> answer(late) == Answer.FRESH);
    }

    @Test
    void whatTheReplicaNeverHeardIsNotTakenForFreshAndKeysAreWrittenAgain() throws Exception {
        Fleet fleet = joined();
        ReplayGuard.Hello played = lastingHello();
        assertThat(answer(fleet, played)).isEqualTo(Answer.CANNOT_TELL);
        Bytes fresh;
        try (FleetOperator operator = FleetOperator.connect(address(), WRAPPING, StoreAccess.DEFAULT, QUICK)) {
            fresh = operator.rotate().keys().getFirst().name();
        }
        await(() -> knows(fleet, fresh));
        await(() -> replica.ask("hexists", "akushu:{shop}:keys", fresh.hex()).contains("1"));
        await(() -> !replica.ask("keys", "*hello*").isBlank());
        // As if the master had died before the replica heard of either.
        replica.ask("hdel", "akushu:{shop}:keys", fresh.hex());
        replica.ask("del", replica.ask("keys", "*hello*").strip());
        assertThat(replica.ask("keys", "*hello*")).isBlank();
        master.kill();

        awaitReplicaInUse(fleet);

        assertThat(answer(fleet, played)).as("never FRESH").isEqualTo(Answer.CANNOT_TELL);
        assertThat(answer(fleet, played)).isEqualTo(Answer.SEEN);
        await(() -> replica.ask("hexists", "akushu:{shop}:keys", fresh.hex()).contains("1"));
        Fleet late = joined();
        await(() -> knows(late, fresh));
        await(() -> answer(fleet) == Answer.FRESH);
    }
}
