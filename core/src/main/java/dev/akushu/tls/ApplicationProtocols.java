package dev.akushu.tls;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names for ALPN. RFC 7301 section 3.1. */
final class ApplicationProtocols {
    private ApplicationProtocols() {}

    /** The names as a list, each of 1 to 255 bytes and none twice. */
    static List<String> checked(String... names) {
        List<String> list = List.of(names);
        for (String name : list) {
            int length = name.getBytes(StandardCharsets.ISO_8859_1).length;
            if (length < 1 || length > 255) {
                throw new IllegalArgumentException(
                        "an application protocol has 1 to 255 bytes, not " + length + ": " + name);
            }
        }
        if (list.stream().distinct().count() != list.size()) {
            throw new IllegalArgumentException("an application protocol is named twice: " + list);
        }
        return list;
    }
}
