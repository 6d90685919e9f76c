package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.trace.KeyInput;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.SecretObserver;
import java.util.Arrays;
import java.util.function.Consumer;
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
        if (watcher != null) {
            tell(copy, value -> watcher.fed(input, value));
        }
    }

    void derived(SecretName name, Supplier<byte[]> copy) {
        keyLog.secret(name, copy);
        revised(name, copy);
    }

    void revised(SecretName name, Supplier<byte[]> copy) {
        if (watcher != null) {
            tell(copy, value -> watcher.derived(name, value));
        }
    }

    private static void tell(Supplier<byte[]> copy, Consumer<byte[]> telling) {
        byte[] value = copy.get();
        try {
            telling.accept(value);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }
}
