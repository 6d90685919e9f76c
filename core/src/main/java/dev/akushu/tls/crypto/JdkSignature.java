package dev.akushu.tls.crypto;

import dev.akushu.tls.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/**
 * What all signature schemes of the JDK have in common; a subclass knows which keys and parameters its scheme wants.
 */
abstract class JdkSignature implements SignatureAlgorithm {
    private final SignatureScheme scheme;
    private final String algorithm;
    private final Provider provider;
    private final Origin origin;

    JdkSignature(SignatureScheme scheme, String algorithm, Provider provider) throws GeneralSecurityException {
        this.scheme = scheme;
        this.algorithm = algorithm;
        this.provider = provider;
        this.origin = Origin.of(provider);
        Services.require("Signature", algorithm, provider);
    }

    /** Refuses a key, public or private, that is not of the type the scheme demands (RFC 9846 section 4.3.3). */
    abstract void checkKey(Key key) throws InvalidKeyException;

    /** Sets the parameters of the scheme, if it has any, on a Signature that has its key. */
    void configure(Signature signature) throws InvalidAlgorithmParameterException {}

    /** Whether a signature has the form that the scheme prescribes, where the JDK is more lenient than that. */
    boolean isWellFormed(byte[] signature) {
        return true;
    }

    @Override
    public final SignatureScheme scheme() {
        return scheme;
    }

    @Override
    public byte[] sign(PrivateKey key, byte[] content) throws InvalidKeyException, SignatureException {
        checkKey(key);
        return sign(newSigner(key), content);
    }

    /** As {@link #sign}, by this provider or not at all: the key is not taken to another one. */
    final byte[] signItself(PrivateKey key, byte[] content) throws InvalidKeyException, SignatureException {
        checkKey(key);
        if (key.getFormat() == null) {
            throw new InvalidKeyException("The key does not leave its device");
        }
        try {
            return sign(newOwnSigner(key), content);
        } catch (RuntimeException refused) {
            throw new InvalidKeyException("The key cannot be used with " + scheme, refused);
        }
    }

    private static byte[] sign(Signature signer, byte[] content) throws SignatureException {
        try {
            signer.update(content);
            return signer.sign();
        } catch (RuntimeException failed) {
            // How natives say so.
            throw new SignatureException("The signature cannot be made: " + failed.getMessage(), failed);
        }
    }

    @Override
    public final boolean verify(PublicKey key, byte[] content, byte[] signature) throws InvalidKeyException {
        return verify(algorithm, key, content, signature);
    }

    /** By {@code algorithm}, in the JCA's names, which the provider must have. */
    final boolean verify(String algorithm, PublicKey key, byte[] content, byte[] signature) throws InvalidKeyException {
        checkKey(key);
        Signature verifier = newVerifier(algorithm, key);
        if (!isWellFormed(signature)) {
            return false;
        }
        try {
            verifier.update(content);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // How the JDK answers signatures of the wrong length or encoding.
            return false;
        }
    }

    @Override
    public final Origin signs() {
        return origin;
    }

    @Override
    public final Origin verifies() {
        return origin;
    }

    private Signature newVerifier(String algorithm, PublicKey key) throws InvalidKeyException {
        try {
            Signature verifier = Signature.getInstance(algorithm, provider);
            verifier.initVerify(key);
            return configured(verifier);
        } catch (NoSuchAlgorithmException e) {
            throw new InvalidKeyException(provider.getName() + " has no " + algorithm, e);
        } catch (RuntimeException refused) {
            // How natives answer a key that is none: a point off the curve, for instance.
            throw new InvalidKeyException("The key cannot be used with " + scheme, refused);
        }
    }

    private Signature newSigner(PrivateKey key) throws InvalidKeyException {
        // A key without an encoding lives in a device: only its own provider can use it.
        if (key.getFormat() == null) {
            return newForeignSigner(key);
        }
        try {
            return newOwnSigner(key);
        } catch (InvalidKeyException | RuntimeException refused) {
            // A key class of another provider may also answer questions about its secret parts with any
            // RuntimeException.
            return newForeignSigner(key, refused);
        }
    }

    private Signature newOwnSigner(PrivateKey key) throws InvalidKeyException {
        try {
            return initialized(Signature.getInstance(algorithm, provider), key);
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException(algorithm + " was there when its provider was looked up", e);
        }
    }

    private Signature newForeignSigner(PrivateKey key, Exception refused) throws InvalidKeyException {
        try {
            return newForeignSigner(key);
        } catch (InvalidKeyException e) {
            e.addSuppressed(refused);
            throw e;
        }
    }

    /**
     * Lets the JCA find the provider that can use {@code key}: a search through all of them, but only for a key that
     * needs it.
     */
    private Signature newForeignSigner(PrivateKey key) throws InvalidKeyException {
        try {
            return initialized(Signature.getInstance(algorithm), key);
        } catch (NoSuchAlgorithmException | InvalidKeyException | RuntimeException e) {
            String keyClass = key.getClass().getName();
            throw new InvalidKeyException("No installed provider signs " + scheme + " with a " + keyClass, e);
        }
    }

    private Signature initialized(Signature signer, PrivateKey key) throws InvalidKeyException {
        signer.initSign(key);
        return configured(signer);
    }

    private Signature configured(Signature signature) throws InvalidKeyException {
        try {
            configure(signature);
            return signature;
        } catch (InvalidAlgorithmParameterException e) {
            // The parameters are right, so it is the key that they do not fit: too short for hash and salt, for
            // instance.
            throw new InvalidKeyException("The key cannot be used with " + scheme, e);
        }
    }

    @Override
    public final String toString() {
        return scheme.toString();
    }
}
