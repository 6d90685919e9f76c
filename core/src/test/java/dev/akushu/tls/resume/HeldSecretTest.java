package dev.akushu.tls.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class HeldSecretTest {
    private static final byte[] OCTETS = AnyTicket.filled(32, 0x77);

    @Test
    void secretIsReadByCopies() {
        HeldSecret secret = HeldSecret.copyOf(OCTETS);
        secret.copy()[0] = 0;
        assertThat(secret.copy()).isEqualTo(OCTETS);
    }

    @Test
    void arrayThatItCameFromStaysTheCallers() {
        byte[] array = OCTETS.clone();
        HeldSecret secret = HeldSecret.copyOf(array);
        array[0] = 0;
        assertThat(secret.copy()).isEqualTo(OCTETS);
    }

    @Test
    void wipedSecretIsGone() {
        HeldSecret secret = HeldSecret.copyOf(OCTETS);
        secret.wipe();
        secret.wipe();
        assertThat(secret.find()).isNull();
        assertThatThrownBy(secret::copy).isInstanceOf(IllegalStateException.class);
        assertThat(secret.length()).isEqualTo(32);
    }

    @Test
    void textDoesNotShowTheSecret() {
        HeldSecret secret = HeldSecret.copyOf(OCTETS);
        assertThat(secret).hasToString("secret(32 bytes)");
        secret.wipe();
        assertThat(secret).hasToString("secret(wiped)");
    }

    @Test
    void copyIsNeverHalfWiped() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            for (int round = 0; round < 3000; round++) {
                HeldSecret secret = HeldSecret.copyOf(OCTETS);
                Callable<byte[]> reading = () -> {
                    start.await();
                    return secret.find();
                };
                Future<byte[]> copy = other.submit(reading);
                start.await();
                secret.wipe();
                assertThat(copy.get())
                        .satisfiesAnyOf(
                                found -> assertThat(found).isNull(),
                                found -> assertThat(found).isEqualTo(OCTETS));
            }
        }
    }
}
