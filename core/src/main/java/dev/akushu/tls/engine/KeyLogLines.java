package dev.akushu.tls.engine;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.KeyLog;
import dev.akushu.tls.trace.SecretName;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the lines of a key log, if there is one. RFC 9850. */
final class KeyLogLines {
    private final @Nullable KeyLog log;
    private Bytes clientRandom = Bytes.empty();

    KeyLogLines(@Nullable KeyLog log) {
        this.log = log;
    }

    void clientRandom(Bytes random) {
        if (log != null) {
            clientRandom = random;
        }
    }

    /** Logs a secret; {@code secret} gives a copy, which is only asked for if there is a log, and wiped. */
    void secret(SecretName name, Supplier<byte[]> secret) {
        String label = label(name);
        if (log == null || label == null) {
            return;
        }
        byte[] copy = secret.get();
        log.line(label + " " + clientRandom.hex() + " " + HexFormat.of().formatHex(copy));
        Arrays.fill(copy, (byte) 0);
    }

    private static @Nullable String label(SecretName name) {
        return switch (name) {
            case CLIENT_EARLY_TRAFFIC_SECRET -> "CLIENT_EARLY_TRAFFIC_SECRET";
            case EARLY_EXPORTER_SECRET -> "EARLY_EXPORTER_SECRET";
            case CLIENT_HANDSHAKE_TRAFFIC_SECRET -> "CLIENT_HANDSHAKE_TRAFFIC_SECRET";
            case SERVER_HANDSHAKE_TRAFFIC_SECRET -> "SERVER_HANDSHAKE_TRAFFIC_SECRET";
            case CLIENT_APPLICATION_TRAFFIC_SECRET -> "CLIENT_TRAFFIC_SECRET_0";
            case SERVER_APPLICATION_TRAFFIC_SECRET -> "SERVER_TRAFFIC_SECRET_0";
            case EXPORTER_SECRET -> "EXPORTER_SECRET";
            case EARLY_SECRET, BINDER_KEY, HANDSHAKE_SECRET, MAIN_SECRET, RESUMPTION_SECRET -> null;
        };
    }
}
