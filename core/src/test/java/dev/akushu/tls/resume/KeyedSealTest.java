package dev.akushu.tls.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.TicketKey;
import dev.akushu.tls.crypto.Crypto;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
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

    /** Servers of several versions share their keys, so the form must not change unnoticed. */
    @Test
    void whatIsMadeByTheJdkAsTheFormSaysOpens() throws GeneralSecurityException {
        byte[] secret = AnyTicket.filled(TicketKey.SECRET_LENGTH, 1);
        Bytes name = Bytes.wrap(AnyTicket.filled(TicketKey.NAME_LENGTH, 2));
        byte[] salt = AnyTicket.filled(32, 3);
        Mac hmac = Mac.getInstance("HmacSHA384");
        hmac.init(new SecretKeySpec(secret, "HmacSHA384"));
        hmac.update("test".getBytes(StandardCharsets.US_ASCII));
        hmac.update(salt);
        byte[] keyAndNonce = hmac.doFinal(new byte[] {1});
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(keyAndNonce, 0, 32, "AES"),
                new GCMParameterSpec(128, keyAndNonce, 32, 12));
        byte[] clear = ByteBuffer.allocate(1 + TicketKey.NAME_LENGTH + salt.length)
                .put((byte) 2)
                .put(name.toArray())
                .put(salt)
                .array();
        cipher.updateAAD(clear);
        cipher.updateAAD(SCOPE.toArray());
        byte[] content = cipher.doFinal(new byte[] {7, 8, 9});
        Bytes sealed = Bytes.wrap(ByteBuffer.allocate(clear.length + content.length)
                .put(clear)
                .put(content)
                .array());
        TicketKey known = new TicketKey(name, secret, Instant.EPOCH, Instant.MAX, Instant.MAX);

        assertThat(KeyedSeal.keyName(sealed)).isEqualTo(name);
        assertThat(seal.open(sealed, Objects.requireNonNull(known.copySecret())))
                .containsExactly(7, 8, 9);
    }

    @Test
    void theShortestThatCanHaveBeenSealedNamesItsKey() {
        byte[] empty = sealed(new byte[0]).toArray();
        assertThat(KeyedSeal.keyName(Bytes.wrap(empty))).isEqualTo(key.name());
        assertThat(KeyedSeal.keyName(Bytes.wrap(Arrays.copyOf(empty, empty.length - 1))))
                .isNull();
    }
}
