package dev.akushu.curves.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Selecting from a table, exchanging, moving, negating, loading and storing change no limb but as they should, and the
 * proof sees every change of their text: {@link ElementLaws}.
 */
class ElementProofTest {
    private static FieldModel field(String type) {
        return List.of(FieldModel.F25519, FieldModel.P256, FieldModel.P384).stream()
                .filter(f -> f.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** The proof of a method, and of its mutants. */
    private static void prove(String type, String begin, String end, Consumer<ElementLaws> proof) {
        proof.accept(new ElementLaws(field(type), Sources.of(type)));
        assertThat(Mutants.survivors(type, begin, end, 1, mutant -> {
                    proof.accept(new ElementLaws(field(type), mutant));
                    return true;
                }))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FieldP256", "FieldP384"})
    void aTableIsSelectedFromByTheIndex(String type) {
        prove(type, "void select(", "    }\n\n", ElementLaws::selection);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Field25519", "FieldP256", "FieldP384"})
    void anElementIsNegatedOrNot(String type) {
        prove(type, "void cneg(", "    }\n\n", ElementLaws::negationOrNot);
    }

    @Test
    void twoElementsAreExchangedOrNot() {
        prove("Field25519", "void cswap(", "    }\n\n", ElementLaws::exchangeOrNot);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FieldP256", "FieldP384"})
    void anElementIsMovedOrNot(String type) {
        prove(type, "void cmov(", "    }\n\n", ElementLaws::moveOrNot);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Field25519", "FieldP256", "FieldP384"})
    void anElementIsCopied(String type) {
        prove(type, "void set(", "    }\n\n", ElementLaws::copy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Field25519", "FieldP256", "FieldP384"})
    void anElementIsLoaded(String type) {
        prove(type, "void load(", "    }\n\n", ElementLaws::load);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FieldP256", "FieldP384"})
    void anElementIsStored(String type) {
        prove(type, "void store(", "    }\n\n", ElementLaws::store);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Field25519", "FieldP256", "FieldP384"})
    void onlyZeroIsZero(String type) {
        prove(type, "long isZero(", "    }\n\n", ElementLaws::zero);
    }
}
