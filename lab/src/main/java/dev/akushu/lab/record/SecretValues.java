package dev.akushu.lab.record;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.trace.KeyInput;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.SecretObserver;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Keeps what the key schedule of one connection is made of, for a person who asks to see it. Of a value that is told twice the last is kept. */
final class SecretValues implements SecretObserver {
    private final Map<String, String> values = new LinkedHashMap<>();

    @Override
    public void fed(KeyInput input, byte[] value) {
        keep(input, value);
    }

    @Override
    public void derived(SecretName name, byte[] value) {
        keep(name, value);
    }

    private synchronized void keep(Enum<?> name, byte[] value) {
        values.put(name.name().toLowerCase(Locale.ROOT), Bytes.copyOf(value).hex());
    }

    /** In hexadecimal, by the names of the RFC. */
    synchronized Map<String, String> all() {
        return new LinkedHashMap<>(values);
    }
}
