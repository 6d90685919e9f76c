package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What can still be found in the memory of an object: it goes wherever its fields lead, the variables that lambdas hold among them. */
final class Remains {
    private static final String SECRET = "dev.akushu.tls.schedule.Secret";

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Found> open = new ArrayDeque<>();
    private final List<Found> all = new ArrayList<>();

    private Remains(Object root) {
        found(root, root.getClass().getSimpleName());
        while (!open.isEmpty()) {
            lookInto(open.pop());
        }
    }

    /** Where secrets of the key schedule are that nobody has overwritten. */
    static List<String> secrets(Object root) {
        return new Remains(root)
                .all.stream().filter(Found::isSecret).map(Found::path).toList();
    }

    /** Adds those secrets to {@code held}, with the way to each, so that they can be looked at when nothing leads to them any more. */
    static void hold(Object root, IdentityHashMap<Object, String> held) {
        new Remains(root)
                .all.stream().filter(Found::isSecret).forEach(found -> held.putIfAbsent(found.object, found.path));
    }

    /** Where those of {@code held} were that nobody has overwritten yet. */
    static List<String> notOverwritten(IdentityHashMap<Object, String> held) {
        return held.entrySet().stream()
                .filter(one -> new Found(one.getKey(), one.getValue()).isSecret())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Where arrays are that hold {@code octets}. */
    static List<String> octets(Object root, byte[] octets) {
        String wanted = Bytes.copyOf(octets).hex();
        return new Remains(root)
                .all.stream()
                        .filter(found -> found.object instanceof byte[] array
                                && Bytes.copyOf(array).hex().contains(wanted))
                        .map(Found::path)
                        .toList();
    }

    /** Where arrays are that are longer than {@code length} bytes. */
    static List<String> longArrays(Object root, int length) {
        return new Remains(root)
                .all.stream()
                        .filter(found -> found.object instanceof byte[] array && array.length > length)
                        .map(Found::path)
                        .toList();
    }

    private void lookInto(Found place) {
        switch (place.object) {
            case ByteBuffer buffer when buffer.hasArray() -> found(buffer.array(), place.path);
            case Object[] array -> Arrays.stream(array).forEach(one -> found(one, place.path + "[]"));
            case Collection<?> many -> many.forEach(one -> found(one, place.path + "[]"));
            case Map<?, ?> map -> found(map.values(), place.path);
            case Optional<?> maybe -> found(maybe.orElse(null), place.path);
            case AtomicReference<?> reference -> found(reference.get(), place.path);
            default -> lookIntoFields(place);
        }
    }

    private void lookIntoFields(Found place) {
        for (Class<?> type = place.object.getClass(); isOurs(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    found(value(place.object, field), place.path + "." + field.getName());
                }
            }
        }
    }

    private void found(@Nullable Object object, String path) {
        if (object != null && seen.add(object)) {
            Found place = new Found(object, path);
            all.add(place);
            open.push(place);
        }
    }

    private static boolean isOurs(@Nullable Class<?> type) {
        return type != null && type.getName().startsWith("dev.akushu.") && !type.isEnum();
    }

    private static @Nullable Object value(Object object, Field field) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(Object object, String name) {
        try {
            return object.getClass().getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * An object.
     *
     * @param path the fields that lead to it
     */
    private record Found(Object object, String path) {
        /** Whether it is a secret of the key schedule, and not overwritten. */
        boolean isSecret() {
            return object.getClass().getName().equals(SECRET)
                    && !Boolean.TRUE.equals(value(object, field(object, "wiped")));
        }
    }
}
