package dev.akushu.tls.crypto;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/** A NIST curve over a prime field, y^2 = x^3 + ax + b. */
final class EcCurve {
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final String name;
    private final ECParameterSpec parameters;
    private final BigInteger prime;

    private EcCurve(String name, ECParameterSpec parameters) {
        this.name = name;
        this.parameters = parameters;
        this.prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
    }

    /** The curve that {@code provider} knows under {@code name}. */
    static EcCurve named(String name, Provider provider) throws GeneralSecurityException {
        AlgorithmParameters curves = AlgorithmParameters.getInstance("EC", provider);
        curves.init(new ECGenParameterSpec(name));
        return new EcCurve(name, curves.getParameterSpec(ECParameterSpec.class));
    }

    String name() {
        return name;
    }

    ECParameterSpec parameters() {
        return parameters;
    }

    /** Length of a coordinate in bytes. */
    int coordinateLength() {
        return (prime.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** Whether {@code coordinate}, which is not negative, is an element of the field. */
    boolean isInField(BigInteger coordinate) {
        return coordinate.compareTo(prime) < 0;
    }

    /** Whether (x, y) solves the curve's equation. No affine point is the point at infinity. */
    boolean contains(BigInteger x, BigInteger y) {
        BigInteger a = parameters.getCurve().getA();
        BigInteger b = parameters.getCurve().getB();
        BigInteger right = x.modPow(THREE, prime).add(a.multiply(x)).add(b).mod(prime);
        return y.multiply(y).mod(prime).equals(right);
    }

    /** Whether {@code other} is this curve, whichever provider it comes from. */
    boolean hasParameters(ECParameterSpec other) {
        return other.getCurve().getField().equals(parameters.getCurve().getField())
                && other.getCurve().getA().equals(parameters.getCurve().getA())
                && other.getCurve().getB().equals(parameters.getCurve().getB())
                && other.getGenerator().equals(parameters.getGenerator())
                && other.getOrder().equals(parameters.getOrder())
                && other.getCofactor() == parameters.getCofactor();
    }

    @Override
    public String toString() {
        return name;
    }
}
