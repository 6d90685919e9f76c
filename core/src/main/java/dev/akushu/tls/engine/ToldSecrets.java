package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.trace.KeyInput;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.SecretObserver;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives secrets to whoever was allowed to see them: the key log and the observer of secrets. Each copy is asked for only if somebody wants it, and wiped. */
final class ToldSecrets {
    private final KeyLogLines keyLog;
    private final @Nullable SecretObserver watcher;

    ToldSecrets(Setting setting) {
        this.keyLog = new KeyLogLines(setting.keyLog());
        this.watcher = setting.secretObserver();
    }

    void clientRandom(Bytes random) {
        keyLog.clientRandom(random);
    }

    void fed(KeyInput input, Supplier<byte[]> copy) {
        tell(copy, (observer, value) -> observer.fed(input, value));
    }

    void derived(SecretName name, Supplier<byte[]> copy) {
        keyLog.secret(name, copy);
        revised(name, copy);
    }

    void revised(SecretName name, Supplier<byte[]> copy) {
        tell(copy, (observer, value) -> observer.derived(name, value));
    }

    private void tell(Supplier<byte[]> copy, BiConsumer<SecretObserver, byte[]> telling) {
        if (watcher == null) {
            return;
        }
        byte[] value = copy.get();
        try {
            telling.accept(watcher, value);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }
}
