package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.crypto.BadKeyShareException;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.KeyExchange;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** RFC 9846 6: the secrets of a failed connection are forgotten. */
class ForgettingTest {
    private static final TestPki PKI = TestPki.create();

    private final CountedGroup group = new CountedGroup();
    private final TlsClient client = TlsClient.builder(PKI.trust())
            .crypto(Crypto.jdk().with(group))
            .policy(Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.X25519)))
            .build();

    @Test
    void aClientForgetsItsEphemeralKeyWhenTheAnswerIsNoServerHello() throws TlsException {
        EnginePair.End end = new EnginePair.End(client.engine("localhost", 443));
        end.output();
        byte[] alert = {21, 3, 3, 0, 2, 2, 40};

        TlsException failed = catchThrowableOfType(TlsException.class, () -> end.input(alert));
        assertThat(failed.problem()).isEqualTo(Problem.ALERT_RECEIVED);
        assertThat(group.destroyed).isEqualTo(1);
    }

    @Test
    void aClientForgetsItsEphemeralKeyOnceItIsUsed() throws TlsException {
        TlsServer server = TlsServer.builder(PKI.leaf(TestKey.P256, "localhost").identity())
                .build();
        EnginePair.connected(client, server);

        assertThat(group.destroyed).isPositive();
    }

    /** X25519 that counts how many of its keys were destroyed. */
    private static final class CountedGroup implements KeyExchange {
        private final KeyExchange real = Objects.requireNonNull(Crypto.jdk().group(NamedGroup.X25519));
        private int destroyed;

        @Override
        public NamedGroup group() {
            return real.group();
        }

        @Override
        public int clientShareLength() {
            return real.clientShareLength();
        }

        @Override
        public ClientShare generate(SecureRandom random) {
            ClientShare share = real.generate(random);
            return new ClientShare() {
                @Override
                public NamedGroup group() {
                    return share.group();
                }

                @Override
                public Bytes share() {
                    return share.share();
                }

                @Override
                public byte[] agree(Bytes serverShare) throws BadKeyShareException {
                    return share.agree(serverShare);
                }

                @Override
                public void destroy() {
                    share.destroy();
                    destroyed++;
                }
            };
        }

        @Override
        public ServerShare respond(Bytes clientShare, SecureRandom random) throws BadKeyShareException {
            return real.respond(clientShare, random);
        }
    }
}
