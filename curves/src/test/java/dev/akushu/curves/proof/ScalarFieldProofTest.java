package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arithmetic modulo the groups' orders: no limb leaves its 64 bits, and results are what they should be modulo n. */
class ScalarFieldProofTest {
    private static final int BITS = 52;

    private enum Order {
        P256("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 4),
        P384("ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 6),
        ED25519("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed", 4);

        private final BigInteger n;
        private final int words;
        private final int limbs;

        Order(String hex, int words) {
            n = new BigInteger(hex, 16);
            this.words = words;
            limbs = n.bitLength() / BITS + 1;
        }

        /** R. */
        BigInteger radix() {
            return BigInteger.TWO.pow(BITS * limbs);
        }
    }

    /** A ScalarField as its constructor makes it, and the machine that it runs in. */
    private static final class Run {
        final Order order;
        final Facts facts = new Facts();
        final Machine machine;
        final Thing scalars;

        Run(Order order, Sources sources) {
            this.order = order;
            machine = new Machine(sources, facts);
            Map<String, Object> fields = new HashMap<>();
            fields.put("words", Word.of(order.words));
            fields.put("limbs", Word.of(order.limbs));
            fields.put("order", constants(order.n, order.limbs));
            BigInteger radix = BigInteger.TWO.pow(BITS);
            fields.put(
                    "negativeInverse",
                    Word.of(order.n.negate().modInverse(radix).longValueExact()));
            scalars = new Thing("ScalarField", fields);
        }

        /** Room for {@code length} limbs, with something in it. */
        Word[] room(int length) {
            return IntStream.range(0, length)
                    .mapToObj(i -> new Word(facts.fresh("room", Interval.bits(BITS)), Interval.bits(BITS)))
                    .toArray(Word[]::new);
        }

        static Word[] constants(BigInteger value, int limbs) {
            return IntStream.range(0, limbs)
                    .mapToObj(i -> Word.of(value.shiftRight(BITS * i).longValue() & (1L << BITS) - 1))
                    .toArray(Word[]::new);
        }

        /** An unknown number in limbs as split() makes them, of {@code bits} bits. */
        Word[] unknown(String name, int bits) {
            return IntStream.range(0, order.limbs)
                    .mapToObj(i -> Interval.bits(Math.clamp(bits - (long) BITS * i, 0, BITS)))
                    .map(range -> new Word(facts.fresh(name, range), range))
                    .toArray(Word[]::new);
        }

        /** The number in limbs, which must be exact. */
        Polynomial number(Word[] limbs) {
            Arrays.stream(limbs).forEach(limb -> limb.exact("a limb"));
            return Arithmetic.compose(List.of(limbs), BITS);
        }
    }

    private static Sources sources() {
        return Sources.of("ScalarField");
    }

    /** All but the last limb as split() makes them. */
    private static boolean isCarried(Word[] limbs) {
        return Arrays.stream(limbs)
                .limit(limbs.length - 1L)
                .allMatch(limb -> limb.range().isWithin(Interval.bits(BITS)));
    }

    /** The result, before the order is taken away, is t with t R = a b + m n and 0 <= m < R. */
    private static boolean isMontgomeryProved(Order order, Sources sources) {
        Run run = new Run(order, sources);
        Word[] a = run.unknown("a", 64 * order.words);
        Word[] b = run.unknown("b", 64 * order.words);
        Polynomial product = run.number(a).times(run.number(b));
        Word[] r = run.unknown("r", 0);
        run.machine.replace("ScalarField.subtractOrder", arguments -> {});
        run.machine.call(
                "ScalarField",
                "montgomery",
                run.scalars,
                List.of(r, a, b, run.room(2 * order.limbs), run.room(order.limbs)));
        Polynomial multiple = run.number(r).shiftLeft(BITS * order.limbs).minus(product);
        BigInteger most = order.radix().subtract(BigInteger.ONE).multiply(order.n);
        return isCarried(r)
                && multiple.isMultipleOf(order.n)
                && run.facts.range(multiple).isWithin(new Interval(BigInteger.ZERO, most));
    }

    /** So t is below 2 n, if a b is below n R. */
    @ParameterizedTest
    @EnumSource(Order.class)
    void theMontgomeryProductIsCongruentAndBelowTwiceTheOrder(Order order) {
        assertThat(isMontgomeryProved(order, sources())).isTrue();
        BigInteger greatest = BigInteger.TWO.pow(64 * order.words).subtract(BigInteger.ONE);
        assertThat(greatest.pow(2)).isLessThan(order.n.multiply(order.radix()));
    }

    /**
     * Of a number below 2 n, the order is taken away if the difference is not negative, which its highest limb tells
     * as the others are not negative.
     */
    private static boolean isSubtractionProved(Order order, Sources sources) {
        int bits = order.n.bitLength() + 1;
        Run negative = new Run(order, sources);
        Word[] stays = negative.unknown("a", bits);
        Word[] before = stays.clone();
        negative.machine.assumeSigns(-1);
        negative.machine.call(
                "ScalarField", "subtractOrder", negative.scalars, List.of(stays, negative.room(order.limbs)));

        Run other = new Run(order, sources);
        Word[] a = other.unknown("a", bits);
        Polynomial difference = other.number(a).minus(Polynomial.of(order.n));
        other.machine.assumeSigns(0);
        other.machine.call("ScalarField", "subtractOrder", other.scalars, List.of(a, other.room(order.limbs)));
        return IntStream.range(0, order.limbs).allMatch(i -> stays[i].value().equals(before[i].value()))
                && other.number(a).equals(difference)
                && isCarried(a);
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void theOrderIsTakenAwayOnceWhereTheNumberIsNotBelowIt(Order order) {
        assertThat(isSubtractionProved(order, sources())).isTrue();
    }

    /** The sum, before the order is taken away. */
    private static boolean isAdditionProved(Order order, Sources sources) {
        Run run = new Run(order, sources);
        Word[] a = run.unknown("a", order.n.bitLength());
        Word[] b = run.unknown("b", order.n.bitLength());
        Polynomial sum = run.number(a).plus(run.number(b));
        run.machine.replace("ScalarField.subtractOrder", arguments -> {});
        run.machine.call("ScalarField", "sum", run.scalars, List.of(a, b, run.room(order.limbs)));
        return isCarried(a) && run.number(a).equals(sum);
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void theSumIsTheSum(Order order) {
        assertThat(isAdditionProved(order, sources())).isTrue();
    }

    @Test
    void noMutantIsProved() {
        Order order = Order.ED25519;
        assertThat(Mutants.survivors(
                        "ScalarField",
                        "private void sum",
                        "private void split",
                        1,
                        m -> isMontgomeryProved(order, m)
                                && isSubtractionProved(order, m)
                                && isAdditionProved(order, m)))
                .isEmpty();
    }
}
