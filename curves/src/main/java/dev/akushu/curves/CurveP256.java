package dev.akushu.curves;

import java.math.BigInteger;

/**
 * The constants of P-256 (FIPS 186-5 and SP 800-186 section 3.2.1.3): y^2 = x^3 - 3 x + b over the field, of prime
 * order n.
 */
final class CurveP256 {
    /** Words of a scalar and of a coordinate. */
    static final int WORDS = 4;

    /** Octets of a scalar and of a coordinate. */
    static final int OCTETS = 8 * WORDS;

    /** The index of the highest of the odd digits, 5 bits apart, of an odd scalar; that digit is 1. */
    static final int TOP_DIGIT = 51;

    static final BigInteger P = new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    static final BigInteger N = new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    static final BigInteger B = new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
    static final BigInteger GX = new BigInteger("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", 16);
    static final BigInteger GY = new BigInteger("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5", 16);

    /** p in words. */
    static final long[] PRIME = Words.of(P, WORDS);

    /** p - n in words. */
    static final long[] PRIME_MINUS_ORDER = Words.of(P.subtract(N), WORDS);

    static final ModularInverse FIELD_INVERSE = new ModularInverse(P);
    static final ScalarField SCALARS = new ScalarField(N);

    private CurveP256() {}
}
