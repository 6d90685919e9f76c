package dev.akushu.curves.proof;

import java.math.BigInteger;

/**
 * What is known of a {@code long}: the word is congruent to the integer {@code value} modulo 2^64, and {@code value}
 * lies in {@code range}. If the range fits 64 bits, the word <em>is</em> the value; column sums of low halves are not
 * and need not be.
 */
record Word(Polynomial value, Interval range) {
    static Word of(long value) {
        return new Word(Polynomial.of(value), Interval.of(value, value));
    }

    boolean isExact() {
        return range.isWithin(Interval.WORD);
    }

    /** This, if it is exact. */
    Word exact(String where) {
        if (!isExact()) {
            throw new ProofFailure(where + ": may leave its 64 bits: " + range);
        }
        return this;
    }

    boolean isConstant() {
        return value.isConstant();
    }

    /** The word itself, if it is known. */
    long constant() {
        BigInteger v = value.constant();
        return v.longValue();
    }
}
