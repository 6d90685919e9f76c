package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.proof.FieldModel.Box;
import org.junit.jupiter.api.Test;

class FieldMontgomeryProofTest {
    /** Limbs up to 2^55 of one operand and 2^54 of the other: more than any formula gives. */
    private static final Box P256_A =
            FieldModel.P256.box(Interval.of(1 - (1L << 55), (1L << 55) - 1), Interval.of(-(1L << 52), 1L << 52));

    private static final Box P256_B =
            FieldModel.P256.box(Interval.of(-(1L << 54), 1L << 54), Interval.of(-(1L << 52), 1L << 52));
    private static final Box P384_A =
            FieldModel.P384.box(Interval.of(1 - (1L << 58), (1L << 58) - 1), Interval.of(-(1L << 53), 1L << 53));
    private static final Box P384_B =
            FieldModel.P384.box(Interval.of(-(1L << 57), 1L << 57), Interval.of(-(1L << 53), 1L << 53));

    /** What the limbs of a product are in either field; the last one depends on the operands' values. */
    private static void assertLowLimbs(Box result, int bits) {
        result.limbs()
                .subList(0, result.limbs().size() - 1)
                .forEach(limb -> assertThat(
                                limb.isWithin(Interval.of(-(1L << bits - 40), (1L << bits) + (1L << bits - 40))))
                        .as("%s", limb)
                        .isTrue());
    }

    @Test
    void multiplicationModuloP256IsExact() {
        assertLowLimbs(new FieldProof(FieldModel.P256, Sources.of("FieldP256")).multiplication(P256_A, P256_B), 52);
    }

    @Test
    void squaringModuloP256IsExact() {
        assertLowLimbs(new FieldProof(FieldModel.P256, Sources.of("FieldP256")).squaring(P256_B), 52);
    }

    @Test
    void multiplicationModuloP384IsExact() {
        assertLowLimbs(new FieldProof(FieldModel.P384, Sources.of("FieldP384")).multiplication(P384_A, P384_B), 56);
    }

    @Test
    void squaringModuloP384IsExact() {
        assertLowLimbs(new FieldProof(FieldModel.P384, Sources.of("FieldP384")).squaring(P384_B), 56);
    }
}
