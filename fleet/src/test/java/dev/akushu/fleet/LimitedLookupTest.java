package dev.akushu.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A DNS server that never answers. */
@Timeout(60)
class LimitedLookupTest {

    @Test
    void silentDnsServerHoldsAConnectionUpForTheLimitAlone() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                DnsAddressResolverGroup patient = asking(silent);
                StoreClient client = StoreClient.of("redis://store.example:1/shop", StoreAccess.DEFAULT, patient)) {
            long begin = System.nanoTime();

            assertThatThrownBy(() -> client.connect(() -> {}))
                    .isInstanceOfSatisfying(
                            TlsException.class,
                            failure -> assertThat(failure.diagnosis())
                                    .isEqualTo(Problem.NAME_LOOKUP_TIMED_OUT.diagnosis("store.example", "2000 ms")));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void addressInDigitsIsAskedOfNobody() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                DnsAddressResolverGroup patient = asking(silent);
                StoreClient client = StoreClient.of("redis://127.0.0.1:1/shop", StoreAccess.DEFAULT, patient)) {
            assertThatThrownBy(() -> client.connect(() -> {}))
                    .isInstanceOfSatisfying(
                            TlsException.class,
                            failure -> assertThat(failure.problem()).isEqualTo(Problem.STORE_UNREACHABLE));
        }
    }

    /** Asks again for half a minute. */
    private static DnsAddressResolverGroup asking(DatagramSocket server) {
        return new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                .datagramChannelType(NioDatagramChannel.class)
                .queryTimeoutMillis(30_000)
                .nameServerProvider(new SingletonDnsServerAddressStreamProvider(
                        (InetSocketAddress) server.getLocalSocketAddress())));
    }
}
