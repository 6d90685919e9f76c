package dev.akushu.fleet;

import static dev.akushu.fleet.Probe.await;
import static dev.akushu.fleet.Probe.knows;
import static dev.akushu.fleet.Probe.nameOfSealing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator does to the keys of a fleet, and what is refused. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"redis-server", "valkey-server"})
class FleetOperatorTest extends FleetAtStore {
    @Test
    void operatorRetiresAKeyEverywhere() throws Exception {
        Fleet one = joined();
        Fleet other = joined();
        await(() -> other.isSharing(Instant.now()));
        Bytes stolen = nameOfSealing(one);
        try (FleetOperator operator = operator(QUICK)) {
            assertThat(operator.retire(Bytes.wrap(new byte[16]))).isEmpty();
            assertThat(operator.retire(stolen)).isPresent();
        }

        await(() -> !knows(one, stolen) && !knows(other, stolen));
        await(() -> one.isSharing(Instant.now()) && other.isSharing(Instant.now()));
        assertThat(nameOfSealing(one)).isNotEqualTo(stolen);
    }

    @Test
    void operatorWithAWrongClockChangesNothing() throws Exception {
        var _ = joined();
        try (StoreClient client = StoreClient.of(store.address("shop"), StoreAccess.DEFAULT);
                RedisLink link = client.connect(() -> {})) {
            await(() -> !entries(link).isEmpty());
            Map<String, String> before = entries(link);
            for (Duration wrong : List.of(Duration.ofDays(3), Duration.ofHours(-9))) {
                assertThatThrownBy(() -> FleetOperator.connect(
                                store.address("shop"),
                                WRAPPING,
                                StoreAccess.DEFAULT,
                                RollOut.DEFAULT,
                                () -> Instant.now().plus(wrong)))
                        .isInstanceOfSatisfying(
                                TlsException.class,
                                failure -> assertThat(failure.problem()).isEqualTo(Problem.STORE_CLOCK_DIFFERS));
            }
            assertThat(entries(link)).isEqualTo(before);
        }
    }

    /** By the default times, no server would seal for as long as these do, nor know of a key so long before. */
    @Test
    void operatorWithAnotherKeyEncryptionKeyMakesNoKeyWhateverTimesTheServersHave() throws Exception {
        RollOut longer =
                new RollOut(Duration.ofHours(24), Duration.ofHours(20), Duration.ofDays(1), Duration.ofSeconds(5));
        try (FleetOperator theirs = operator(longer)) {
            theirs.rotate();
        }
        try (FleetOperator stranger = operator(OTHER_WRAPPING, RollOut.DEFAULT);
                StoreClient client = StoreClient.of(store.address("shop"), StoreAccess.DEFAULT);
                RedisLink link = client.connect(() -> {})) {
            Map<String, String> before = entries(link);
            assertThat(before).hasSize(1);
            List<ThrowingCallable> calls =
                    List.of(stranger::keys, stranger::rotate, () -> stranger.rotate(Duration.ofMinutes(1)));
            for (ThrowingCallable call : calls) {
                assertThatThrownBy(call)
                        .isInstanceOfSatisfying(
                                TlsException.class,
                                failure -> assertThat(failure.problem()).isEqualTo(Problem.STORE_KEYS_FOREIGN));
            }
            assertThat(entries(link)).isEqualTo(before);
        }
    }

    @Test
    void operatorRefusesToPublishAKeyAtOnceOrALifetimeAhead() throws Exception {
        try (FleetOperator operator = operator(SLOW);
                StoreClient client = StoreClient.of(store.address("shop"), StoreAccess.DEFAULT);
                RedisLink link = client.connect(() -> {})) {
            List<Duration> wrong = List.of(
                    Duration.ZERO,
                    Duration.ofSeconds(-1),
                    Duration.ofDays(7).plusNanos(1),
                    Duration.ofSeconds(Long.MAX_VALUE));
            for (Duration ahead : wrong) {
                assertThatThrownBy(() -> operator.rotate(ahead))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll(ahead.toString(), "more than zero", "PT168H");
            }
            assertThat(entries(link)).isEmpty();
            assertThat(operator.rotate(Duration.ofDays(7)).keys()).hasSize(1);
        }
    }

    private static Map<String, String> entries(RedisLink link) {
        try {
            return link.part(EntryStore.BEGIN).entries();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
