package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The digits that edwards25519 multiplies its base point by are the scalar, and none is out of the table's reach. */
class RecodingProofTest {
    /** An octet as Java has it, with a sign; that of the scalar's highest one is not set. */
    private static Word octet(Facts facts, int i) {
        Interval range = Interval.of(i == 31 ? 0 : -128, 127);
        return new Word(facts.fresh("octet" + i, range), range);
    }

    /**
     * The last digit needs no look: it is what the others leave of a scalar below 2^255, and they are between -8/15 and
     * 7/15 of 16^63. So it is above -1 and below 9.
     */
    @Test
    void theDigitsAreTheScalar() {
        prove(Sources.of("Edwards25519"));
        assertThat(Mutants.survivors("Edwards25519", "private static void recode(", "    /**", 1, mutant -> {
                    prove(mutant);
                    return true;
                }))
                .isEmpty();
    }

    private static void prove(Sources sources) {
        Facts facts = new Facts();
        Word[] scalar = IntStream.range(0, 32).mapToObj(i -> octet(facts, i)).toArray(Word[]::new);
        Word[] digits = IntStream.range(0, 64).mapToObj(i -> Word.of(0)).toArray(Word[]::new);
        Machine machine = new Machine(sources, facts);
        machine.call("Edwards25519", "recode", null, List.of(digits, scalar));

        Polynomial sum = Polynomial.ZERO;
        Polynomial expected = Polynomial.ZERO;
        for (int i = 0; i < 64; i++) {
            if (i < 63) {
                assertThat(facts.range(digits[i].value()))
                        .as("digit %d", i)
                        .matches(d -> d.isWithin(Interval.of(-8, 7)));
            }
            sum = sum.plus(digits[i].value().shiftLeft(4 * i));
            Polynomial octet = scalar[i / 2].value();
            Polynomial nibble = facts.remainder(i % 2 == 0 ? octet : facts.quotient(octet, 4), 4);
            expected = expected.plus(nibble.shiftLeft(4 * i));
        }
        assertThat(sum).isEqualTo(expected);
    }

    /** The nibbles of {@link #theDigitsAreTheScalar}: x mod 16 and floor(x / 16) mod 16. */
    @Test
    void theNibblesOfAnOctetWithASignAreThoseOfTheOctet() {
        for (int x = -128; x < 128; x++) {
            assertThat(Math.floorMod(x, 16) + 16 * Math.floorMod(Math.floorDiv(x, 16), 16))
                    .isEqualTo(x & 255);
        }
    }
}
