package dev.akushu.tls.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeptTest {
    private final Kept<Object> kept = new Kept<>(4);

    @Test
    void hasNothingAtFirst() {
        assertThat(kept.take()).isNull();
    }

    @Test
    void givesEachThingToOneTaker() {
        Object one = new Object();
        Object other = new Object();
        kept.giveBack(one);
        kept.giveBack(other);

        assertThat(Stream.of(kept.take(), kept.take())).containsExactlyInAnyOrder(one, other);
        assertThat(kept.take()).isNull();
    }

    @Test
    void dropsWhatItHasNoPlaceFor() {
        for (int i = 0; i < 1_000; i++) {
            kept.giveBack(new Object());
        }

        assertThat(Stream.generate(kept::take).takeWhile(Objects::nonNull).count())
                .isBetween(1L, 100L);
    }

    @Test
    void neverGivesOneThingToTwoThreads() throws Exception {
        Set<Object> taken = ConcurrentHashMap.newKeySet();
        List<Callable<Boolean>> takers = new ArrayList<>();
        // More threads than it tells apart, so that some meet.
        for (int i = 0; i < 40; i++) {
            takers.add(() -> takesAlone(taken));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(takers.size())) {
            for (Future<Boolean> alone : threads.invokeAll(takers)) {
                assertThat(alone.get()).isTrue();
            }
        }
    }

    private boolean takesAlone(Set<Object> taken) {
        for (int i = 0; i < 5_000; i++) {
            Object there = kept.take();
            Object own = there == null ? new Object() : there;
            if (!taken.add(own)) {
                return false;
            }
            taken.remove(own);
            kept.giveBack(own);
        }
        return true;
    }
}
