package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pre-shared keys without a key exchange. OpenSSL takes them so where there is no common group; GnuTLS can be told to take nothing else. */
class PskKeTest {
    private static final LampKey LAMP = new LampKey(
            Policy.MODERN_2026_11.withGroups(List.of(NamedGroup.X25519)).dangerWithPskKe(),
            List.of("-allow_no_dhe_kex", "-groups", "P-256"),
            "NORMAL:-VERS-ALL:+VERS-TLS1.3:-KX-ALL:+PSK",
            session -> {
                assertThat(session.externalPsk()).isEqualTo(LampKey.NAME);
                assertThat(session.group()).isNull();
            });

    @TempDir
    private Path folder;

    @Test
    void ourClientAndTheServerOfOpenSsl() throws IOException {
        LAMP.withTheServerOfOpenSsl();
    }

    @Test
    void ourServerAndTheClientOfOpenSsl() throws IOException {
        LAMP.withTheClientOfOpenSsl();
    }

    @Test
    void ourClientAndTheServerOfGnuTls() throws IOException {
        LAMP.withTheServerOfGnuTls(folder);
    }

    @Test
    void ourServerAndTheClientOfGnuTls() throws IOException {
        LAMP.withTheClientOfGnuTls();
    }
}
