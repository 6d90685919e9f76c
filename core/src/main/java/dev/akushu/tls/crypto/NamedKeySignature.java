package dev.akushu.tls.crypto;

import dev.akushu.tls.SignatureScheme;
import java.security.AsymmetricKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.spec.NamedParameterSpec;

/**
 * EdDSA (RFC 8032) and ML-DSA (FIPS 204), in their pure forms without a context: a key belongs to a named set of
 * parameters, and the set is the scheme.
 */
final class NamedKeySignature extends JdkSignature {
    private final String family;
    private final String parameterSet;

    NamedKeySignature(SignatureScheme scheme, String family, String parameterSet, Provider provider)
            throws GeneralSecurityException {
        super(scheme, parameterSet, provider);
        this.family = family;
        this.parameterSet = parameterSet;
    }

    @Override
    void checkKey(Key key) throws InvalidKeyException {
        if (!fits(key)) {
            throw new InvalidKeyException(scheme() + " needs a key of type " + parameterSet);
        }
    }

    private boolean fits(Key key) {
        if (key instanceof AsymmetricKey asymmetric && asymmetric.getParams() instanceof NamedParameterSpec named) {
            return named.getName().equalsIgnoreCase(parameterSet);
        }
        // A private key in a device need not tell more than its family; the certificate beside it does.
        return key.getAlgorithm().equalsIgnoreCase(parameterSet)
                || key.getAlgorithm().equals(family);
    }
}
