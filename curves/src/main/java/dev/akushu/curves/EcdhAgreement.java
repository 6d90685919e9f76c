package dev.akushu.curves;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** ECDH on P-256 and P-384 as a KeyAgreement. */
final class EcdhAgreement extends Agreement {
    private @Nullable EcdsaCurve curve;

    @Override
    byte[] secret(Key key) throws InvalidKeyException {
        EcKeys.Secret secret = EcKeys.secret(key);
        curve = secret.curve();
        return secret.scalar();
    }

    @Override
    byte[] agree(byte[] secret, Key peer) throws InvalidKeyException {
        EcdsaCurve own = curve;
        if (!(peer instanceof ECPublicKey key) || own == null || EcKeys.curve(key) != own) {
            throw new InvalidKeyException("The peer's key is not of the own one's curve");
        }
        byte[] out = new byte[own.length()];
        if (!own.agree(secret, EcKeys.point(key, own), out)) {
            Arrays.fill(out, (byte) 0);
            throw new InvalidKeyException("The peer's point is not on the curve");
        }
        return out;
    }
}
