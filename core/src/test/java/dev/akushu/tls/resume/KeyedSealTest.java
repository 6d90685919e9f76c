package dev.akushu.tls.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.crypto.Crypto;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is sealed opens as it was or not at all, whatever lies in it. */
class KeyedSealTest {
    private static final Crypto CRYPTO = Crypto.jdk();
    private static final Bytes SCOPE = Bytes.ofAscii("scope");

    private final TicketKey key = key();
    private final KeyedSeal seal = KeyedSeal.of(CRYPTO, "test", SCOPE);

    private static TicketKey key() {
        return TicketKey.generate(new SecureRandom(), AnyTicket.NOW, Duration.ofHours(1), Duration.ofHours(2));
    }

    private Bytes sealed(byte[] plaintext) {
        return Objects.requireNonNull(seal.seal(key, plaintext));
    }

    private byte[] opened(KeyedSeal by, TicketKey under, byte[] sealed) {
        return by.open(Bytes.copyOf(sealed), Objects.requireNonNull(under.copySecret()));
    }

    @Test
    void anyLengthOpens() {
        for (int length = 0; length < 100; length++) {
            byte[] plaintext = AnyTicket.filled(length, length);
            assertThat(opened(seal, key, sealed(plaintext).toArray())).isEqualTo(plaintext);
        }
    }

    @Test
    void nothingOpensThatWasChangedAnywhere() {
        byte[] sealed = sealed(AnyTicket.filled(3, 7)).toArray();
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(opened(seal, key, changed)).as("bit %d", bit).isNull();
        }
    }

    @Test
    void nothingOpensUnderAnotherKeyOrForAnotherPurposeOrScope() {
        byte[] sealed = sealed(AnyTicket.filled(3, 7)).toArray();
        assertThat(opened(seal, key(), sealed)).isNull();
        assertThat(opened(KeyedSeal.of(CRYPTO, "another", SCOPE), key, sealed)).isNull();
        assertThat(opened(KeyedSeal.of(CRYPTO, "test", Bytes.empty()), key, sealed))
                .isNull();
    }

    @Test
    void theShortestThatCanHaveBeenSealedNamesItsKey() {
        byte[] empty = sealed(new byte[0]).toArray();
        assertThat(KeyedSeal.keyName(Bytes.wrap(empty))).isEqualTo(key.name());
        assertThat(KeyedSeal.keyName(Bytes.wrap(Arrays.copyOf(empty, empty.length - 1))))
                .isNull();
    }
}
