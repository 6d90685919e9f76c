package dev.akushu.lab.stage;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An order as the first event of its run, with {@code type} {@code order}: what was really done, by the names that the page orders with. */
public final class OrderJson {
    private OrderJson() {}

    /** What was left to the usual choice is left out. */
    public static String of(Order order) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", "order");
        all.put("scenario", lower(order.scenario()));
        putIfGiven(all, "fault", order.fault() == null ? null : lower(order.fault()));
        putIfGiven(all, "group", order.group() == null ? null : order.group().toString());
        putIfGiven(all, "suite", order.suite() == null ? null : order.suite().toString());
        putIfGiven(all, "protocol", order.protocol());
        if (order.scenario() == Scenario.REMOTE) {
            all.put("host", order.host());
            all.put("port", order.port());
        } else {
            all.put("key", lower(order.keyType()));
        }
        Flip flip = order.flip();
        if (flip != null) {
            all.put("connection", lower(flip.connection()));
            all.put("sender", lower(flip.sender()));
            all.put("message", flip.message());
            all.put("occurrence", flip.occurrence());
            all.put("offset", flip.offset());
            all.put("bit", flip.bit());
        }
        try {
            return JSON.std.asString(all);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string does not fail", impossible);
        }
    }

    private static void putIfGiven(Map<String, Object> all, String name, @Nullable Object value) {
        if (value != null) {
            all.put(name, value);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
