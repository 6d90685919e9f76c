package dev.akushu.curves.proof;

import com.sun.source.tree.Tree;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The operations of {@code long}, on words of which only {@link Word} is known. */
final class Arithmetic {
    private final Facts facts;
    private final Map<Pair, Polynomial> xors = new HashMap<>();

    private final Deque<Long> assumed = new ArrayDeque<>();

    /** Operands of an exclusive or whose result is known, because one of them is an exclusive or with the other. */
    private record Pair(Polynomial a, Polynomial b) {}

    Arithmetic(Facts facts) {
        this.facts = facts;
    }

    /** The signs, -1 or 0, of unknown numbers that are shifted by 63 bits, in turn. */
    void assumeSigns(int... signs) {
        assumed.clear();
        for (int sign : signs) {
            assumed.add((long) sign);
        }
    }

    Word apply(Tree.Kind operator, Word a, Word b, String where) {
        if (a.isConstant() && b.isConstant()) {
            return Word.of(apply(operator, a.constant(), b.constant(), where));
        }
        return switch (operator) {
            case PLUS -> word(a.value().plus(b.value()), a.range().plus(b.range()));
            case MINUS ->
                word(a.value().minus(b.value()), a.range().plus(b.range().times(Interval.of(-1, -1))));
            case MULTIPLY -> word(a.value().times(b.value()), a.range().times(b.range()));
            case LEFT_SHIFT -> shiftLeft(a, bits(b));
            case RIGHT_SHIFT -> shiftRight(a.exact(where), bits(b));
            case UNSIGNED_RIGHT_SHIFT -> {
                if (a.range().low().signum() < 0) {
                    throw new ProofFailure(where + ": >>> of what may be negative: " + a.range());
                }
                yield shiftRight(a.exact(where), bits(b));
            }
            case AND -> and(a, b, where);
            case OR -> or(a, b);
            case XOR -> xor(a, b, where);
            default -> throw new ProofFailure("unknown operator " + operator + " in " + where);
        };
    }

    /** As Java does it. */
    private static long apply(Tree.Kind operator, long a, long b, String where) {
        return switch (operator) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case LEFT_SHIFT -> a << b;
            case RIGHT_SHIFT -> a >> b;
            case UNSIGNED_RIGHT_SHIFT -> a >>> b;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            default -> throw new ProofFailure("unknown operator " + operator + " in " + where);
        };
    }

    private Word word(Polynomial value, Interval range) {
        return new Word(value, facts.range(value).intersection(range));
    }

    /** The number of bits that Java shifts by, of which it takes the lowest six. */
    private static int bits(Word b) {
        return (int) b.constant() & 63;
    }

    private Word shiftLeft(Word a, int bits) {
        Polynomial value = a.value().shiftLeft(bits);
        // A constant is what Java makes of it.
        return value.isConstant() ? Word.of(value.constant().longValue()) : word(value, facts.range(value));
    }

    private Word shiftRight(Word a, int bits) {
        Interval quotient = a.range().floorShift(bits);
        if (quotient.low().equals(quotient.high())) {
            return Word.of(quotient.low().longValueExact());
        }
        if (bits == 63 && !assumed.isEmpty()) {
            return Word.of(assumed.remove());
        }
        return word(facts.quotient(a.value(), bits), quotient);
    }

    /** With a constant 2^k - 1. It takes the lowest bits of a word, so it need not be exact. */
    private Word and(Word a, Word b, String where) {
        Word mask = b.isConstant() ? b : a;
        Word other = b.isConstant() ? a : b;
        if (!mask.isConstant()) {
            throw new ProofFailure(where + ": & with an unknown mask");
        }
        long m = mask.constant();
        if (m == 0) {
            return Word.of(0);
        }
        if (m == -1) {
            return other;
        }
        if (m < 0 || (m & m + 1) != 0) {
            throw new ProofFailure(where + ": & with no mask of the form 2^k - 1");
        }
        int bits = Long.bitCount(m);
        return word(facts.remainder(other.value(), bits), Interval.bits(bits));
    }

    /** Of a word and 0 it is the word; of others nothing is known. */
    private Word or(Word a, Word b) {
        if (a.isConstant() && a.constant() == 0) {
            return b;
        }
        if (b.isConstant() && b.constant() == 0) {
            return a;
        }
        return new Word(facts.fresh("or", Interval.WORD), Interval.WORD);
    }

    /** Of a word and 0 or -1, and of (a ^ b) and one of both. */
    private Word xor(Word a, Word b, String where) {
        if (b.isConstant() && b.constant() == 0) {
            return a;
        }
        if (b.isConstant() && b.constant() == -1) {
            return apply(Tree.Kind.MINUS, Word.of(-1), a, where);
        }
        if (a.isConstant()) {
            return xor(b, a, where);
        }
        Polynomial x = xors.get(new Pair(a.value(), b.value()));
        if (x != null) {
            return word(x, facts.range(x));
        }
        Word result = new Word(facts.fresh("xor", Interval.WORD), Interval.WORD);
        for (Word[] pair : new Word[][] {{a, b}, {b, a}}) {
            xors.put(new Pair(result.value(), pair[0].value()), pair[1].value());
            xors.put(new Pair(pair[0].value(), result.value()), pair[1].value());
        }
        return result;
    }

    /** floor(a b / 2^64), as {@link Math#multiplyHigh}. */
    Word multiplyHigh(Word a, Word b, String where) {
        Polynomial product = a.exact(where).value().times(b.exact(where).value());
        return word(facts.quotient(product, 64), a.range().times(b.range()).floorShift(64));
    }

    /** The words of {@code limbs} as one number of radix 2^{@code bits}. */
    static Polynomial compose(Iterable<Word> limbs, int bits) {
        Polynomial sum = Polynomial.ZERO;
        int at = 0;
        for (Word limb : limbs) {
            sum = sum.plus(limb.value().shiftLeft(at));
            at += bits;
        }
        return sum;
    }

    static BigInteger powerOfTwo(int bits) {
        return BigInteger.TWO.pow(bits);
    }
}
