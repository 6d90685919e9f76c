package dev.akushu.curves.proof;

import java.math.BigInteger;

/** The integers from {@code low} to {@code high}, both included. */
record Interval(BigInteger low, BigInteger high) {
    /** What a signed word of 64 bits can hold. */
    static final Interval WORD =
            new Interval(BigInteger.TWO.pow(63).negate(), BigInteger.TWO.pow(63).subtract(BigInteger.ONE));

    Interval {
        if (low.compareTo(high) > 0) {
            throw new IllegalArgumentException("empty: " + low + " to " + high);
        }
    }

    static Interval of(long low, long high) {
        return new Interval(BigInteger.valueOf(low), BigInteger.valueOf(high));
    }

    static Interval of(BigInteger value) {
        return new Interval(value, value);
    }

    /** From 0 to 2^{@code bits} - 1. */
    static Interval bits(int bits) {
        return new Interval(BigInteger.ZERO, BigInteger.TWO.pow(bits).subtract(BigInteger.ONE));
    }

    /** From -{@code bound} to {@code bound}. */
    static Interval within(BigInteger bound) {
        return new Interval(bound.negate(), bound);
    }

    Interval plus(Interval that) {
        return new Interval(low.add(that.low), high.add(that.high));
    }

    Interval times(Interval that) {
        BigInteger a = low.multiply(that.low);
        BigInteger b = low.multiply(that.high);
        BigInteger c = high.multiply(that.low);
        BigInteger d = high.multiply(that.high);
        return new Interval(a.min(b).min(c.min(d)), a.max(b).max(c.max(d)));
    }

    /** Of x^2, which is never negative, for x in this interval. */
    Interval square() {
        BigInteger a = low.multiply(low);
        BigInteger b = high.multiply(high);
        BigInteger least = low.signum() <= 0 && high.signum() >= 0 ? BigInteger.ZERO : a.min(b);
        return new Interval(least, a.max(b));
    }

    /** Of floor(x / 2^{@code bits}). */
    Interval floorShift(int bits) {
        return new Interval(low.shiftRight(bits), high.shiftRight(bits));
    }

    Interval intersection(Interval that) {
        return new Interval(low.max(that.low), high.min(that.high));
    }

    Interval hull(Interval that) {
        return new Interval(low.min(that.low), high.max(that.high));
    }

    boolean isWithin(Interval that) {
        return low.compareTo(that.low) >= 0 && high.compareTo(that.high) <= 0;
    }
}
