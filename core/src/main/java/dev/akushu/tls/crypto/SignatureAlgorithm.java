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

    /** Whose code signs; private keys that do not leave their device are signed with by their own provider all the same. */
    default Origin signs() {
        return Origin.of(this);
    }

    /** Whose code verifies. */
    default Origin verifies() {
        return Origin.of(this);
    }
}
