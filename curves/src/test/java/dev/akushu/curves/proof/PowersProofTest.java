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

    private static Machine machine(Sources sources) {
        Machine machine = new Machine(sources, new Facts());
        machine.replace(
                "Field25519.mul", a -> set(a.getFirst(), exponent(a.get(1)).add(exponent(a.get(2)))));
        machine.replace(
                "Field25519.sqr", a -> set(a.getFirst(), exponent(a.get(1)).shiftLeft(1)));
        for (String sum : List.of("add", "sub")) {
            machine.replace("Field25519." + sum, a -> {
                throw new ProofFailure("a sum is no power");
            });
        }
        return machine;
    }

    private static BigInteger exponent(Object element) {
        return ((Thing) element).word("l0").value().constant();
    }

    private static void set(Object element, BigInteger exponent) {
        ((Thing) element).fields().put("l0", new Word(Polynomial.of(exponent), Interval.of(exponent)));
    }

    /** Of a, which the result may be. */
    private static BigInteger power(Machine machine, String method, boolean isSame) {
        Thing a = machine.create("Field25519");
        set(a, BigInteger.ONE);
        Thing r = isSame ? a : machine.create("Field25519");
        machine.call("Field25519", method, null, List.of(r, a));
        return exponent(r);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theRootIsThePowerOfRfc8032(boolean isSame) {
        proveRoot(Sources.of("Field25519"), isSame);
    }

    private static void proveRoot(Sources sources, boolean isSame) {
        assertThat(power(machine(sources), "powForRoot", isSame))
                .isEqualTo(P.subtract(BigInteger.valueOf(5)).shiftRight(3));
    }

    @Test
    void noMutantOfTheRootIsProved() {
        String text = Sources.text("Field25519");
        for (String method : List.of("static void powForRoot", "private static void pow250")) {
            assertThat(Mutants.survivors(text, FormulaMutants.of(text, method), 1, changed -> {
                        proveRoot(Sources.mutant("Field25519", changed), false);
                        proveRoot(Sources.mutant("Field25519", changed), true);
                        return true;
                    }))
                    .isEmpty();
        }
    }

    @Test
    void aPowerOfTwoIsThatManySquarings() {
        Machine machine = machine(Sources.of("Field25519"));
        Thing a = machine.create("Field25519");
        set(a, BigInteger.ONE);
        machine.call("Field25519", "sqrN", null, List.of(a, a, Word.of(7)));
        assertThat(exponent(a)).isEqualTo(BigInteger.TWO.pow(7));
    }
}
