package dev.akushu.tls;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What registered codes stand for. Immutable; a look-up makes no object, as one in a map from Integer would. */
final class Codes<T> {
    private final int[] codes;
    private final List<T> values;

    private Codes(int[] codes, List<T> values) {
        this.codes = codes;
        this.values = values;
    }

    /** Of {@code values}, whose codes {@code codeOf} gives; no two have the same. */
    static <T> Codes<T> of(ToIntFunction<T> codeOf, List<T> values) {
        List<T> sorted = values.stream()
                .sorted((one, other) -> Integer.compare(codeOf.applyAsInt(one), codeOf.applyAsInt(other)))
                .toList();
        int[] codes = sorted.stream().mapToInt(codeOf).toArray();
        if (Arrays.stream(codes).distinct().count() != codes.length) {
            throw new IllegalArgumentException("Two values have one code: " + sorted);
        }
        return new Codes<>(codes, sorted);
    }

    /** The value of {@code code}, or null if it is not registered here. */
    @Nullable T find(int code) {
        int at = Arrays.binarySearch(codes, code);
        return at < 0 ? null : values.get(at);
    }
}
