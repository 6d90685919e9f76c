package dev.akushu.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raw pre-shared keys with the stacks that take them; importers (RFC 9258) are in none of those that are on the machine. */
class ExternalPskTest {
    private static final LampKey LAMP = new LampKey(
            Policy.MODERN_2026_11, List.of(), "NORMAL:-VERS-ALL:+VERS-TLS1.3:+ECDHE-PSK:+DHE-PSK:+PSK", session -> {
                assertThat(session.externalPsk()).isEqualTo(LampKey.NAME);
                assertThat(session.group()).isNotNull();
                assertThat(session.peerCertificates()).isEmpty();
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
    void ourClientAndTheServerOfNss() throws IOException {
        LAMP.withTheServerOfNss(folder);
    }

    @Test
    void ourServerAndTheClientOfNss() throws IOException {
        LAMP.withTheClientOfNss(folder);
    }

    @Test
    void ourServerAndTheClientOfGnuTls() throws IOException {
        LAMP.withTheClientOfGnuTls();
    }
}
