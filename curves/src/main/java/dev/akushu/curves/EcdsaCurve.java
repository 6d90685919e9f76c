package dev.akushu.curves;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Optional;

/** The curves of this module that ECDH and ECDSA are used with, behind one face for the JCA. */
enum EcdsaCurve {
    P256("secp256r1", CurveP256.P, CurveP256.B, CurveP256.N, CurveP256.GX, CurveP256.GY) {
        @Override
        void generate(SecureRandom random, byte[] secret, byte[] point) {
            dev.akushu.curves.P256.generate(random, secret, point, 0);
        }

        @Override
        boolean agree(byte[] secret, byte[] point, byte[] out) {
            return dev.akushu.curves.P256.agree(secret, point, 0, point.length, out, 0);
        }

        @Override
        void sign(byte[] secret, String hash, byte[] digest, SecureRandom random, byte[] out) {
            dev.akushu.curves.P256.sign(secret, hash, digest, random, out, 0);
        }
    },

    P384("secp384r1", CurveP384.P, CurveP384.B, CurveP384.N, CurveP384.GX, CurveP384.GY) {
        @Override
        void generate(SecureRandom random, byte[] secret, byte[] point) {
            dev.akushu.curves.P384.generate(random, secret, point, 0);
        }

        @Override
        boolean agree(byte[] secret, byte[] point, byte[] out) {
            return dev.akushu.curves.P384.agree(secret, point, 0, point.length, out, 0);
        }

        @Override
        void sign(byte[] secret, String hash, byte[] digest, SecureRandom random, byte[] out) {
            dev.akushu.curves.P384.sign(secret, hash, digest, random, out, 0);
        }
    };

    private final String standardName;
    private final BigInteger p;
    private final BigInteger b;
    private final BigInteger n;
    private final ECPoint base;

    EcdsaCurve(String standardName, BigInteger p, BigInteger b, BigInteger n, BigInteger gx, BigInteger gy) {
        this.standardName = standardName;
        this.p = p;
        this.b = b;
        this.n = n;
        this.base = new ECPoint(gx, gy);
    }

    abstract void generate(SecureRandom random, byte[] secret, byte[] point);

    abstract boolean agree(byte[] secret, byte[] point, byte[] out);

    abstract void sign(byte[] secret, String hash, byte[] digest, SecureRandom random, byte[] out);

    /** The name that {@link java.security.spec.ECGenParameterSpec} takes everywhere. */
    String standardName() {
        return standardName;
    }

    /** Octets of a scalar and of a coordinate. */
    int length() {
        return p.bitLength() / 8;
    }

    static Optional<EcdsaCurve> of(ECParameterSpec parameters) {
        for (EcdsaCurve curve : values()) {
            if (curve.has(parameters)) {
                return Optional.of(curve);
            }
        }
        return Optional.empty();
    }

    private boolean has(ECParameterSpec parameters) {
        return parameters.getOrder().equals(n)
                && parameters.getCurve().getField() instanceof ECFieldFp field
                && field.getP().equals(p)
                && parameters.getCurve().getA().equals(p.subtract(BigInteger.valueOf(3)))
                && parameters.getCurve().getB().equals(b)
                && parameters.getGenerator().equals(base)
                && parameters.getCofactor() == 1;
    }

    /** By the names that the JDK knows. */
    static Optional<EcdsaCurve> of(String name) {
        return switch (name) {
            case "secp256r1", "NIST P-256", "X9.62 prime256v1", "prime256v1", "1.2.840.10045.3.1.7" ->
                Optional.of(P256);
            case "secp384r1", "NIST P-384", "1.3.132.0.34" -> Optional.of(P384);
            default -> Optional.empty();
        };
    }
}
