package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.proof.FieldModel.Box;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class Field25519ProofTest {
    private static final FieldModel FIELD = FieldModel.F25519;
    private final Sources sources = Sources.of("Field25519");
    private final FieldProof proof = new FieldProof(FIELD, sources);

    /** What the Javadoc of Field25519 calls tight. */
    static final Box TIGHT = FIELD.box(Interval.of(-(1L << 15), (1L << 51) + (1L << 15)));

    /** What it calls loose: 2^53.1. */
    static final Box LOOSE = FIELD.box(Interval.within(BigInteger.valueOf(9_653_000_000_000_000L)));

    @Test
    void multiplicationOfLooseValuesIsExactAndTight() {
        assertThat(proof.multiplication(LOOSE, LOOSE)).matches(r -> r.isWithin(TIGHT));
    }

    @Test
    void squaringOfLooseValuesIsExactAndTight() {
        assertThat(proof.squaring(LOOSE)).matches(r -> r.isWithin(TIGHT));
    }

    @Test
    void theResultMayBeAnOperand() {
        proof.aliases(TIGHT);
    }

    /** The proof sees every changed shift, mask, sign, factor, index and term, in the very text that is compiled. */
    @Test
    void noMutantOfTheGeneratedCodeIsProved() {
        assertThat(Mutants.survivors(FIELD.type(), "static void mul", "static void sqr", this::isMultiplicationProved))
                .isEmpty();
        assertThat(Mutants.survivors(FIELD.type(), "static void sqr", "// </generated>", this::isSquaringProved))
                .isEmpty();
    }

    private boolean isMultiplicationProved(Sources mutant) {
        return new FieldProof(FIELD, mutant).multiplication(LOOSE, LOOSE).isWithin(TIGHT);
    }

    private boolean isSquaringProved(Sources mutant) {
        return new FieldProof(FIELD, mutant).squaring(LOOSE).isWithin(TIGHT);
    }
}
