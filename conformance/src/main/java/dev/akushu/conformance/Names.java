package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import java.util.Arrays;
import java.util.List;

/** Distinguished names as the runner writes them: DER in hexadecimal, with commas between. */
final class Names {
    private Names() {}

    /** The names; none for {@code <NULL>} and {@code <EMPTY>}. */
    static List<Bytes> parse(String list) {
        return list.startsWith("<")
                ? List.of()
                : Arrays.stream(list.split(",", -1)).map(Bytes::fromHex).toList();
    }
}
