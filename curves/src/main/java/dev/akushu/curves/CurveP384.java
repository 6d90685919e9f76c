package dev.akushu.curves;

import java.math.BigInteger;

/**
 * The constants of P-384 (FIPS 186-5 and SP 800-186 section 3.2.1.4): y^2 = x^3 - 3 x + b over the field, of prime
 * order n.
 */
final class CurveP384 {
    /** Words of a scalar and of a coordinate. */
    static final int WORDS = 6;

    /** Octets of a scalar and of a coordinate. */
    static final int OCTETS = 8 * WORDS;

    /** The index of the highest of the odd digits, 5 bits apart, of an odd scalar; that digit is 1. */
    static final int TOP_DIGIT = 77;

    static final BigInteger P = new BigInteger(
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff", 16);
    static final BigInteger N = new BigInteger(
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16);
    static final BigInteger B = new BigInteger(
            "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef", 16);
    static final BigInteger GX = new BigInteger(
            "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7", 16);
    static final BigInteger GY = new BigInteger(
            "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f", 16);

    /** p in words. */
    static final long[] PRIME = Words.of(P, WORDS);

    /** p - n in words. */
    static final long[] PRIME_MINUS_ORDER = Words.of(P.subtract(N), WORDS);

    static final ModularInverse FIELD_INVERSE = new ModularInverse(P);
    static final ScalarField SCALARS = new ScalarField(N);

    private CurveP384() {}
}
