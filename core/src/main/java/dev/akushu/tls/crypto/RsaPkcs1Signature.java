package dev.akushu.tls.crypto;

import dev.akushu.tls.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Provider;

/** RSASSA-PKCS1-v1_5: verifies signatures in certificates, and nothing else. RFC 9846 section 4.3.3. */
final class RsaPkcs1Signature extends JdkSignature {
    RsaPkcs1Signature(SignatureScheme scheme, String algorithm, Provider provider) throws GeneralSecurityException {
        super(scheme, algorithm, provider);
    }

    @Override
    void checkKey(Key key) throws InvalidKeyException {
        if (!key.getAlgorithm().equals("RSA")) {
            throw new InvalidKeyException(scheme() + " needs a key of type RSA, not " + key.getAlgorithm());
        }
    }

    /**
     * RFC 9846 section 4.3.3: not defined for use in signed TLS handshake messages, the only thing that is signed here.
     */
    @Override
    public byte[] sign(PrivateKey key, byte[] content) throws InvalidKeyException {
        throw new InvalidKeyException(scheme() + " is for certificates only and signs no handshake");
    }
}
