package dev.akushu.tls.crypto;

import dev.akushu.tls.reuse.Kept;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/** AES-GCM and ChaCha20-Poly1305 of the JDK. */
final class JdkAeadAlgorithm implements AeadAlgorithm {
    /** RFC 9846 section 5.5: 2^24.5 full-size records, rounded down. */
    private static final long AES_GCM_RECORD_LIMIT = 23_726_566;

    /** RFC 9846 section 5.5: the sequence number would wrap before the limit is reached. */
    private static final long CHACHA20_POLY1305_RECORD_LIMIT = Long.MAX_VALUE;

    private final String name;
    private final int keyLength;
    private final long recordLimit;
    private final String keyAlgorithm;
    private final String transformation;
    private final Supplier<Function<byte[], AlgorithmParameterSpec>> nonceParameters;
    private final Provider provider;
    /** What a cipher has that is kept. */
    private final byte[] noKey;

    /** A connection has two, and a thread that is both of its ends four. */
    private final Kept<JdkAead> kept = new Kept<>(4);

    /** Of connections that rest. */
    private final Kept<Cipher> ciphers = new Kept<>(4);

    private JdkAeadAlgorithm(
            String name,
            int keyLength,
            long recordLimit,
            String keyAlgorithm,
            String transformation,
            Supplier<Function<byte[], AlgorithmParameterSpec>> nonceParameters,
            Provider provider)
            throws GeneralSecurityException {
        this.name = name;
        this.keyLength = keyLength;
        this.recordLimit = recordLimit;
        this.keyAlgorithm = keyAlgorithm;
        this.transformation = transformation;
        this.nonceParameters = nonceParameters;
        this.provider = provider;
        this.noKey = new byte[keyLength];
        newCipher();
    }

    /** AES in Galois/Counter Mode with a key of {@code keyLength} bytes. */
    static JdkAeadAlgorithm aesGcm(int keyLength, Provider provider) throws GeneralSecurityException {
        return new JdkAeadAlgorithm(
                "AES-" + keyLength * Byte.SIZE + "-GCM",
                keyLength,
                AES_GCM_RECORD_LIMIT,
                "AES",
                "AES/GCM/NoPadding",
                GcmNonce::new,
                provider);
    }

    /** ChaCha20 with Poly1305, RFC 8439. */
    static JdkAeadAlgorithm chaCha20Poly1305(Provider provider) throws GeneralSecurityException {
        return new JdkAeadAlgorithm(
                "ChaCha20-Poly1305",
                32,
                CHACHA20_POLY1305_RECORD_LIMIT,
                "ChaCha20",
                "ChaCha20-Poly1305",
                () -> IvParameterSpec::new,
                provider);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int keyLength() {
        return keyLength;
    }

    @Override
    public long recordLimit() {
        return recordLimit;
    }

    @Override
    public JdkAead withKey(byte[] key) {
        if (key.length != keyLength) {
            throw new IllegalArgumentException("A key of " + name + " has " + keyLength + " bytes, not " + key.length);
        }
        return new JdkAead(this, new WipeableKey(keyAlgorithm, key));
    }

    /** What makes a nonce the parameters of one cipher's next initialization. */
    Function<byte[], AlgorithmParameterSpec> nonceParameters() {
        return nonceParameters.get();
    }

    /** A cipher that is the caller's alone, whatever its last key was. */
    Cipher cipher() {
        Cipher idle = ciphers.take();
        try {
            return idle == null ? newCipher() : idle;
        } catch (GeneralSecurityException e) {
            throw new ProviderException(name + " was there when its provider was looked up", e);
        }
    }

    /** Keeps {@code idle}, which nobody uses and has no key of anybody's, for the next one. */
    void keep(Cipher idle) {
        ciphers.giveBack(idle);
    }

    @Override
    public Aead takeWithKey(byte[] key) {
        JdkAead aead = kept.take();
        if (aead == null) {
            aead = withKey(key);
        } else {
            aead.rekey(key);
        }
        aead.lend(this);
        return aead;
    }

    @Override
    public void giveBack(Aead aead) {
        // One that came back twice would have two owners, and one of another algorithm the wrong ones.
        if (!(aead instanceof JdkAead own) || !own.endLoan(this)) {
            throw new IllegalArgumentException("This cipher was not taken from " + name + ", or came back before");
        }
        // One of a connection that rested has no cipher to be kept for.
        if (own.isReady()) {
            own.rekey(noKey);
            kept.giveBack(own);
        } else {
            own.destroy();
        }
    }

    @Override
    public Origin origin() {
        return Origin.of(provider);
    }

    private Cipher newCipher() throws GeneralSecurityException {
        return Cipher.getInstance(transformation, provider);
    }

    @Override
    public String toString() {
        return name;
    }
}
