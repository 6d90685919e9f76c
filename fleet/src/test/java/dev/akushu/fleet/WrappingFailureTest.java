package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A wrapping that fails when the first key is made, and works after that. */
@Timeout(60)
class WrappingFailureTest {
    private static final KeyWrapping WRAPPING = KeyEncryptionKey.of(List.of(new byte[KeyEncryptionKey.LENGTH]));

    @TempDir
    private Path folder;

    private final List<TlsException> faults = new CopyOnWriteArrayList<>();

    private interface Failure {
        void fail() throws GeneralSecurityException;
    }

    private static KeyWrapping failingOnce(Failure failure) {
        AtomicBoolean failed = new AtomicBoolean();
        return new KeyWrapping() {
            @Override
            public byte[] wrap(byte[] secret, byte[] context) throws GeneralSecurityException {
                if (failed.compareAndSet(false, true)) {
                    failure.fail();
                }
                return WRAPPING.wrap(secret, context);
            }

            @Override
            public byte[] unwrap(byte[] wrapped, byte[] context) throws GeneralSecurityException {
                return WRAPPING.unwrap(wrapped, context);
            }
        };
    }

    private void joinWith(KeyWrapping wrapping) throws Exception {
        try (RedisServer store = new RedisServer(RedisServer.program("redis-server"), folder);
                Fleet fleet = Fleet.at(store.address("shop"), wrapping)
                        .pollEvery(Duration.ofMillis(100))
                        .observer(new FleetObserver() {
                            @Override
                            public void onFault(TlsException fault) {
                                faults.add(fault);
                            }
                        })
                        .start()) {
            assertThat(fleet.awaitJoined(LIMIT)).isTrue();
        }
    }

    @Test
    void errorIsNotToldAsAStoreThatIsAwayAndTheStoreIsFollowedFurther() throws Exception {
        joinWith(failingOnce(() -> {
            throw new StackOverflowError("once");
        }));

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.problem()).isEqualTo(Problem.TICKET_KEY_NOT_WRAPPED);
            assertThat(fault).hasMessageContaining("once");
        });
    }

    @Test
    void keyThatCannotBeWrappedIsNotToldAsAStoreThatIsAway() throws Exception {
        joinWith(failingOnce(() -> {
            throw new GeneralSecurityException("the KMS is away");
        }));

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.problem()).isEqualTo(Problem.TICKET_KEY_NOT_WRAPPED);
            assertThat(fault).hasMessageContaining("the KMS is away");
        });
    }
}
