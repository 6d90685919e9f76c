package dev.akushu.lab.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A name that nobody answers for must not hold the lab. */
class NameLookupTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void resolverThatDoesNotAnswerIsAFindingWithNameAndLimit() {
        CountDownLatch over = new CountDownLatch(1);
        NameLookup.Resolver silent = host -> {
            try {
                over.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        };

        assertThatThrownBy(() -> new NameLookup(silent, Duration.ofMillis(20)).addresses("silent.example"))
                .isInstanceOfSatisfying(TlsException.class, e -> {
                    assertThat(e.diagnosis())
                            .isEqualTo(Problem.NAME_LOOKUP_TIMED_OUT.diagnosis("silent.example", "20 ms"));
                    assertThat(e).hasMessageContaining("DNS server");
                });
        over.countDown();
    }

    @Test
    void nameWithoutAnAddressIsUnknown() {
        NameLookup.Resolver knowsNobody = host -> {
            throw new UnknownHostException(host);
        };

        assertThatThrownBy(() -> new NameLookup(knowsNobody, LONG).addresses("nobody.example"))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        e -> assertThat(e.diagnosis()).isEqualTo(Problem.UNKNOWN_HOST.diagnosis("nobody.example")));
    }

    @Test
    void systemKnowsThisMachine() throws Exception {
        List<InetAddress> addresses = NameLookup.within(LONG).addresses("localhost");

        assertThat(addresses).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }
}
