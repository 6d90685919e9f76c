package dev.akushu.conformance;

import dev.akushu.tls.trace.KeyInput;
import dev.akushu.tls.trace.SecretName;
import dev.akushu.tls.trace.SecretObserver;
import java.util.EnumMap;
import java.util.Map;

/** The first secrets for application data, which the runner compares with its own. Belongs to the test's thread. */
final class TrafficSecrets implements SecretObserver {
    private final Map<SecretName, byte[]> known = new EnumMap<>(SecretName.class);

    @Override
    public void fed(KeyInput input, byte[] value) {
        // The runner does not ask for what goes into the key schedule.
    }

    @Override
    public void derived(SecretName name, byte[] value) {
        known.put(name, value.clone());
    }

    /** That under which the client sends. */
    byte[] client() {
        return known.getOrDefault(SecretName.CLIENT_APPLICATION_TRAFFIC_SECRET, new byte[0]);
    }

    /** That under which the server sends. */
    byte[] server() {
        return known.getOrDefault(SecretName.SERVER_APPLICATION_TRAFFIC_SECRET, new byte[0]);
    }
}
