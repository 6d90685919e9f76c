package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Curves of our own are what one has, the JDK's are one line away; each end may have either. */
class BothCurvesTest {
    private static final TestPki PKI = TestPki.create();

    /** Which curves a configuration has. */
    enum Curves {
        OURS(Crypto.ownCurves()),
        JDK(Crypto.jdk());

        private final Crypto crypto;

        Curves(Crypto crypto) {
            this.crypto = crypto;
        }
    }

    private static EnginePair connected(Curves client, Curves server, TestKey key, Policy policy) throws TlsException {
        Issued leaf = PKI.leaf(key, "localhost");
        Identity identity = Identity.of(leaf.chain(), leaf.key(), server.crypto);
        return EnginePair.connected(
                TlsClient.builder(PKI.trust())
                        .crypto(client.crypto)
                        .policy(policy)
                        .build(),
                TlsServer.builder(identity).crypto(server.crypto).build());
    }

    @ParameterizedTest
    @CsvSource({"OURS, OURS", "OURS, JDK", "JDK, OURS", "JDK, JDK"})
    void theyAgreeInEveryGroup(Curves client, Curves server) throws TlsException {
        for (NamedGroup group : Policy.MODERN_2026_11.groups()) {
            Policy policy = Policy.MODERN_2026_11.withGroups(List.of(group));
            EnginePair pair = connected(client, server, TestKey.P256, policy);

            assertThat(pair.client().session().group()).isEqualTo(group);
        }
    }

    @ParameterizedTest
    @CsvSource({"OURS, OURS", "OURS, JDK", "JDK, OURS", "JDK, JDK"})
    void eachTakesWhatTheOtherSigns(Curves client, Curves server) throws TlsException {
        for (TestKey key : List.of(TestKey.P256, TestKey.P384, TestKey.P521, TestKey.ED25519, TestKey.RSA_2048)) {
            EnginePair pair = connected(client, server, key, Policy.MODERN_2026_11);

            assertThat(pair.client().session().signatureScheme())
                    .isEqualTo(pair.server().session().signatureScheme());
        }
    }

    @Test
    void oursAreTakenUnlessTheJdksAreSet() {
        TlsClient.Builder client = TlsClient.builder(PKI.trust());

        assertThat(exchangeOf(client.build().crypto())).isEqualTo(exchangeOf(Crypto.ownCurves()));
        assertThat(exchangeOf(
                        TlsServer.builder(PKI.leaf(TestKey.P256, "localhost").identity())
                                .build()
                                .crypto()))
                .isEqualTo(exchangeOf(Crypto.ownCurves()));
        assertThat(exchangeOf(client.crypto(Crypto.jdk()).build().crypto()))
                .isEqualTo(exchangeOf(Crypto.jdk()))
                .isNotEqualTo(exchangeOf(Crypto.ownCurves()));
    }

    private static Class<?> exchangeOf(Crypto crypto) {
        return crypto.group(NamedGroup.X25519).getClass();
    }
}
