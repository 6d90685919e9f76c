package dev.akushu.curves;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is kept for intermediates belongs to one computation at a time. */
class PoolTest {
    private static final int THREADS = 40;

    @Test
    void whatComesBackIsUsedAgain() {
        Pool<Object> pool = new Pool<>(Object::new);
        Object first = pool.take();
        Object second = pool.take();
        assertThat(second).isNotSameAs(first);

        pool.giveBack(first);
        assertThat(pool.take()).isSameAs(first);
    }

    /** Virtual threads are numbered on and on. */
    @Test
    void everyThreadHasAPlace() {
        assertThat(LongStream.of(1, Integer.MAX_VALUE, 1L << 31, (1L << 32) - 1, Long.MAX_VALUE)
                        .mapToInt(Pool::place))
                .allMatch(place -> 0 <= place && place < 16);
    }

    @Test
    void nothingIsTakenTwice() throws Exception {
        Pool<AtomicBoolean> pool = new Pool<>(AtomicBoolean::new);
        runInThreads(() -> {
            for (int i = 0; i < 2_000; i++) {
                AtomicBoolean isTaken = pool.take();
                assertThat(isTaken.getAndSet(true)).isFalse();
                LockSupport.parkNanos(1);
                isTaken.set(false);
                pool.giveBack(isTaken);
            }
            return null;
        });
    }

    /** Each thread has keys of its own; several threads share a place in each pool. */
    @Test
    void threadsDoNotSpoilEachOthersNumbers() throws Exception {
        runInThreads(() -> {
            SecureRandom random = new SecureRandom();
            for (int i = 0; i < 20; i++) {
                agreeByX25519(random);
                agreeAndSignByP256(random);
                signByP384(random);
            }
            return null;
        });
    }

    private static void agreeByX25519(SecureRandom random) {
        byte[][] secrets = new byte[2][32];
        byte[][] keys = new byte[2][32];
        byte[][] shared = new byte[2][32];
        X25519.generate(random, secrets[0], keys[0], 0);
        X25519.generate(random, secrets[1], keys[1], 0);
        assertThat(X25519.agree(secrets[0], keys[1], 0, shared[0], 0)).isTrue();
        assertThat(X25519.agree(secrets[1], keys[0], 0, shared[1], 0)).isTrue();
        assertThat(shared[0]).isEqualTo(shared[1]);
    }

    private static void agreeAndSignByP256(SecureRandom random) {
        byte[][] secrets = new byte[2][32];
        byte[][] keys = new byte[2][65];
        byte[][] shared = new byte[2][32];
        P256.generate(random, secrets[0], keys[0], 0);
        P256.generate(random, secrets[1], keys[1], 0);
        assertThat(P256.agree(secrets[0], keys[1], 0, 65, shared[0], 0)).isTrue();
        assertThat(P256.agree(secrets[1], keys[0], 0, 65, shared[1], 0)).isTrue();
        assertThat(shared[0]).isEqualTo(shared[1]);

        byte[] signature = new byte[64];
        P256.sign(secrets[0], "SHA256", shared[0], random, signature, 0);
        P256Verifier fresh = P256Verifier.of(keys[0], 0, 65).orElseThrow();
        assertThat(fresh.verify(shared[0], signature, 0)).isTrue();
        assertThat(fresh.withTable().verify(shared[0], signature, 0)).isTrue();
        assertThat(fresh.verify(keys[1], signature, 0)).isFalse();
    }

    private static void signByP384(SecureRandom random) {
        byte[] secret = new byte[48];
        byte[] key = new byte[97];
        P384.generate(random, secret, key, 0);
        byte[] signature = new byte[96];
        P384.sign(secret, "SHA384", secret, random, signature, 0);
        P384Verifier fresh = P384Verifier.of(key, 0, 97).orElseThrow();
        assertThat(fresh.verify(secret, signature, 0)).isTrue();
        assertThat(fresh.withTable().verify(secret, signature, 0)).isTrue();
    }

    private static void runInThreads(Callable<Void> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                results.add(threads.submit(work));
            }
            for (Future<Void> result : results) {
                result.get();
            }
        }
    }
}
