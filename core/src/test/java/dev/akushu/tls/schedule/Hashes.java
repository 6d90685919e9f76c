package dev.akushu.tls.schedule;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.crypto.SuiteCrypto;
import java.util.List;
import java.util.Objects;

/** The hashes and suites that the tests of this package run with. */
final class Hashes {
    private static final Crypto JDK = Crypto.jdk();

    private Hashes() {}

    static List<HashAlgorithm> all() {
        return List.of(sha256(), sha384());
    }

    static HashAlgorithm sha256() {
        return suite(CipherSuite.TLS_AES_128_GCM_SHA256).hash();
    }

    static HashAlgorithm sha384() {
        return suite(CipherSuite.TLS_AES_256_GCM_SHA384).hash();
    }

    static SuiteCrypto suite(CipherSuite suite) {
        return Objects.requireNonNull(JDK.suite(suite));
    }
}
