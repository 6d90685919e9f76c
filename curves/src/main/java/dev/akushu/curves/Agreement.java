package dev.akushu.curves;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What X25519 and ECDH have in common as a KeyAgreement: one own key, one peer's key, one secret. */
abstract class Agreement extends KeyAgreementSpi {
    /** Its octets are taken out for each agreement, and wiped after it. */
    private @Nullable Key own;

    /** Between a phase and the taking of its result. */
    private byte @Nullable [] shared;

    /** A copy of the octets of an own key that this serves. */
    abstract byte[] secret(Key key) throws InvalidKeyException;

    /** The common secret with the peer's key. */
    abstract byte[] agree(byte[] secret, Key peer) throws InvalidKeyException;

    @Override
    protected void engineInit(Key key, @Nullable SecureRandom random) throws InvalidKeyException {
        forget();
        Arrays.fill(secret(key), (byte) 0);
        own = key;
    }

    @Override
    protected void engineInit(Key key, @Nullable AlgorithmParameterSpec parameters, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException("It takes no parameters: " + parameters);
        }
        engineInit(key, random);
    }

    @Override
    protected @Nullable Key engineDoPhase(Key key, boolean isLast) throws InvalidKeyException {
        Key ownKey = own;
        if (ownKey == null) {
            throw new IllegalStateException("There is no own key");
        }
        if (shared != null) {
            throw new IllegalStateException("There is a secret already");
        }
        if (!isLast) {
            throw new IllegalStateException("There are two parties, so one phase");
        }
        byte[] secret = secret(ownKey);
        try {
            shared = agree(secret, key);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        return null;
    }

    @Override
    protected byte[] engineGenerateSecret() {
        byte[] secret = shared;
        if (secret == null) {
            throw new IllegalStateException("There was no peer's key");
        }
        shared = null;
        return secret;
    }

    @Override
    protected int engineGenerateSecret(byte[] out, int offset) throws ShortBufferException {
        byte[] secret = shared;
        if (secret != null && out.length - offset < secret.length) {
            throw new ShortBufferException("The secret has " + secret.length + " octets");
        }
        secret = engineGenerateSecret();
        System.arraycopy(secret, 0, out, offset, secret.length);
        int length = secret.length;
        Arrays.fill(secret, (byte) 0);
        return length;
    }

    @Override
    protected SecretKey engineGenerateSecret(String algorithm) throws NoSuchAlgorithmException {
        if (algorithm.isEmpty()) {
            throw new NoSuchAlgorithmException("The key's algorithm has no name");
        }
        byte[] secret = engineGenerateSecret();
        SecretKey key = new SecretKeySpec(secret, algorithm);
        Arrays.fill(secret, (byte) 0);
        return key;
    }

    private void forget() {
        byte[] secret = shared;
        if (secret != null) {
            Arrays.fill(secret, (byte) 0);
        }
        own = null;
        shared = null;
    }
}
