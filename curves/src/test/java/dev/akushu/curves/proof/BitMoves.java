package dev.akushu.curves.proof;

import com.sun.source.tree.*;
import com.sun.source.util.TreeScanner;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees that a method does nothing with longs but move bits: {@code |}, shifts by ints, and {@code &} with constants. All of these distribute over {@code |}, so what the method
 * makes of a number is the {@code |} of what it makes of the number's bits: whoever has seen that for each bit by itself has seen it for all numbers.
 */
final class BitMoves extends TreeScanner<Void, Void> {
    private static final Set<Tree.Kind> SHIFTS =
            Set.of(Tree.Kind.LEFT_SHIFT, Tree.Kind.RIGHT_SHIFT, Tree.Kind.UNSIGNED_RIGHT_SHIFT);

    private final Map<String, String> types = new HashMap<>();
    private final Set<String> otherCalls;

    private BitMoves(Set<String> otherCalls) {
        this.otherCalls = otherCalls;
    }

    /** Fails if {@code method} does anything else, calls of the methods {@code otherCalls} apart. */
    static void check(MethodTree method, String... otherCalls) {
        BitMoves moves = new BitMoves(Set.of(otherCalls));
        method.getParameters()
                .forEach(
                        p -> moves.types.put(p.getName().toString(), p.getType().toString()));
        moves.scan(method.getBody(), null);
    }

    @Override
    public Void visitVariable(VariableTree tree, Void nothing) {
        types.put(tree.getName().toString(), tree.getType().toString());
        return super.visitVariable(tree, null);
    }

    @Override
    public Void visitBinary(BinaryTree tree, Void nothing) {
        boolean left = isLong(tree.getLeftOperand());
        boolean right = isLong(tree.getRightOperand());
        boolean isMove = switch (tree.getKind()) {
            case OR -> true;
            case AND -> isConstant(tree.getLeftOperand()) || isConstant(tree.getRightOperand());
            default -> SHIFTS.contains(tree.getKind()) && !right;
        };
        if ((left || right) && !isMove) {
            throw new ProofFailure("moves no bits: " + tree);
        }
        return super.visitBinary(tree, null);
    }

    @Override
    public Void visitUnary(UnaryTree tree, Void nothing) {
        if (isLong(tree.getExpression())) {
            throw new ProofFailure("moves no bits: " + tree);
        }
        return super.visitUnary(tree, null);
    }

    @Override
    public Void visitCompoundAssignment(CompoundAssignmentTree tree, Void nothing) {
        if (isLong(tree.getVariable()) && tree.getKind() != Tree.Kind.OR_ASSIGNMENT) {
            throw new ProofFailure("moves no bits: " + tree);
        }
        return super.visitCompoundAssignment(tree, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree tree, Void nothing) {
        if (!otherCalls.contains(tree.getMethodSelect().toString())) {
            throw new ProofFailure("calls " + tree);
        }
        return null;
    }

    private static boolean isConstant(ExpressionTree tree) {
        return tree instanceof LiteralTree
                || tree instanceof IdentifierTree i && i.getName().contentEquals("M");
    }

    /** Whether the expression holds bits of numbers; all else are indices and lengths. */
    private boolean isLong(@Nullable ExpressionTree tree) {
        return switch (tree) {
            case ParenthesizedTree p -> isLong(p.getExpression());
            case ArrayAccessTree _ -> true;
            case MemberSelectTree m -> !m.getIdentifier().contentEquals("length");
            case IdentifierTree i ->
                i.getName().toString().matches("l[0-9]")
                        || "long".equals(types.get(i.getName().toString()));
            case BinaryTree b -> isLong(b.getLeftOperand()) || isLong(b.getRightOperand());
            case ConditionalExpressionTree c -> isLong(c.getTrueExpression()) || isLong(c.getFalseExpression());
            case null, default -> false;
        };
    }
}
