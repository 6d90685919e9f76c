package dev.akushu.fleet;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the store is, and the name of the fleet in it: {@code redis://[USER:PASSWORD@]HOST[:PORT]/NAME}, {@code rediss://} over TLS, {@code redis-sentinel://HOST[:PORT],.../NAME#MASTER}.
 *
 * @param uri for Lettuce
 * @param fleet the name
 * @param shown as it is shown to people: without user and password
 * @param tls whether the store is reached over TLS
 */
record StoreAddress(RedisURI uri, String fleet, String shown, boolean tls) {
    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>redis|rediss|redis-sentinel|rediss-sentinel)://(?<user>[^/#]*@)?(?<hosts>[^/@#]+)/(?<fleet>[A-Za-z0-9._-]{1,64})(?<master>#[A-Za-z0-9._-]+)?");

    static StoreAddress parse(String text, Duration limit) throws TlsException {
        Matcher form = FORM.matcher(text);
        String shown = text.replaceFirst("//[^/#]*@", "//");
        if (!form.matches()) {
            throw Problem.FLEET_MISCONFIGURED.with(
                    "address of the store",
                    shown,
                    "it is not redis://HOST:PORT/NAME with a NAME of letters, digits, dots, hyphens and underscores");
        }
        String scheme = form.group("scheme");
        String master = form.group("master");
        if (scheme.endsWith("-sentinel") != (master != null)) {
            throw Problem.FLEET_MISCONFIGURED.with(
                    "address of the store", shown, "with Sentinel, and only then, #MASTER stands at the end");
        }
        String user = form.group("user");
        try {
            RedisURI uri = RedisURI.create(scheme + "://" + (user == null ? "" : user) + form.group("hosts")
                    + (master == null ? "" : "/" + master));
            uri.setTimeout(limit);
            return new StoreAddress(uri, form.group("fleet"), shown, scheme.startsWith("rediss"));
        } catch (IllegalArgumentException refused) {
            // The message of the cause may hold the password.
            throw Problem.FLEET_MISCONFIGURED.with("address of the store", shown, "it has no host, or no port");
        }
    }
}
