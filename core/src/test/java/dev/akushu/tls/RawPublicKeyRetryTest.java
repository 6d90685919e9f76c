package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that is known by its public key alone may ask for a second ClientHello as any other. RFC 9846 section 4.2.4, RFC 7250. */
class RawPublicKeyRetryTest {
    private static final KeyPair SERVER = TestKey.ED25519.fresh();
    private static final RawKeyTrust PINNED = RawKeyTrust.pinned(List.of(SERVER.getPublic()));

    @Test
    void theServerAsksForAnotherGroup() throws TlsException {
        Policy noShares = Policy.MODERN_2026_11.withKeyShares(List.of());

        shakeHands(TlsClient.rawKeyBuilder(PINNED).policy(noShares).build(), server().build());
    }

    @Test
    void theServerAsksForItsCookie() throws TlsException {
        TlsServer underLoad = server().statelessRetry(() -> true).build();

        shakeHands(TlsClient.rawKeyBuilder(PINNED).build(), underLoad);
    }

    @Test
    void theChosenSuiteFitsNoPreSharedKeyOfTheClient() throws TlsException {
        ExternalPsk sha384 = ExternalPsk.dangerRaw(Bytes.ofAscii("lamp"), new byte[32], Kdf.HKDF_SHA384);
        TlsClient client = TlsClient.rawKeyBuilder(PINNED)
                .policy(Policy.MODERN_2026_11.withKeyShares(List.of()))
                .externalPsks(sha384)
                .build();
        TlsServer sha256 = server().policy(
                        Policy.MODERN_2026_11.withSuites(List.of(CipherSuite.TLS_AES_128_GCM_SHA256)))
                .build();

        shakeHands(client, sha256);
    }

    private static void shakeHands(TlsClient client, TlsServer server) throws TlsException {
        TlsSession session = EnginePair.connected(client, server).client().session();
        assertThat(session.rawPublicKey())
                .isEqualTo(Bytes.wrap(SERVER.getPublic().getEncoded()));
        assertThat(session.retried()).isTrue();
    }

    private static TlsServer.Builder server() throws TlsException {
        return TlsServer.builder(Identity.ofRawKey(SERVER.getPublic(), SERVER.getPrivate(), Crypto.jdk()));
    }
}
