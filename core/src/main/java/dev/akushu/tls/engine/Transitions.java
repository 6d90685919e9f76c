package dev.akushu.tls.engine;

import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.HandshakeMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The legal transitions of one role: which message may come at which step, and where it may lead. Declared once per role; the driver enforces it before a state sees a message, a test
 * walks it exhaustively, and the diagram in ARCHITECTURE.md is generated from it.
 */
public final class Transitions {
    private final Map<Step, Map<Class<? extends HandshakeMessage>, Set<Step>>> table;

    private Transitions(Map<Step, Map<Class<? extends HandshakeMessage>, Set<Step>>> table) {
        this.table = table;
    }

    /** The table with these rows. */
    public static Transitions of(Row... rows) {
        Map<Step, Map<Class<? extends HandshakeMessage>, Set<Step>>> table = new LinkedHashMap<>();
        for (Row row : rows) {
            table.computeIfAbsent(row.from, step -> new LinkedHashMap<>()).put(row.message, row.to);
        }
        return new Transitions(table);
    }

    /** At {@code from} a {@code message} may come, and then the handshake stands at one of {@code to}. */
    public static Row at(Step from, Class<? extends HandshakeMessage> message, Step... to) {
        return new Row(from, message, Set.of(to));
    }

    /** Where {@code message} may lead from {@code step}; empty if it may not come. */
    public Set<Step> after(Step step, Class<? extends HandshakeMessage> message) {
        return table.getOrDefault(step, Map.of()).getOrDefault(message, Set.of());
    }

    /** All rows, in the order of declaration. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        table.forEach((from, messages) -> messages.forEach((message, to) -> rows.add(new Row(from, message, to))));
        return rows;
    }

    /** Throws {@link Problem#UNEXPECTED_HANDSHAKE_MESSAGE} if {@code message} may not come at {@code step}. */
    void requireLegal(Step step, HandshakeMessage message) throws TlsException {
        if (after(step, message.getClass()).isEmpty()) {
            throw Problem.UNEXPECTED_HANDSHAKE_MESSAGE.with(message.messageName(), expected(step));
        }
    }

    /**
     * Throws as {@link #requireLegal} would, if no message whose type has this code may come at {@code step}. A
     * HelloRetryRequest has the type of a ServerHello.
     */
    HandshakeType requireAwaited(Step step, int code) throws TlsException {
        HandshakeType type = HandshakeType.find(code);
        if (type == null || type == HandshakeType.MESSAGE_HASH) {
            throw Problem.UNKNOWN_HANDSHAKE_TYPE.with(code);
        }
        List<String> expected = expected(step);
        boolean awaited = expected.contains(type.messageName())
                || (type == HandshakeType.SERVER_HELLO && expected.contains("HelloRetryRequest"));
        if (!awaited) {
            throw Problem.UNEXPECTED_HANDSHAKE_MESSAGE.with(type.messageName(), expected);
        }
        return type;
    }

    private List<String> expected(Step step) {
        return table.getOrDefault(step, Map.of()).keySet().stream()
                .map(Class::getSimpleName)
                .toList();
    }

    /** Throws if a state went where the table does not lead: a defect of this library. */
    void requireDeclared(Step from, HandshakeMessage message, Step to) {
        if (!after(from, message.getClass()).contains(to)) {
            throw new IllegalStateException(
                    "undeclared transition from " + from + " by " + message.messageName() + " to " + to);
        }
    }

    /**
     * One row of the table.
     *
     * @param from the step
     * @param message the kind of message that may come
     * @param to the steps it may lead to
     */
    public record Row(Step from, Class<? extends HandshakeMessage> message, Set<Step> to) {}
}
