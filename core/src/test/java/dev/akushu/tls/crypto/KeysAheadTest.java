package dev.akushu.tls.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.crypto.KeyExchange.ClientShare;
import dev.akushu.tls.crypto.KeyExchange.ServerShare;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeysAheadTest {
    private static final SecureRandom RANDOM = Implementations.JDK.random();

    static List<KeyExchange> groups() {
        return Stream.of(Implementations.JDK, Implementations.OWN_CURVES, Implementations.ACCELERATED)
                .flatMap(crypto -> crypto.withKeysAhead(3).groups().stream())
                .toList();
    }

    /** By pairs that were made ahead and, since handshakes come at once here, others. */
    @ParameterizedTest
    @MethodSource("groups")
    void theyAgreeWithTheJdk(KeyExchange ahead) throws Exception {
        KeyExchange jdk = Implementations.JDK.group(ahead.group());
        for (int i = 0; i < 8; i++) {
            ClientShare client = ahead.generate(RANDOM);
            assertThat(client.share().length()).isEqualTo(ahead.clientShareLength());
            ServerShare server = jdk.respond(client.share(), RANDOM);
            assertThat(client.agree(server.share())).isEqualTo(server.secret());
            ClientShare other = jdk.generate(RANDOM);
            ServerShare answer = ahead.respond(other.share(), RANDOM);
            assertThat(other.agree(answer.share())).isEqualTo(answer.secret());
        }
    }

    @Test
    void aClassicalHalfGoesWithAHybrid() throws Exception {
        Crypto crypto = Implementations.OWN_CURVES.withKeysAhead(2);
        ClientShare hybrid = crypto.group(NamedGroup.X25519_MLKEM768).generate(RANDOM);
        ClientShare half = hybrid.classicalHalf();

        ServerShare server = crypto.group(NamedGroup.X25519).respond(half.share(), RANDOM);

        assertThat(half.agree(server.share())).isEqualTo(server.secret());
    }

    @Test
    void aBadShareIsRefusedAndTheNextOneAnswered() throws Exception {
        KeyExchange ahead = Implementations.OWN_CURVES.withKeysAhead(2).group(NamedGroup.X25519);
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(BadKeyShareException.class)
                    .isThrownBy(() -> ahead.respond(Bytes.wrap(new byte[32]), RANDOM));
        }
        ClientShare client = ahead.generate(RANDOM);
        ServerShare server = ahead.respond(client.share(), RANDOM);
        assertThat(client.agree(server.share())).isEqualTo(server.secret());
    }

    @Test
    void noPairServesTwoHandshakes() throws Exception {
        KeyExchange ahead = Implementations.OWN_CURVES.withKeysAhead(16).group(NamedGroup.X25519);
        Set<Bytes> shares = ConcurrentHashMap.newKeySet();
        int each = 2_000;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                        for (int i = 0; i < each; i++) {
                            shares.add(ahead.generate(RANDOM).share());
                        }
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(shares).hasSize(4 * each);
    }

    @Test
    void asManyAreMadeAsWereAskedForAndNoneBeforeTheFirstHandshake() {
        Counted counted = new Counted(Implementations.OWN_CURVES.group(NamedGroup.X25519));
        KeyExchange ahead =
                Implementations.OWN_CURVES.with(counted).withKeysAhead(5).group(NamedGroup.X25519);
        assertThat(counted.made).hasValue(0);

        for (int taken = 1; taken <= 200; taken++) {
            ahead.generate(RANDOM);
            if (taken % 10 == 0) {
                counted.await(taken + 5);
            }
            assertThat(counted.made.get()).isLessThanOrEqualTo(taken + 5);
        }
    }

    @Test
    void theSecondNumberCounts() {
        Counted counted = new Counted(Implementations.OWN_CURVES.group(NamedGroup.X25519));
        KeyExchange ahead = Implementations.OWN_CURVES
                .with(counted)
                .withKeysAhead(50)
                .withKeysAhead(2)
                .group(NamedGroup.X25519);
        for (int taken = 1; taken <= 20; taken++) {
            ahead.generate(RANDOM);
            counted.await(taken + 2);
            assertThat(counted.made).hasValue(taken + 2);
        }
    }

    /** Not with one that was there when this was configured. */
    @Test
    void theyAreMadeWithTheRandomnessOfTheHandshake() {
        Counted counted = new Counted(Implementations.OWN_CURVES.group(NamedGroup.X25519));
        KeyExchange ahead =
                Implementations.OWN_CURVES.with(counted).withKeysAhead(2).group(NamedGroup.X25519);
        SecureRandom other = new SecureRandom();
        ahead.generate(other);
        counted.await(1 + 2);

        assertThat(counted.randoms).containsExactly(other);
    }

    @Test
    void whatCannotBeMadeAheadIsToldByTheHandshake() {
        Counted counted = new Counted(Implementations.OWN_CURVES.group(NamedGroup.X25519));
        KeyExchange ahead =
                Implementations.OWN_CURVES.with(counted).withKeysAhead(3).group(NamedGroup.X25519);
        counted.broken = true;
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> ahead.generate(RANDOM));
        }
        counted.broken = false;
        int before = counted.made.get();
        // Until another thread has made more than were taken.
        for (int taken = 0; counted.made.get() - before <= taken; taken++) {
            ahead.generate(RANDOM);
        }
    }

    @Test
    void noneOrFewerAreNoNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Implementations.JDK.withKeysAhead(0))
                .withMessageContaining("not 0");
    }

    /** A group of somebody else's, of which nothing is known but what the interface says. */
    private static final class Counted implements KeyExchange {
        private final KeyExchange group;
        private final AtomicInteger made = new AtomicInteger();
        private final Set<SecureRandom> randoms = ConcurrentHashMap.newKeySet();
        private volatile boolean broken;

        private Counted(KeyExchange group) {
            this.group = group;
        }

        void await(int number) {
            while (made.get() < number) {
                Thread.onSpinWait();
            }
        }

        @Override
        public NamedGroup group() {
            return group.group();
        }

        @Override
        public int clientShareLength() {
            return group.clientShareLength();
        }

        @Override
        public ClientShare generate(SecureRandom random) {
            if (broken) {
                throw new ProviderException("no device");
            }
            made.incrementAndGet();
            randoms.add(random);
            return group.generate(random);
        }

        @Override
        public ServerShare respond(Bytes clientShare, SecureRandom random) throws BadKeyShareException {
            return group.respond(clientShare, random);
        }
    }
}
