package dev.akushu.tls.crypto;

import dev.akushu.tls.SignatureScheme;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;

/**
 * A scheme by which the one signs and verifies that is faster at it.
 *
 * @param base what there is without accelerators, which know fewer kinds of key objects
 */
record AcceleratedSignature(SignatureAlgorithm signer, SignatureAlgorithm verifier, SignatureAlgorithm base)
        implements SignatureAlgorithm {
    @Override
    public SignatureScheme scheme() {
        return base.scheme();
    }

    @Override
    public byte[] sign(PrivateKey key, byte[] content) throws InvalidKeyException, SignatureException {
        if (signer instanceof JdkSignature library && !signer.equals(base)) {
            try {
                return library.signItself(key, content);
            } catch (InvalidKeyException refused) {
                // Such as a key in a device; the base finds who can use it, or says why nobody can.
                return base.sign(key, content);
            }
        }
        return signer.sign(key, content);
    }

    @Override
    public boolean verify(PublicKey key, byte[] content, byte[] signature) throws InvalidKeyException {
        try {
            return verifier.verify(key, content, signature);
        } catch (InvalidKeyException refused) {
            return base.verify(key, content, signature);
        }
    }

    /** Accelerators are asked for the schemes alone. */
    @Override
    public boolean verify(PublicKey key, String hash, byte[] content, byte[] signature) throws InvalidKeyException {
        return base.verify(key, hash, content, signature);
    }

    @Override
    public Origin signs() {
        return signer.signs();
    }

    @Override
    public Origin verifies() {
        return verifier.verifies();
    }

    @Override
    public String toString() {
        return scheme().toString();
    }
}
