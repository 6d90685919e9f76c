package dev.akushu.curves.proof;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Runs point formulas. Multiplications and squarings are replaced by what {@link FieldProof} proves of them for the
 * very intervals of their operands, so that every bound is checked where it is needed; all else (sums, multiples, weak
 * reductions) runs limb by limb. At the same time the value of each element is known as a polynomial in the formula's
 * inputs, modulo p.
 */
final class FormulaMachine {
    final FieldModel field;
    final Facts facts = new Facts();
    final Machine machine;
    private final List<Group> groups = new ArrayList<>();

    /**
     * Limbs that were made together, from variable {@code first} on, and the element of the field that they stand for.
     */
    private record Group(int first, Polynomial element) {}

    /**
     * @param products the bounds of a product of two elements, or of the square of one, with limbs in the given
     *     intervals
     */
    FormulaMachine(FieldModel field, Sources sources, Function<List<Box>, Box> products) {
        this.field = field;
        this.machine = new Machine(sources, facts);
        machine.replace(field.type() + ".mul", arguments -> {
            Thing a = (Thing) arguments.get(1);
            Thing b = (Thing) arguments.get(2);
            Box bounds = products.apply(List.of(field.ranges(a), field.ranges(b)));
            define((Thing) arguments.get(0), element(a).times(element(b)).mod(field.prime()), bounds);
        });
        machine.replace(field.type() + ".sqr", arguments -> {
            Thing a = (Thing) arguments.get(1);
            Box bounds = products.apply(List.of(field.ranges(a)));
            define((Thing) arguments.get(0), element(a).square().mod(field.prime()), bounds);
        });
    }

    /** The bounds of products as the field's class is proved to have them; each is proved once. */
    static Function<List<Box>, Box> proved(FieldModel field) {
        FieldProof proof = new FieldProof(field, Sources.of(field.type()));
        Map<List<Box>, Box> known = new HashMap<>();
        return operands -> known.computeIfAbsent(
                operands,
                o -> o.size() == 1 ? proof.squaring(o.getFirst()) : proof.multiplication(o.getFirst(), o.getLast()));
    }

    /** A new unknown of the field. */
    Polynomial unknown(String name) {
        return facts.fresh(name, Interval.of(BigInteger.ZERO));
    }

    /** A new element that stands for a new unknown. */
    Thing fresh(String name, Box bounds) {
        return fresh(unknown(name), bounds);
    }

    /** A new element that stands for {@code element}. */
    Thing fresh(Polynomial element, Box bounds) {
        Thing thing = machine.create(field.type());
        define(thing, element, bounds);
        return thing;
    }

    /** Makes {@code target} stand for {@code element}, by limbs of which only the intervals are known. */
    void define(Thing target, Polynomial element, Box bounds) {
        field.fill(target, facts, "limb", bounds);
        int first = target.word("l0").value().variables().getFirst();
        groups.add(new Group(first, element));
    }

    /** The element that the limbs stand for, as a polynomial in the unknowns modulo p. */
    Polynomial element(Thing thing) {
        BigInteger p = field.prime();
        Polynomial rest = field.integer(thing).mod(p);
        Polynomial sum = Polynomial.ZERO;
        for (Group group : groups) {
            BigInteger c = rest.coefficient(List.of(group.first));
            if (c.signum() != 0) {
                for (int i = 0; i < field.limbs(); i++) {
                    rest = rest.minus(
                            Polynomial.variable(group.first + i).times(c).shiftLeft(field.bits() * i));
                }
                rest = rest.mod(p);
                sum = sum.plus(group.element.times(c));
            }
        }
        if (!rest.isConstant()) {
            throw new ProofFailure("the limbs are no combination of elements modulo p: " + rest);
        }
        BigInteger one = BigInteger.TWO.modPow(BigInteger.valueOf(-field.montgomery()), p);
        return sum.plus(Polynomial.of(rest.constant().multiply(one))).mod(p);
    }
}
