package dev.akushu.tls.engine;

import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.crypto.Aead;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SuiteCrypto;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** The JDK's AES-128-GCM, which counts the keys that are in use; tickets are sealed by another AEAD. */
final class CountedAead implements AeadAlgorithm {
    private static final Crypto JDK = Crypto.jdk();
    private static final SuiteCrypto SUITE = Objects.requireNonNull(JDK.suite(CipherSuite.TLS_AES_128_GCM_SHA256));

    private final AtomicInteger inUse = new AtomicInteger();

    /** The JDK's cryptography with this AEAD in it. */
    Crypto crypto() {
        return JDK.with(new SuiteCrypto(SUITE.suite(), this, SUITE.hash()));
    }

    int inUse() {
        return inUse.get();
    }

    @Override
    public String name() {
        return SUITE.aead().name();
    }

    @Override
    public int keyLength() {
        return SUITE.aead().keyLength();
    }

    @Override
    public long recordLimit() {
        return SUITE.aead().recordLimit();
    }

    @Override
    public Aead withKey(byte[] key) {
        Aead real = SUITE.aead().withKey(key);
        inUse.incrementAndGet();
        return new Aead() {
            private boolean destroyed;

            @Override
            public int seal(
                    byte[] nonce,
                    byte[] aad,
                    int aadLength,
                    byte[] first,
                    int firstOffset,
                    int firstLength,
                    byte[] last,
                    int lastOffset,
                    int lastLength,
                    byte[] out,
                    int at) {
                return real.seal(
                        nonce, aad, aadLength, first, firstOffset, firstLength, last, lastOffset, lastLength, out, at);
            }

            @Override
            public int open(
                    byte[] nonce, byte[] aad, int aadLength, byte[] in, int offset, int length, byte[] out, int at) {
                return real.open(nonce, aad, aadLength, in, offset, length, out, at);
            }

            @Override
            public void rekey(byte[] newKey) {
                real.rekey(newKey);
            }

            @Override
            public void destroy() {
                real.destroy();
                if (!destroyed) {
                    destroyed = true;
                    inUse.decrementAndGet();
                }
            }
        };
    }
}
