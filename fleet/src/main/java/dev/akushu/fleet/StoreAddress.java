package dev.akushu.fleet;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.file.ShownAddress;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the store is, and the name of the fleet in it: {@code redis://[USER:PASSWORD@]HOST[:PORT]/NAME}, {@code rediss://} over TLS, {@code redis-sentinel://HOST[:PORT],.../NAME#MASTER}.
 *
 * @param uri for Lettuce; made of parts, because Lettuce reads other things into a text than are allowed here
 * @param fleet the name
 * @param shown as it is shown to people: without user and password
 * @param tls whether the store is reached over TLS
 */
record StoreAddress(RedisURI uri, String fleet, String shown, boolean tls) {
    private static final String HOST = "(?:\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]+)(?::\\d{1,5})?";
    private static final Pattern FORM = Pattern.compile("(?<scheme>redis|rediss|redis-sentinel|rediss-sentinel)://"
            // RFC 3986 section 3.2.1.
            + "(?:(?<user>[A-Za-z0-9._~!$&'()*+,;=:%-]*)@)?"
            + "(?<hosts>" + HOST + "(?:," + HOST
            + ")*)/(?<fleet>[A-Za-z0-9._-]{1,64})(?:#(?<master>[A-Za-z0-9._-]+))?");

    private static final int PORT = 6379;
    private static final int SENTINELS_PORT = 26379;
    private static final int HIGHEST_PORT = 0xffff;

    static StoreAddress parse(String text, Duration limit) throws TlsException {
        Matcher form = FORM.matcher(text);
        String shown = ShownAddress.of(text);
        if (!form.matches()) {
            throw Problem.STORE_ADDRESS_MALFORMED.with(shown);
        }
        String master = form.group("master");
        List<String> hosts = List.of(form.group("hosts").split(","));
        if (form.group("scheme").endsWith("-sentinel") != (master != null)) {
            throw Problem.STORE_MASTER_MISPLACED.with(shown);
        }
        if (master == null && hosts.size() > 1) {
            throw Problem.SEVERAL_STORES.with(shown);
        }
        boolean tls = form.group("scheme").startsWith("rediss");
        RedisURI uri = uri(hosts, master, limit, shown);
        uri.setSsl(tls);
        uri.setVerifyPeer(SslVerifyMode.FULL);
        // Without user and password: most Sentinels have none, and refuse who gives some.
        uri.getSentinels().forEach(sentinel -> {
            sentinel.setSsl(tls);
            sentinel.setVerifyPeer(SslVerifyMode.FULL);
            sentinel.setTimeout(limit);
        });
        authenticate(uri, form.group("user"), shown);
        return new StoreAddress(uri, form.group("fleet"), shown, tls);
    }

    private static RedisURI uri(List<String> hosts, @Nullable String master, Duration limit, String shown)
            throws TlsException {
        RedisURI.Builder builder = RedisURI.builder().withTimeout(limit);
        if (master == null) {
            String only = hosts.getFirst();
            return builder.withHost(host(only))
                    .withPort(port(only, PORT, shown))
                    .build();
        }
        for (String each : hosts) {
            builder.withSentinel(host(each), port(each, SENTINELS_PORT, shown));
        }
        return builder.withSentinelMasterId(master).build();
    }

    private static String host(String hostAndPort) {
        boolean literal = hostAndPort.startsWith("[");
        int colon = hostAndPort.indexOf(':', literal ? hostAndPort.indexOf(']') : 0);
        String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
        return literal ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String hostAndPort, int usual, String shown) throws TlsException {
        int colon = hostAndPort.indexOf(':', hostAndPort.indexOf(']') + 1);
        int port = colon < 0 ? usual : Integer.parseInt(hostAndPort.substring(colon + 1));
        if (port == 0 || port > HIGHEST_PORT) {
            throw Problem.STORE_PORT_IMPOSSIBLE.with(shown, port);
        }
        return port;
    }

    /** {@code USER:PASSWORD}, or the password of the default user alone. */
    private static void authenticate(RedisURI uri, @Nullable String given, String shown) throws TlsException {
        if (given == null) {
            return;
        }
        int colon = given.indexOf(':');
        String user = colon > 0 ? decode(given.substring(0, colon), shown) : null;
        RedisCredentials known = RedisCredentials.just(user, decode(given.substring(colon + 1), shown));
        uri.setCredentialsProvider(RedisCredentialsProvider.from(() -> known));
    }

    private static String decode(String encoded, String shown) throws TlsException {
        try {
            // A plus is a plus: this is no form of a page.
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            // Without the cause, whose message has a part of the password.
            throw Problem.STORE_PASSWORD_MALFORMED.with(shown);
        }
    }

    /** What all names of a fleet in a store begin with, so that an ACL can be made for them, and all are in one slot. */
    static String prefix(String fleet) {
        return "akushu:{" + fleet + "}:";
    }

    /** Under which name a fleet's entries are in a store. */
    static String entriesKey(String fleet) {
        return prefix(fleet) + "keys";
    }

    /** The name by which Sentinels know the store; empty without Sentinels. */
    String master() {
        String name = uri.getSentinelMasterId();
        return name == null ? "" : name;
    }

    /** A store at this host and port, reached as this address says. */
    RedisURI at(String host, int port) {
        RedisURI found = RedisURI.builder()
                .withHost(host)
                .withPort(port)
                .withTimeout(uri.getTimeout())
                .withSsl(tls)
                .withVerifyPeer(SslVerifyMode.FULL)
                .build();
        found.setCredentialsProvider(uri.getCredentialsProvider());
        return found;
    }
}
