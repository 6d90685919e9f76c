package dev.akushu.curves.proof;

import dev.akushu.curves.proof.FieldModel.Box;
import dev.akushu.curves.proof.Machine.Thing;
import java.util.List;

/**
 * Proves of a multiplication or squaring, for all operands with limbs in the given intervals, that no intermediate
 * leaves its 64 bits where it must not, that the result is the product modulo p, and in which intervals the result's
 * limbs lie.
 */
final class FieldProof {
    private final FieldModel field;
    private final Sources sources;

    FieldProof(FieldModel field, Sources sources) {
        this.field = field;
        this.sources = sources;
    }

    /** The result's limbs. The result is a third object, which by {@link #aliases} is no loss. */
    Box multiplication(Box a, Box b) {
        Facts facts = new Facts();
        Machine machine = new Machine(sources, facts);
        Thing x = field.fresh(machine, facts, "a", a);
        Thing y = field.fresh(machine, facts, "b", b);
        Polynomial product = field.integer(x).times(field.integer(y));
        Thing r = machine.create(field.type());
        machine.call(field.type(), "mul", null, List.of(r, x, y));
        return check(r, product, "mul");
    }

    Box squaring(Box a) {
        Facts facts = new Facts();
        Machine machine = new Machine(sources, facts);
        Thing x = field.fresh(machine, facts, "a", a);
        Polynomial product = field.integer(x).square();
        Thing r = machine.create(field.type());
        machine.call(field.type(), "sqr", null, List.of(r, x));
        return check(r, product, "sqr");
    }

    /** That the result may be one of the operands, or all three the same. */
    void aliases(Box box) {
        Facts facts = new Facts();
        Machine machine = new Machine(sources, facts);
        Thing x = field.fresh(machine, facts, "a", box);
        Thing y = field.fresh(machine, facts, "b", box);
        Polynomial a = field.integer(x);
        Polynomial b = field.integer(y);
        machine.call(field.type(), "mul", null, List.of(x, x, y));
        check(x, a.times(b), "mul(a, a, b)");
        field.fill(x, facts, "c", box);
        Polynomial c = field.integer(x);
        machine.call(field.type(), "mul", null, List.of(y, x, y));
        check(y, c.times(b), "mul(b, a, b)");
        machine.call(field.type(), "mul", null, List.of(x, x, x));
        check(x, c.square(), "mul(a, a, a)");
        field.fill(x, facts, "d", box);
        Polynomial d = field.integer(x);
        machine.call(field.type(), "sqr", null, List.of(x, x));
        check(x, d.square(), "sqr(a, a)");
    }

    private Box check(Thing result, Polynomial product, String what) {
        Polynomial difference =
                field.integer(result).shiftLeft(field.montgomery()).minus(product);
        if (!difference.isMultipleOf(field.prime())) {
            throw new ProofFailure(what + " is not the product modulo p");
        }
        return field.ranges(result);
    }
}
