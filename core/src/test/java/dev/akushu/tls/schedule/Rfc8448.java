package dev.akushu.tls.schedule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The values of RFC 8448 in the test resources. */
public final class Rfc8448 {
    public static final String SIMPLE = "Simple_1RTT_Handshake";
    public static final String RESUMED = "Resumed_0RTT_Handshake";

    private Rfc8448() {}

    /** The records and messages of one handshake. */
    public static Section trace(String name) {
        return section("transcripts.vec", name);
    }

    /** The secrets of one handshake. */
    public static Section secrets(String name) {
        return section("secrets.vec", name);
    }

    static X509Certificate certificate(String file) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(open(file));
    }

    private static Section section(String file, String name) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        boolean inside = false;
        for (String line : lines(file)) {
            if (line.startsWith("[")) {
                inside = line.equals("[" + name + "]");
            } else if (inside && line.contains(" = ")) {
                int equals = line.indexOf(" = ");
                values.put(line.substring(0, equals), HexFormat.of().parseHex(line.substring(equals + 3)));
            }
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("No section " + name + " in " + file);
        }
        return new Section(name, values);
    }

    private static List<String> lines(String file) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            return in.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(Rfc8448.class.getResourceAsStream("/rfc8448/" + file), file);
    }

    /** One handshake's values by their names. */
    public record Section(String name, Map<String, byte[]> values) {
        boolean has(String key) {
            return values.containsKey(key);
        }

        public byte[] get(String key) {
            return Objects.requireNonNull(values.get(key), () -> name + " has no " + key)
                    .clone();
        }
    }
}
