package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.crypto.Aead;
import dev.akushu.tls.crypto.AeadAlgorithm;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SuiteCrypto;
import dev.akushu.tls.schedule.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Seals what a server gives away to get it back. Safe for use by many threads. The form of what is sealed:
 *
 * <pre>
 * struct {
 *     uint8 version = 2;
 *     opaque key_name[16];
 *     opaque salt[32];
 *     opaque sealed[..];     // AES-256-GCM, tag included
 * } Sealed;
 *
 * key || nonce = the first 32 + 12 bytes of HMAC-SHA384(the ticket key's secret, purpose || salt || 0x01)
 * aad          = version || key_name || salt || scope
 * </pre>
 *
 * <p>Everything sealed has its own AEAD key and nonce. Under one AEAD key with random nonces of 96 bits, all servers of a
 * fleet together could not seal more than 2^32 times safely (NIST SP 800-38D section 8.3), and they would have to
 * count. With 256 bits of salt, two have the same key with a probability of 2^-129 even after 2^64: nobody has to count.
 * HMAC under a secret of {@value TicketKey#SECRET_LENGTH} random bytes is a pseudorandom function, so that nothing has to be extracted first; it is computed as one block of HKDF-Expand, to which RFC 5869
 * gives keys as long as the hash. A salt has always the same length, so that no two purposes and salts are the same bytes.
 *
 * <p>What was sealed for one purpose opens for no other: it has other keys.
 */
final class KeyedSeal {
    private static final int FORMAT_VERSION = 2;
    private static final int NAME_OFFSET = 1;
    private static final int SALT_OFFSET = NAME_OFFSET + TicketKey.NAME_LENGTH;
    private static final int SALT_LENGTH = 32;
    private static final int SEALED_OFFSET = SALT_OFFSET + SALT_LENGTH;

    private final AeadAlgorithm aead;
    private final Hkdf hkdf;
    private final SecureRandom random;
    private final byte[] purpose;
    private final byte[] scope;

    private KeyedSeal(SuiteCrypto suite, String purpose, Bytes scope, SecureRandom random) {
        this.aead = suite.aead();
        this.hkdf = new Hkdf(suite.hash());
        this.random = random;
        this.purpose = purpose.getBytes(StandardCharsets.US_ASCII);
        this.scope = scope.toArray();
    }

    /**
     * Seals for {@code purpose}.
     *
     * @param crypto must have TLS_AES_256_GCM_SHA384
     * @param scope what must be the same where it is opened; no secret
     * @throws IllegalArgumentException if {@code crypto} lacks the suite
     */
    static KeyedSeal of(Crypto crypto, String purpose, Bytes scope) {
        SuiteCrypto suite = crypto.suite(CipherSuite.TLS_AES_256_GCM_SHA384);
        if (suite == null) {
            throw new IllegalArgumentException("Tickets and cookies are sealed with "
                    + CipherSuite.TLS_AES_256_GCM_SHA384 + ", and this crypto has only "
                    + crypto.suites().stream().map(SuiteCrypto::suite).toList());
        }
        return new KeyedSeal(suite, purpose, scope, crypto.random());
    }

    /** Seals {@code plaintext}, which stays the caller's to wipe; null if {@code key} has been retired. */
    @Nullable Bytes seal(TicketKey key, byte[] plaintext) {
        byte[] secret = key.copySecret();
        if (secret == null) {
            return null;
        }
        byte[] sealed = new byte[SEALED_OFFSET + plaintext.length + AeadAlgorithm.TAG_LENGTH];
        sealed[0] = FORMAT_VERSION;
        key.name().copyTo(sealed, NAME_OFFSET);
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        System.arraycopy(salt, 0, sealed, SALT_OFFSET, SALT_LENGTH);
        byte[] aad = additionalData(sealed);
        try (OneCipher cipher = cipher(secret, salt)) {
            cipher.seal(aad, plaintext, sealed);
        }
        return Bytes.wrap(sealed);
    }

    /** The name of the key that {@code sealed} needs, whatever its bytes are; null if they have not this form. */
    static @Nullable Bytes keyName(Bytes sealed) {
        boolean formed = sealed.length() >= SEALED_OFFSET + AeadAlgorithm.TAG_LENGTH && sealed.at(0) == FORMAT_VERSION;
        return formed ? sealed.slice(NAME_OFFSET, TicketKey.NAME_LENGTH) : null;
    }

    /**
     * Opens what has a {@link #keyName}.
     *
     * @param secret of the key of that name; wiped
     * @return the plaintext, the caller's to wipe; null if it was not sealed with this key, for this purpose, in this scope
     */
    byte @Nullable [] open(Bytes sealed, byte[] secret) {
        byte[] bytes = sealed.toArray();
        byte[] salt = Arrays.copyOfRange(bytes, SALT_OFFSET, SEALED_OFFSET);
        byte[] aad = additionalData(bytes);
        byte[] plaintext = new byte[bytes.length - SEALED_OFFSET - AeadAlgorithm.TAG_LENGTH];
        try (OneCipher cipher = cipher(secret, salt)) {
            return cipher.open(aad, bytes, plaintext) < 0 ? null : plaintext;
        }
    }

    /**
     * All that stands there in clear, which has a fixed length, and then the scope: no two combinations give the same bytes.
     */
    private byte[] additionalData(byte[] sealed) {
        byte[] aad = Arrays.copyOf(sealed, SEALED_OFFSET + scope.length);
        System.arraycopy(scope, 0, aad, SEALED_OFFSET, scope.length);
        return aad;
    }

    /** The cipher for {@code salt}; wipes {@code secret}. */
    private OneCipher cipher(byte[] secret, byte[] salt) {
        byte[] info = Arrays.copyOf(purpose, purpose.length + SALT_LENGTH);
        System.arraycopy(salt, 0, info, purpose.length, SALT_LENGTH);
        byte[] output = hkdf.expand(secret, info, aead.keyLength() + AeadAlgorithm.NONCE_LENGTH);
        byte[] key = Arrays.copyOf(output, aead.keyLength());
        byte[] nonce = Arrays.copyOfRange(output, aead.keyLength(), output.length);
        try {
            return new OneCipher(aead, key, nonce);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(output, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    /** A cipher that is used once, and whose key is forgotten when closed. */
    private static final class OneCipher implements AutoCloseable {
        private final AeadAlgorithm algorithm;
        private final Aead aead;
        private final byte[] nonce;
        private boolean closed;

        OneCipher(AeadAlgorithm algorithm, byte[] key, byte[] nonce) {
            this.algorithm = algorithm;
            this.aead = algorithm.takeWithKey(key);
            this.nonce = nonce;
        }

        void seal(byte[] aad, byte[] plaintext, byte[] sealed) {
            aead.seal(nonce, aad, aad.length, plaintext, 0, plaintext.length, sealed, SEALED_OFFSET);
        }

        /** The length of the plaintext, or -1. */
        int open(byte[] aad, byte[] sealed, byte[] plaintext) {
            return aead.open(
                    nonce, aad, aad.length, sealed, SEALED_OFFSET, sealed.length - SEALED_OFFSET, plaintext, 0);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                algorithm.giveBack(aead);
            }
        }
    }
}
