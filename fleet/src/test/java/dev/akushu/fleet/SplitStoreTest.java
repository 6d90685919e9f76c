package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.answer;
import static dev.akushu.fleet.Probe.await;
import static dev.akushu.fleet.Probe.knows;
import static dev.akushu.fleet.Probe.nameOfSealing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.ReplayGuard.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network falls apart, each side has a store that takes itself for the master, and then it is whole again. */
@Timeout(90)
class SplitStoreTest {
    private static final KeyWrapping WRAPPING = KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH]));
    private static final RollOut QUICK =
            new RollOut(Duration.ofHours(1), Duration.ofMillis(500), Duration.ofHours(1), Duration.ZERO);

    @TempDir
    private Path folder;

    @AutoClose
    private final Started started = new Started();

    private RedisServer here;
    private RedisServer there;
    private Crossing crossing;

    @BeforeEach
    void start() throws Exception {
        here = started.with(new RedisServer(Files.createDirectory(folder.resolve("here"))));
        there = started.with(new RedisServer(
                Files.createDirectory(folder.resolve("there")),
                "--replicaof",
                "127.0.0.1 " + here.port(),
                "--repl-diskless-sync-delay",
                "0"));
        await(() -> there.ask("info", "replication").contains("master_link_status:up"));
        crossing = started.with(new Crossing(here.port()));
    }

    private Fleet joined(int port) throws Exception {
        return started.joined(Fleet.at("redis://127.0.0.1:" + port + "/shop", WRAPPING)
                .rollOut(QUICK)
                .pollEvery(Duration.ofMillis(100))
                .replayDeadline(Duration.ofSeconds(1)));
    }

    private Bytes rotate(int port) throws Exception {
        try (FleetOperator operator =
                FleetOperator.connect("redis://127.0.0.1:" + port + "/shop", WRAPPING, StoreAccess.DEFAULT, QUICK)) {
            return operator.rotate().keys().getFirst().name();
        }
    }

    @Test
    void keysOfBothSidesOpenEverywhereOnceTheStoreIsOneAgain() throws Exception {
        Fleet left = joined(here.port());
        Fleet right = joined(crossing.port());
        Bytes common = nameOfSealing(left);
        await(() -> knows(right, common));

        there.ask("replicaof", "no", "one");
        crossing.leadTo(there.port());
        await(() -> there.ask("client", "list").contains("cmd=subscribe"));
        Bytes ofLeft = rotate(here.port());
        Bytes ofRight = rotate(there.port());
        await(() -> nameOfSealing(left).equals(ofLeft) && nameOfSealing(right).equals(ofRight));
        assertThat(knows(left, ofRight)).isFalse();
        assertThat(knows(right, ofLeft)).isFalse();
        assertThat(knows(left, common) && knows(right, common)).isTrue();

        ReplayGuard.Hello copied = Probe.hello(Duration.ofSeconds(3));
        await(() -> answer(left) == Answer.FRESH && answer(right) == Answer.FRESH);
        there.beOld("shop");
        here.beOld("shop");
        assertThat(answer(left, copied)).isEqualTo(Answer.FRESH);
        assertThat(answer(right, copied))
                .as("the price of a split, as docs/fleet.md says")
                .isEqualTo(Answer.FRESH);

        crossing.leadTo(here.port());
        await(() -> knows(left, ofRight) && knows(right, ofLeft));
        await(() -> nameOfSealing(left).equals(nameOfSealing(right)));
        Fleet late = joined(here.port());
        await(() -> knows(late, ofLeft) && knows(late, ofRight) && knows(late, common));
        await(() -> answer(left, copied) == Answer.SEEN && answer(right, copied) == Answer.SEEN);
    }
}
