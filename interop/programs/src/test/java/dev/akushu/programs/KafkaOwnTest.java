package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.jsse.AkushuProvider;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.network.SslTransportLayerTest;
import org.apache.kafka.common.network.SslTransportTls12Tls13Test;
import org.apache.kafka.common.network.SslVersionsTransportLayerTest;
import org.apache.kafka.common.network.Tls13SelectorTest;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactoryTest;
import org.apache.kafka.common.security.ssl.Tls13SslFactoryTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kafka's own tests of its TLS, as it publishes them, with Akushu as the JVM's first provider. */
@Timeout(60)
@ExtendWith(KafkaOverAkushu.class)
class KafkaOwnTest {
    @Test
    void theyMeetAkushu() throws Exception {
        assertThat(SSLContext.getInstance("TLSv1.3").getProvider().getName()).isEqualTo(AkushuProvider.NAME);
    }

    @Nested
    class Transport extends SslTransportLayerTest {}

    @Nested
    class TransportOfBothVersions extends SslTransportTls12Tls13Test {}

    @Nested
    class TransportOfAllVersions extends SslVersionsTransportLayerTest {}

    @Nested
    class Factory extends Tls13SslFactoryTest {}

    @Nested
    class EngineFactory extends DefaultSslEngineFactoryTest {}

    @Nested
    class Selector extends Tls13SelectorTest {}
}
