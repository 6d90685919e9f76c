package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Role;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CertificateVerifyContentTest {
    @Test
    void serverSignsTheExampleOfRfc9846Section452() {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) 1);

        assertThat(HexFormat.of().formatHex(CertificateVerifyContent.of(Role.SERVER, hash)))
                .isEqualTo("2020202020202020202020202020202020202020202020202020202020202020"
                        + "2020202020202020202020202020202020202020202020202020202020202020"
                        + "544c5320312e332c207365727665722043657274696669636174655665726966"
                        + "79"
                        + "00"
                        + "0101010101010101010101010101010101010101010101010101010101010101");
    }

    @Test
    void clientSignsUnderItsOwnContextString() {
        byte[] client = CertificateVerifyContent.of(Role.CLIENT, new byte[48]);
        byte[] server = CertificateVerifyContent.of(Role.SERVER, new byte[48]);

        assertThat(client).hasSize(64 + 33 + 1 + 48).isNotEqualTo(server);
        assertThat(new String(client, 64, 33, StandardCharsets.US_ASCII))
                .isEqualTo("TLS 1.3, client CertificateVerify");
    }
}
