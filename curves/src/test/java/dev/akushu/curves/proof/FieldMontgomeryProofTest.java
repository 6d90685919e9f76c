package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.proof.FieldModel.Box;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FieldMontgomeryProofTest {
    /** Limbs of a first operand below 2^first, of a second one below 2^second: no less than any formula gives. */
    private enum Case {
        P256(FieldModel.P256, 55, 54, 52),
        P384(FieldModel.P384, 58, 57, 53);

        private final FieldModel field;
        private final Box first;
        private final Box second;

        Case(FieldModel field, int first, int second, int top) {
            this.field = field;
            this.first = box(field, first, top);
            this.second = box(field, second, top);
        }

        private static Box box(FieldModel field, int low, int top) {
            return field.box(
                    Interval.of(1 - (1L << low), (1L << low) - 1), Interval.of(1 - (1L << top), (1L << top) - 1));
        }

        FieldProof proof(Sources sources) {
            return new FieldProof(field, sources);
        }

        FieldProof proof() {
            return proof(Sources.of(field.type()));
        }

        /** All limbs of a product but the last, whose size depends on the operands' values. */
        boolean hasLowLimbs(Box result) {
            int bits = field.bits();
            Interval limb = Interval.of(-(1L << bits - 40), (1L << bits) + (1L << bits - 40));
            return result.limbs().stream().limit(field.limbs() - 1L).allMatch(l -> l.isWithin(limb));
        }
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void multiplicationIsExact(Case c) {
        assertThat(c.proof().multiplication(c.first, c.second)).matches(c::hasLowLimbs);
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void squaringIsExact(Case c) {
        assertThat(c.proof().squaring(c.second)).matches(c::hasLowLimbs);
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void theResultMayBeAnOperand(Case c) {
        c.proof().aliases(c.second);
    }

    /** The proof sees every changed shift, mask, sign, index and term, in the very text that is compiled. */
    @ParameterizedTest
    @EnumSource(Case.class)
    void noMutantOfTheGeneratedCodeIsProved(Case c) {
        String type = c.field.type();
        assertThat(Mutants.survivors(
                        type,
                        "static void mul",
                        "static void sqr",
                        m -> c.hasLowLimbs(c.proof(m).multiplication(c.first, c.second))))
                .isEmpty();
        assertThat(Mutants.survivors(
                        type,
                        "static void sqr",
                        "// </generated>",
                        m -> c.hasLowLimbs(c.proof(m).squaring(c.second))))
                .isEmpty();
    }
}
