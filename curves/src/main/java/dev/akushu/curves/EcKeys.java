package dev.akushu.curves;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import org.jspecify.annotations.Nullable;

/** Octets of the JCA's keys of P-256 and P-384; other keys are refused. */
final class EcKeys {
    private EcKeys() {}

    /** A private key, whose scalar lies between 1 and the order less 1. */
    record Secret(EcdsaCurve curve, byte[] scalar) {}

    static Secret secret(Key key) throws InvalidKeyException {
        if (!(key instanceof ECPrivateKey own)) {
            throw new InvalidKeyException("No private EC key whose scalar can be had");
        }
        EcdsaCurve curve = curve(own);
        @Nullable BigInteger scalar = own.getS();
        if (scalar == null) {
            throw new InvalidKeyException("The key does not leave its device");
        }
        if (scalar.signum() <= 0 || scalar.compareTo(own.getParams().getOrder()) >= 0) {
            throw new InvalidKeyException("The scalar is out of range");
        }
        return new Secret(curve, BigEndianOctets.of(scalar, curve.length()));
    }

    static EcdsaCurve curve(ECKey key) throws InvalidKeyException {
        @Nullable ECParameterSpec parameters = key.getParams();
        if (parameters == null) {
            throw new InvalidKeyException("The key does not tell its curve");
        }
        return EcdsaCurve.of(parameters).orElseThrow(() -> new InvalidKeyException("Neither P-256 nor P-384"));
    }

    /** The uncompressed point, which need not be on the curve. */
    static byte[] point(ECPublicKey key, EcdsaCurve curve) throws InvalidKeyException {
        ECPoint w = key.getW();
        int length = curve.length();
        if (w.equals(ECPoint.POINT_INFINITY)
                || !BigEndianOctets.fits(w.getAffineX(), length)
                || !BigEndianOctets.fits(w.getAffineY(), length)) {
            throw new InvalidKeyException("The point has no affine coordinates below the prime");
        }
        return BigEndianOctets.point(w, length);
    }
}
