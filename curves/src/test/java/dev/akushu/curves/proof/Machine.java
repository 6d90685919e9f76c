package dev.akushu.curves.proof;

import com.sun.source.tree.*;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs methods of this module on unknown numbers: a {@code long} is a {@link Word}, an object is a {@link Thing}, an
 * array one of words. It knows the Java that straight-line arithmetic needs (locals, fields, arrays, assignments, calls,
 * loops and conditions whose numbers are known) and fails on everything else.
 */
final class Machine {
    private static final Set<Tree.Kind> CONDITIONS =
            Set.of(Tree.Kind.CONDITIONAL_AND, Tree.Kind.EQUAL_TO, Tree.Kind.NOT_EQUAL_TO);

    private final Sources sources;
    private final Arithmetic arithmetic;
    private final Map<String, Method> contracts = new HashMap<>();
    private final Map<String, Object> constants = new HashMap<>();

    /** An object: its class and its fields. */
    record Thing(String type, Map<String, Object> fields) {
        Word word(String field) {
            return (Word) fields.get(field);
        }
    }

    /** What a call of a static method does, instead of its body. */
    interface Contract {
        void call(List<Object> arguments);
    }

    /** What a call does and returns, instead of the method's body. */
    interface Method {
        @Nullable Object call(@Nullable Thing self, List<Object> arguments);
    }

    private static final class Frame {
        final String type;
        final @Nullable Thing self;
        final Map<String, Object> locals = new HashMap<>();
        final Set<String> ints = new HashSet<>();

        @Nullable Object result;

        boolean isDone;

        Frame(String type, @Nullable Thing self) {
            this.type = type;
            this.self = self;
        }

        void declare(VariableTree variable, Object value) {
            locals.put(variable.getName().toString(), value);
            if (variable.getType() != null && variable.getType().toString().equals("int")) {
                ints.add(variable.getName().toString());
            }
        }
    }

    Machine(Sources sources, Facts facts) {
        this.sources = sources;
        this.arithmetic = new Arithmetic(facts);
    }

    /** From now on {@code method}, as "Class.name", does what {@code contract} says. */
    void replace(String method, Contract contract) {
        replaceMethod(method, (self, arguments) -> {
            contract.call(arguments);
            return null;
        });
    }

    /** Likewise of an instance method, or of one with a result. It may also be named as a call of it is written. */
    void replaceMethod(String method, Method contract) {
        contracts.put(method, contract);
    }

    /** From now on the static field {@code name}, as "Class.NAME", is {@code value}. */
    void define(String name, Object value) {
        constants.put(name, value);
    }

    /** The signs that unknown numbers are assumed to have, -1 or 0, where code asks for them with {@code >> 63}. */
    void assumeSigns(int... signs) {
        arithmetic.assumeSigns(signs);
    }

    /** The value of the static field {@code name} of {@code type}. */
    long constantOf(String type, String name) {
        return ((Word) constant(type, name)).constant();
    }

    /** The static field {@code name} of {@code type}. */
    Object valueOf(String type, String name) {
        return constant(type, name);
    }

    Thing create(String type) {
        Thing thing = new Thing(type, new HashMap<>());
        Frame frame = new Frame(type, thing);
        sources.instanceFields(type).forEach(field -> {
            ExpressionTree initializer = field.getInitializer();
            if (initializer != null) {
                thing.fields.put(field.getName().toString(), value(frame, initializer));
            } else if (field.getType().toString().equals("long")) {
                thing.fields.put(field.getName().toString(), Word.of(0));
            }
        });
        return thing;
    }

    /** Calls the static method, or with {@code self} the instance method. */
    @Nullable Object call(String type, String name, @Nullable Thing self, List<Object> arguments) {
        Method contract = contracts.get(type + "." + name);
        if (contract != null) {
            return contract.call(self, arguments);
        }
        MethodTree method = sources.method(type, name, arguments.size());
        Frame frame = new Frame(type, self);
        for (int i = 0; i < arguments.size(); i++) {
            frame.declare(method.getParameters().get(i), arguments.get(i));
        }
        execute(frame, method.getBody());
        return frame.result;
    }

    /** Runs one statement, such as a loop's body, on the given locals, which it changes. */
    void execute(String type, StatementTree statement, Map<String, Object> locals) {
        Frame frame = new Frame(type, null);
        frame.locals.putAll(locals);
        execute(frame, statement);
        locals.replaceAll((name, before) -> frame.locals.getOrDefault(name, before));
    }

    private void execute(Frame frame, StatementTree statement) {
        switch (statement) {
            case VariableTree v -> frame.declare(v, value(frame, v.getInitializer()));
            case ExpressionStatementTree e -> evaluate(frame, e.getExpression());
            case BlockTree b -> {
                for (StatementTree s : b.getStatements()) {
                    if (!frame.isDone) {
                        execute(frame, s);
                    }
                }
            }
            case IfTree i
            when i.getElseStatement() == null -> {
                if (isTrue(frame, i.getCondition())) {
                    execute(frame, i.getThenStatement());
                }
            }
            case ReturnTree r -> {
                frame.result = value(frame, r.getExpression());
                frame.isDone = true;
            }
            case ForLoopTree loop -> {
                loop.getInitializer().forEach(s -> execute(frame, s));
                while (!frame.isDone && isTrue(frame, loop.getCondition())) {
                    execute(frame, loop.getStatement());
                    loop.getUpdate().forEach(s -> execute(frame, s));
                }
            }
            default -> throw new ProofFailure("unknown statement " + statement);
        }
    }

    /** Conditions are about numbers that are known, such as indices. */
    private boolean isTrue(Frame frame, ExpressionTree condition) {
        return switch (unwrap(condition)) {
            case BinaryTree b
            when b.getKind() == Tree.Kind.CONDITIONAL_AND ->
                isTrue(frame, b.getLeftOperand()) && isTrue(frame, b.getRightOperand());
            case BinaryTree b -> compare(frame, b);
            case ExpressionTree other -> (Boolean) value(frame, other);
        };
    }

    private boolean compare(Frame frame, BinaryTree comparison) {
        long left = word(frame, comparison.getLeftOperand()).constant();
        long right = word(frame, comparison.getRightOperand()).constant();
        return switch (comparison.getKind()) {
            case LESS_THAN -> left < right;
            case GREATER_THAN_EQUAL -> left >= right;
            case GREATER_THAN -> left > right;
            case EQUAL_TO -> left == right;
            case NOT_EQUAL_TO -> left != right;
            default -> throw new ProofFailure("unknown condition " + comparison);
        };
    }

    private static ExpressionTree unwrap(ExpressionTree tree) {
        return tree instanceof ParenthesizedTree p ? unwrap(p.getExpression()) : tree;
    }

    private Word word(Frame frame, ExpressionTree tree) {
        return (Word) value(frame, tree);
    }

    private Object value(Frame frame, @Nullable ExpressionTree tree) {
        Object value = tree == null ? null : evaluate(frame, tree);
        if (value == null) {
            throw new ProofFailure("no value: " + tree);
        }
        return value;
    }

    private @Nullable Object evaluate(Frame frame, ExpressionTree tree) {
        return switch (tree) {
            case ParenthesizedTree p -> evaluate(frame, p.getExpression());
            case LiteralTree l when l.getValue() instanceof Boolean b -> b;
            case LiteralTree l -> Word.of(((Number) l.getValue()).longValue());
            case IdentifierTree i -> name(frame, i.getName().toString());
            case MemberSelectTree m -> member(frame, m);
            case AssignmentTree a -> assign(frame, a.getVariable(), value(frame, a.getExpression()));
            case CompoundAssignmentTree c ->
                assign(
                        frame,
                        c.getVariable(),
                        arithmetic.apply(
                                operator(c.getKind()),
                                word(frame, c.getVariable()),
                                word(frame, c.getExpression()),
                                c.toString()));
            case UnaryTree u -> unary(frame, u);
            case BinaryTree b when CONDITIONS.contains(b.getKind()) -> isTrue(frame, b);
            case BinaryTree b -> {
                Word right = word(frame, b.getRightOperand());
                checkShift(frame, b, right);
                yield arithmetic.apply(b.getKind(), word(frame, b.getLeftOperand()), right, b.toString());
            }
            case MethodInvocationTree call -> invoke(frame, call);
            case NewClassTree n -> construct(frame, n);
            case ArrayAccessTree a -> array(frame, a)[index(frame, a)];
            case NewArrayTree n
            when n.getDimensions().size() == 1 ->
                zeros((int) word(frame, n.getDimensions().getFirst()).constant());
            case ConditionalExpressionTree c ->
                evaluate(frame, isTrue(frame, c.getCondition()) ? c.getTrueExpression() : c.getFalseExpression());
            case TypeCastTree c -> cast(c, word(frame, c.getExpression()));
            default -> throw new ProofFailure("unknown expression " + tree);
        };
    }

    /** Java takes the lowest five bits of what an int is shifted by, and six for a long, which all words are here. */
    private static void checkShift(Frame frame, BinaryTree tree, Word by) {
        boolean isShift = tree.getKind() == Tree.Kind.LEFT_SHIFT
                || tree.getKind() == Tree.Kind.RIGHT_SHIFT
                || tree.getKind() == Tree.Kind.UNSIGNED_RIGHT_SHIFT;
        if (isShift
                && unwrap(tree.getLeftOperand()) instanceof IdentifierTree i
                && frame.ints.contains(i.getName().toString())
                && (by.constant() & 63) > 31) {
            throw new ProofFailure(tree + ": an int is shifted by " + by.constant());
        }
    }

    private Word[] array(Frame frame, ArrayAccessTree tree) {
        return (Word[]) value(frame, tree.getExpression());
    }

    private int index(Frame frame, ArrayAccessTree tree) {
        return (int) word(frame, tree.getIndex()).constant();
    }

    private static Word[] zeros(int length) {
        Word[] array = new Word[length];
        Arrays.fill(array, Word.of(0));
        return array;
    }

    /** A cast that may change the number is not known here, except of a known number. */
    private static Word cast(TypeCastTree tree, Word word) {
        int bits = switch (tree.getType().toString()) {
            case "byte" -> 8;
            case "int" -> 32;
            case "long" -> 64;
            default -> throw new ProofFailure("unknown cast " + tree);
        };
        if (word.isConstant()) {
            return Word.of(word.constant() << 64 - bits >> 64 - bits);
        }
        BigInteger limit = BigInteger.TWO.pow(bits - 1);
        if (!word.range().isWithin(new Interval(limit.negate(), limit.subtract(BigInteger.ONE)))) {
            throw new ProofFailure(tree + ": may lose bits: " + word.range());
        }
        return word;
    }

    private Object construct(Frame frame, NewClassTree tree) {
        // A class within another is known by its own name.
        String type = tree.getIdentifier().toString().replaceFirst("^.*\\.", "");
        Thing thing = create(type);
        List<Object> arguments =
                tree.getArguments().stream().map(a -> value(frame, a)).toList();
        if (!arguments.isEmpty()) {
            call(type, "<init>", thing, arguments);
        }
        return thing;
    }

    private Object unary(Frame frame, UnaryTree u) {
        Word operand = word(frame, u.getExpression());
        return switch (u.getKind()) {
            case BITWISE_COMPLEMENT -> arithmetic.apply(Tree.Kind.MINUS, Word.of(-1), operand, u.toString());
            case UNARY_MINUS -> arithmetic.apply(Tree.Kind.MINUS, Word.of(0), operand, u.toString());
            case POSTFIX_INCREMENT ->
                assign(frame, u.getExpression(), arithmetic.apply(Tree.Kind.PLUS, operand, Word.of(1), u.toString()));
            case POSTFIX_DECREMENT ->
                assign(frame, u.getExpression(), arithmetic.apply(Tree.Kind.MINUS, operand, Word.of(1), u.toString()));
            default -> throw new ProofFailure("unknown operator " + u);
        };
    }

    private static Tree.Kind operator(Tree.Kind assignment) {
        return switch (assignment) {
            case PLUS_ASSIGNMENT -> Tree.Kind.PLUS;
            case MINUS_ASSIGNMENT -> Tree.Kind.MINUS;
            case AND_ASSIGNMENT -> Tree.Kind.AND;
            case OR_ASSIGNMENT -> Tree.Kind.OR;
            case LEFT_SHIFT_ASSIGNMENT -> Tree.Kind.LEFT_SHIFT;
            case RIGHT_SHIFT_ASSIGNMENT -> Tree.Kind.RIGHT_SHIFT;
            case XOR_ASSIGNMENT -> Tree.Kind.XOR;
            case MULTIPLY_ASSIGNMENT -> Tree.Kind.MULTIPLY;
            default -> throw new ProofFailure("unknown operator " + assignment);
        };
    }

    private Object name(Frame frame, String name) {
        if (name.equals("this")) {
            return self(frame);
        }
        Object local = frame.locals.get(name);
        if (local != null) {
            return local;
        }
        if (frame.self != null && frame.self.fields.containsKey(name)) {
            return frame.self.fields.get(name);
        }
        return constant(frame.type, name);
    }

    private Object constant(String type, String name) {
        Object known = constants.get(type + "." + name);
        if (known != null) {
            return known;
        }
        VariableTree field = sources.staticField(type, name)
                .orElseThrow(() -> new ProofFailure("unknown name " + name + " in " + type));
        Object value = value(new Frame(type, null), field.getInitializer());
        constants.put(type + "." + name, value);
        return value;
    }

    private Object member(Frame frame, MemberSelectTree tree) {
        String name = tree.getIdentifier().toString();
        if (isType(frame, tree.getExpression())) {
            return constant(tree.getExpression().toString(), name);
        }
        Object owner = value(frame, tree.getExpression());
        if (owner instanceof Word[] array && name.equals("length")) {
            return Word.of(array.length);
        }
        Object value = ((Thing) owner).fields.get(name);
        if (value == null) {
            throw new ProofFailure("no field " + tree);
        }
        return value;
    }

    private boolean isType(Frame frame, ExpressionTree tree) {
        return tree instanceof IdentifierTree i
                && !frame.locals.containsKey(i.toString())
                && (frame.self == null || !frame.self.fields.containsKey(i.toString()))
                && sources.has(i.toString());
    }

    private Object assign(Frame frame, ExpressionTree target, Object value) {
        switch (unwrap(target)) {
            case IdentifierTree i -> {
                String name = i.getName().toString();
                if (frame.locals.containsKey(name) || frame.self == null) {
                    frame.locals.put(name, value);
                } else {
                    frame.self.fields.put(name, value);
                }
            }
            case MemberSelectTree m ->
                ((Thing) value(frame, m.getExpression()))
                        .fields.put(m.getIdentifier().toString(), value);
            case ArrayAccessTree a -> array(frame, a)[index(frame, a)] = (Word) value;
            default -> throw new ProofFailure("unknown target " + target);
        }
        return value;
    }

    private static Thing self(Frame frame) {
        if (frame.self == null) {
            throw new ProofFailure("this in a static method");
        }
        return frame.self;
    }

    private static int constant(Object word) {
        return (int) ((Word) word).constant();
    }

    private @Nullable Object invoke(Frame frame, MethodInvocationTree tree) {
        List<Object> arguments =
                tree.getArguments().stream().map(a -> value(frame, a)).toList();
        ExpressionTree method = tree.getMethodSelect();
        Method contract = contracts.get(method.toString());
        if (contract != null) {
            return contract.call(null, arguments);
        }
        if (method.toString().equals("Math.multiplyHigh")) {
            return arithmetic.multiplyHigh((Word) arguments.get(0), (Word) arguments.get(1), tree.toString());
        }
        if (method.toString().equals("Objects.checkFromIndexSize")) {
            Objects.checkFromIndexSize(
                    constant(arguments.get(0)), constant(arguments.get(1)), constant(arguments.get(2)));
            return arguments.getFirst();
        }
        if (method.toString().equals("Arrays.fill")) {
            Arrays.fill((Word[]) arguments.get(0), (Word) arguments.get(1));
            return null;
        }
        if (method.toString().equals("System.arraycopy")) {
            int length = constant(arguments.get(4));
            System.arraycopy(
                    arguments.get(0), constant(arguments.get(1)), arguments.get(2), constant(arguments.get(3)), length);
            return null;
        }
        if (method instanceof IdentifierTree name) {
            return call(frame.type, name.toString(), frame.self, arguments);
        }
        MemberSelectTree select = (MemberSelectTree) method;
        if (isType(frame, select.getExpression())) {
            return call(
                    select.getExpression().toString(), select.getIdentifier().toString(), null, arguments);
        }
        Object owner = value(frame, select.getExpression());
        if (owner instanceof Word[] array && select.getIdentifier().contentEquals("clone")) {
            return array.clone();
        }
        Thing receiver = (Thing) owner;
        return call(receiver.type, select.getIdentifier().toString(), receiver, arguments);
    }
}
