package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.LIMIT;
import static dev.akushu.fleet.Probe.await;
import static dev.akushu.fleet.Probe.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.ReplayGuard.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose real store was away for a while and has forgotten nothing meanwhile. */
@Timeout(60)
class SharedReplayGuardTest {
    @TempDir
    private Path folder;

    private RedisServer store;
    private StoreClient client;
    private final AtomicReference<@Nullable RedisLink> link = new AtomicReference<>();
    private final SharedReplayGuard guard =
            new SharedReplayGuard(link::get, () -> true, LIMIT, Duration.ZERO, new FleetObserver() {});

    @BeforeEach
    void startStoreThatHasBeenThereLongEnough() throws Exception {
        store = new RedisServer(folder);
        client = StoreClient.of(store.address("shop"), StoreAccess.DEFAULT);
        link.set(client.connect(() -> {}));
        store.beOld("shop");
        await(() -> answer(hello()) == Answer.FRESH);
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (store != null) {
            store.close();
        }
    }

    @Test
    void whatCameWhileTheStoreWasAwayIsNotFreshWhenItIsBack() {
        ReplayGuard.Hello missed = hello();
        RedisLink there = link.getAndSet(null);
        assertThat(answer(missed)).isEqualTo(Answer.CANNOT_TELL);

        link.set(there);

        assertThat(answer(missed)).isEqualTo(Answer.CANNOT_TELL);
        assertThat(answer(missed)).as("now the store has it").isEqualTo(Answer.SEEN);
        await(() -> answer(hello()) == Answer.FRESH);
    }

    @Test
    void whatTheStoreCouldNotTakeIsNotFreshWhenItCan() throws Exception {
        ReplayGuard.Hello missed = hello();
        // Then it knows nothing of the command that remembers, until it is told again.
        store.ask("script", "flush");
        assertThat(answer(missed)).isEqualTo(Answer.CANNOT_TELL);

        RedisLink there = link.get();
        assertThat(there).isNotNull();
        there.refresh();

        assertThat(answer(missed)).isEqualTo(Answer.CANNOT_TELL);
        await(() -> answer(hello()) == Answer.FRESH);
    }

    /** Remembered for longer than a test takes. */
    private static ReplayGuard.Hello hello() {
        Instant now = Instant.now();
        return new ReplayGuard.Hello(id(), now.plus(LIMIT), now, LIMIT.plusMillis(100));
    }

    private Answer answer(ReplayGuard.Hello hello) {
        return guard.check(hello).toCompletableFuture().join();
    }
}
