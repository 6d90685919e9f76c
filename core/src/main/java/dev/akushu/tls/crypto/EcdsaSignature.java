package dev.akushu.tls.crypto;

import dev.akushu.tls.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECKey;

/** ECDSA with one curve and one hash: unlike before TLS 1.3, the scheme names both. RFC 9846 section 4.3.3. */
final class EcdsaSignature extends JdkSignature {
    private final EcCurve curve;

    EcdsaSignature(SignatureScheme scheme, String algorithm, EcCurve curve, Provider provider)
            throws GeneralSecurityException {
        super(scheme, algorithm, provider);
        this.curve = curve;
    }

    @Override
    void checkKey(Key key) throws InvalidKeyException {
        if (key instanceof ECKey ec) {
            if (!curve.hasParameters(ec.getParams())) {
                throw new InvalidKeyException(scheme() + " needs a key on the curve " + curve);
            }
            return;
        }
        // A private key in a device need not tell its curve; the certificate beside it does.
        if (!key.getAlgorithm().equals("EC") && !key.getAlgorithm().equals("ECDSA")) {
            throw new InvalidKeyException(scheme() + " needs an EC key, not one of type " + key.getAlgorithm());
        }
    }

    @Override
    public boolean verify(PublicKey key, String hash, byte[] content, byte[] signature) throws InvalidKeyException {
        return verify(hash.replace("-", "") + "withECDSA", key, content, signature);
    }

    @Override
    boolean isWellFormed(byte[] signature) {
        return EcdsaSigValue.isDer(signature);
    }
}
