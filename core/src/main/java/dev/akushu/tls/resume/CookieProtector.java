package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TicketKeySource;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Seals cookies under the server's Ticket Keys, in the form of {@link KeyedSeal}: so each server of a fleet takes the cookies of
 * the others. Safe for use by many threads.
 *
 * <p>A cookie may come more than once within its time. That wins nobody anything: it fits no ClientHello but the one that it was made
 * for, each handshake has a fresh key share of the server, and a retry has refused early data.
 */
public final class CookieProtector {
    /** How long a client may take to answer a retry. */
    public static final Duration LIFETIME = Duration.ofSeconds(60);

    /** How far the clocks of a fleet may be apart. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private static final String PURPOSE = "akushu cookie 1";

    private final TicketKeySource keys;
    private final KeyedSeal seal;

    private CookieProtector(TicketKeySource keys, KeyedSeal seal) {
        this.keys = keys;
        this.seal = seal;
    }

    /** Seals and opens with {@code keys} in {@code scope}; {@code crypto} must have TLS_AES_256_GCM_SHA384. */
    public static CookieProtector of(Crypto crypto, TicketKeySource keys, String scope) {
        Bytes bound = Bytes.wrap(scope.getBytes(StandardCharsets.UTF_8));
        return new CookieProtector(keys, KeyedSeal.of(crypto, PURPOSE, bound));
    }

    /** The sealed cookie, or null if there is no key at this time. */
    public @Nullable Bytes seal(RetryCookie cookie) {
        TicketKey key = keys.sealingKey(cookie.issuedAt());
        return key == null ? null : seal.seal(key, cookie.encode());
    }

    /** Opens what {@link #seal} made; throws {@link Problem#UNKNOWN_COOKIE} for anything else, {@link Problem#STALE_COOKIE} for what is too old. */
    public RetryCookie open(Bytes sealed, Instant now) throws TlsException {
        Bytes name = KeyedSeal.keyName(sealed);
        TicketKey key = name == null ? null : keys.openingKey(name, now);
        byte[] secret = key == null ? null : key.copySecret();
        byte[] plaintext = secret == null ? null : seal.open(sealed, secret);
        if (plaintext == null) {
            throw Problem.UNKNOWN_COOKIE.with(sealed.length());
        }
        RetryCookie cookie = decoded(plaintext);
        Duration age = Duration.between(cookie.issuedAt(), now);
        // The cookie has its time to the millisecond.
        if (age.toMillis() > LIFETIME.toMillis() || age.compareTo(SKEW.negated()) < 0) {
            throw Problem.STALE_COOKIE.with(age.toMillis(), LIFETIME.toMillis());
        }
        return cookie;
    }

    private static RetryCookie decoded(byte[] plaintext) throws TlsException {
        try {
            return RetryCookie.decode(plaintext);
        } catch (TlsException otherFormat) {
            // Sealed by a server of ours that runs another version.
            throw Problem.UNKNOWN_COOKIE.causedBy(otherFormat, plaintext.length);
        }
    }
}
