package dev.akushu.tls.crypto;

import static dev.akushu.tls.crypto.AeadAlgorithm.NONCE_LENGTH;
import static dev.akushu.tls.crypto.AeadAlgorithm.TAG_LENGTH;

import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * One Cipher under one key. The JCA wants a new initialization for every nonce, which copies nonce and key, and some
 * ciphers want a parameter object: for a record no more than that is allocated here.
 */
final class JdkAead implements Aead {
    /** No record has it but with a probability of 2^-96, so that an all-zero key, too, can be replaced by itself: the JDK refuses to repeat a nonce. */
    private static final byte[] UNUSED_NONCE = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

    /** Another one, that a cipher begins with. */
    private static final byte[] FIRST_NONCE = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -2};

    private final JdkAeadAlgorithm algorithm;
    // Both null while there is nothing to do.
    private @Nullable Cipher cipher;
    private @Nullable Function<byte[], AlgorithmParameterSpec> nonceParameters;

    private WipeableKey key;
    private @Nullable JdkAeadAlgorithm lender;

    JdkAead(JdkAeadAlgorithm algorithm, WipeableKey key) {
        this.algorithm = algorithm;
        this.key = key;
    }

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
            int outOffset) {
        try {
            Cipher ready = init(Cipher.ENCRYPT_MODE, key, nonce);
            ready.updateAAD(aad, 0, aadLength);
            int begun = firstLength == 0 ? 0 : ready.update(first, firstOffset, firstLength, out, outOffset);
            return begun + ready.doFinal(last, lastOffset, lastLength, out, outOffset + begun);
        } catch (GeneralSecurityException e) {
            // A repeated nonce or an output array that is too small: the caller's fault, never the peer's.
            throw new IllegalArgumentException("Cannot seal: " + e.getMessage(), e);
        }
    }

    @Override
    public int open(
            byte[] nonce, byte[] aad, int aadLength, byte[] in, int offset, int length, byte[] out, int outOffset) {
        if (length < TAG_LENGTH) {
            return -1;
        }
        try {
            Cipher ready = init(Cipher.DECRYPT_MODE, key, nonce);
            ready.updateAAD(aad, 0, aadLength);
            return ready.doFinal(in, offset, length, out, outOffset);
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Cannot open: " + e.getMessage(), e);
        }
    }

    @Override
    public void rekey(byte[] newKey) {
        if (key.isDestroyed()) {
            throw new IllegalStateException("The cipher is destroyed");
        }
        if (newKey.length != key.length()) {
            throw new IllegalArgumentException(
                    "A key of " + key.length() + " bytes is followed by one of " + newKey.length);
        }
        WipeableKey next = new WipeableKey(key.getAlgorithm(), newKey);
        // By itself a key needs no overwriting, and the JDK would take it for a nonce that is repeated.
        if (next.equals(key)) {
            next.destroy();
            return;
        }
        if (cipher != null) {
            overwriteBy(next);
        }
        key.destroy();
        key = next;
    }

    @Override
    public void release() {
        Cipher idle = cipher;
        if (idle != null && !key.isDestroyed()) {
            overwrite();
            cipher = null;
            nonceParameters = null;
            algorithm.keep(idle);
        }
    }

    @Override
    public void destroy() {
        if (key.isDestroyed()) {
            return;
        }
        try {
            if (cipher != null) {
                overwrite();
            }
        } finally {
            key.destroy();
        }
    }

    private void overwrite() {
        WipeableKey zeros = new WipeableKey(key.getAlgorithm(), new byte[key.length()]);
        if (!zeros.equals(key)) {
            overwriteBy(zeros);
        }
    }

    /** Whether it has a cipher, and may be given a key at once. */
    boolean isReady() {
        return cipher != null;
    }

    /** The JDK's ciphers overwrite their copies of the old key and its schedule when they get another one. */
    private void overwriteBy(WipeableKey next) {
        try {
            init(Cipher.ENCRYPT_MODE, next, UNUSED_NONCE);
        } catch (GeneralSecurityException e) {
            next.destroy();
            throw new ProviderException("A cipher takes any key of its length", e);
        }
    }

    /** Marks that {@code by} has lent it to somebody. */
    void lend(JdkAeadAlgorithm by) {
        lender = by;
    }

    /** Whether {@code by} had lent it; then it has no longer. */
    boolean endLoan(JdkAeadAlgorithm by) {
        boolean wasLent = by.equals(lender);
        lender = null;
        return wasLent;
    }

    private Cipher init(int mode, WipeableKey underKey, byte[] nonce) throws GeneralSecurityException {
        if (nonce.length != NONCE_LENGTH) {
            throw new IllegalArgumentException("A nonce has " + NONCE_LENGTH + " bytes, not " + nonce.length);
        }
        Cipher ready = cipher;
        Function<byte[], AlgorithmParameterSpec> parameters = nonceParameters;
        if (ready == null || parameters == null) {
            ready = algorithm.cipher();
            parameters = algorithm.nonceParameters();
            // One that only decrypts would keep the key of zeros as its last for encryption, and could not get it
            // again.
            ready.init(Cipher.ENCRYPT_MODE, underKey, parameters.apply(FIRST_NONCE));
            cipher = ready;
            nonceParameters = parameters;
        }
        ready.init(mode, underKey, parameters.apply(nonce));
        return ready;
    }
}
