package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chains of squarings and multiplications on 25519 give the powers that they should: followed by exponents. */
class PowersProofTest {
    private static final BigInteger P = FieldModel.F25519.prime();
    private final Machine machine = new Machine(Sources.of("Field25519"), new Facts());

    PowersProofTest() {
        machine.replace(
                "Field25519.mul", a -> set(a.getFirst(), exponent(a.get(1)).add(exponent(a.get(2)))));
        machine.replace(
                "Field25519.sqr", a -> set(a.getFirst(), exponent(a.get(1)).shiftLeft(1)));
    }

    private static BigInteger exponent(Object element) {
        return ((Thing) element).word("l0").value().constant();
    }

    private static void set(Object element, BigInteger exponent) {
        ((Thing) element).fields().put("l0", new Word(Polynomial.of(exponent), Interval.of(exponent)));
    }

    /** Of a, which the result may be. */
    private BigInteger power(String method, boolean isSame) {
        Thing a = machine.create("Field25519");
        set(a, BigInteger.ONE);
        Thing r = isSame ? a : machine.create("Field25519");
        machine.call("Field25519", method, null, List.of(r, a));
        return exponent(r);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theRootIsThePowerOfRfc8032(boolean isSame) {
        assertThat(power("powForRoot", isSame))
                .isEqualTo(P.subtract(BigInteger.valueOf(5)).shiftRight(3));
    }

    @Test
    void aPowerOfTwoIsThatManySquarings() {
        Thing a = machine.create("Field25519");
        set(a, BigInteger.ONE);
        machine.call("Field25519", "sqrN", null, List.of(a, a, Word.of(7)));
        assertThat(exponent(a)).isEqualTo(BigInteger.TWO.pow(7));
    }
}
