package dev.akushu.lab.site;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps other pages out: the browser of the person who runs the lab also shows pages of strangers, and these may try to reach
 * it. A name of theirs that points to loopback shows in Host, a request of theirs in Origin, and the token they cannot know.
 */
final class Gate {
    static final String TOKEN_HEADER = "X-Akushu-Lab";

    /** By which the page tells a code from the token; no character of base64url. */
    private static final String CODE_MARK = "once.";

    private static final int TOKEN_BYTES = 24;

    private final Set<String> hosts;
    private final Set<String> origins;
    private final String token = random();
    /** Each is good for one exchange against the token. */
    private final Set<String> codes = ConcurrentHashMap.newKeySet();

    /** {@code scheme} is http or https. */
    Gate(String scheme, int port) {
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        origins = Set.of(scheme + "://127.0.0.1:" + port, scheme + "://localhost:" + port);
    }

    private static String random() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    String token() {
        return token;
    }

    /** A new code for one browser. */
    String code() {
        String code = CODE_MARK + random();
        codes.add(code);
        return code;
    }

    /** The token, if the request shows a code that nobody has used. */
    Optional<String> exchange(Headers headers) {
        String shown = headers.getFirst(TOKEN_HEADER);
        return shown != null && codes.remove(shown) ? Optional.of(token) : Optional.empty();
    }

    /** Whether the request was made for this server and by its own page, or by no page at all. */
    boolean isOurs(Headers headers) {
        List<String> origin = headers.getOrDefault("Origin", List.of());
        List<String> host = headers.getOrDefault("Host", List.of());
        return host.size() == 1 && hosts.contains(host.getFirst()) && origins.containsAll(origin);
    }

    /** Whether it comes from who was given the address with the token. */
    boolean knowsToken(Headers headers) {
        String shown = headers.getFirst(TOKEN_HEADER);
        return shown != null
                && MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
