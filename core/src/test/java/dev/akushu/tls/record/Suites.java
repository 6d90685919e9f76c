package dev.akushu.tls.record;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.TrafficKeys;
import java.util.List;
import java.util.Objects;

/** Keys for the tests of this package: the same for the same seed, so that one can seal what another opens. */
final class Suites {
    static final CipherSuite AES_128 = CipherSuite.TLS_AES_128_GCM_SHA256;

    private static final Crypto JDK = Crypto.jdk();

    private Suites() {}

    static List<CipherSuite> all() {
        return List.of(AES_128, CipherSuite.TLS_AES_256_GCM_SHA384, CipherSuite.TLS_CHACHA20_POLY1305_SHA256);
    }

    static TrafficKeys keys(CipherSuite suite, int seed) {
        return keys(crypto(suite).aead(), seed);
    }

    static TrafficKeys keys(AeadAlgorithm aead, int seed) {
        return EarlySecret.of(crypto(AES_128).hash(), new byte[] {(byte) seed})
                .clientEarlyTraffic(new byte[32])
                .keys(aead);
    }

    static AeadAlgorithm aead(CipherSuite suite) {
        return crypto(suite).aead();
    }

    private static SuiteCrypto crypto(CipherSuite suite) {
        return Objects.requireNonNull(JDK.suite(suite));
    }
}
