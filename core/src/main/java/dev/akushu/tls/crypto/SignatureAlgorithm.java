package dev.akushu.tls.crypto;

import dev.akushu.tls.SignatureScheme;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;

/** One signature scheme of RFC 9846 section 4.3.3. Safe for use by many threads. */
public interface SignatureAlgorithm {
    /** The scheme's code. */
    SignatureScheme scheme();

    /**
     * Signs all of {@code content}.
     *
     * @throws InvalidKeyException if {@code key} cannot be used with this scheme
     * @throws SignatureException if the key's provider fails
     */
    byte[] sign(PrivateKey key, byte[] content) throws InvalidKeyException, SignatureException;

    /**
     * Whether {@code signature} is valid for {@code content}; a malformed signature is not valid. ECDSA signatures must be strict DER.
     *
     * @throws InvalidKeyException if {@code key} cannot be used with this scheme
     */
    boolean verify(PublicKey key, byte[] content, byte[] signature) throws InvalidKeyException;

    /**
     * As {@link #verify(PublicKey, byte[], byte[])}, by another hash than the scheme's: certificates are signed with ECDSA by any hash on any curve, where a scheme of a handshake has one
     * hash for each curve.
     *
     * @param hash in the names of {@link java.security.MessageDigest}, such as {@code SHA-256}
     * @throws InvalidKeyException if {@code key} cannot be used with this scheme, or the scheme has no other hash: then others may verify
     */
    default boolean verify(PublicKey key, String hash, byte[] content, byte[] signature) throws InvalidKeyException {
        throw new InvalidKeyException(scheme() + " verifies by its own hash alone, not by " + hash);
    }

    /** Whose code signs; private keys that do not leave their device are signed with by their own provider all the same. */
    default Origin signs() {
        return Origin.of(this);
    }

    /** Whose code verifies. */
    default Origin verifies() {
        return Origin.of(this);
    }
}
