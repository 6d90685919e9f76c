package dev.akushu.tls.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A cookie brings back all that it was given, and nothing else; for as long as it lives. */
class RetryCookieTest {
    private static final Instant NOW = AnyTicket.NOW;

    private static RetryCookie cookie(@Nullable NamedGroup group, boolean earlyData) {
        return new RetryCookie(
                NOW,
                CipherSuite.TLS_AES_128_GCM_SHA256,
                group,
                earlyData,
                Bytes.wrap(AnyTicket.filled(32, 1)),
                Bytes.wrap(AnyTicket.filled(32, 2)));
    }

    @Test
    void bringsBackWhatItWasGiven() throws TlsException {
        for (NamedGroup group : Arrays.asList(null, NamedGroup.X25519, NamedGroup.SECP384R1)) {
            for (boolean earlyData : new boolean[] {false, true}) {
                RetryCookie cookie = cookie(group, earlyData);
                assertThat(RetryCookie.decode(cookie.encode())).isEqualTo(cookie);
            }
        }
    }

    @Test
    void leftoverAndMissingBytesAreRefused() {
        byte[] encoded = cookie(NamedGroup.X25519, false).encode();
        for (int length = 0; length <= encoded.length + 1; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            if (length != encoded.length) {
                assertThatThrownBy(() -> RetryCookie.decode(cut))
                        .as("%d of %d bytes", length, encoded.length)
                        .isInstanceOf(TlsException.Malformed.class);
            }
        }
    }

    @Test
    void opensUntilTheLastMillisecondOfItsLife() throws TlsException {
        TicketKey key = TicketKey.generate(
                new SecureRandom(), NOW.minusSeconds(3600), Duration.ofHours(12), Duration.ofHours(24));
        CookieProtector protector = CookieProtector.of(Crypto.jdk(), () -> List.of(key), "scope");
        Bytes sealed = Objects.requireNonNull(protector.seal(cookie(null, false)));
        Instant end = NOW.plus(CookieProtector.LIFETIME);
        Instant begin = NOW.minusSeconds(5);

        for (Instant good : List.of(begin, NOW, end)) {
            assertThat(protector.open(sealed, good)).isEqualTo(cookie(null, false));
        }
        for (Instant bad : List.of(begin.minusMillis(1), end.plusMillis(1))) {
            assertThatThrownBy(() -> protector.open(sealed, bad))
                    .isInstanceOfSatisfying(
                            TlsException.class,
                            refused -> assertThat(refused.diagnosis().problem()).isEqualTo(Problem.STALE_COOKIE));
        }
    }
}
