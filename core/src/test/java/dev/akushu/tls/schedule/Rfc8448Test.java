package dev.akushu.tls.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.wire.HandshakeCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The handshakes of RFC 8448, byte for byte. */
class Rfc8448Test {
    private final HashAlgorithm sha256 = Objects.requireNonNull(Crypto.jdk().suite(CipherSuite.TLS_AES_128_GCM_SHA256))
            .hash();
    private final Hkdf hkdf = new Hkdf(sha256);

    static List<String> handshakesOfTheRfc() {
        return List.of(
                Rfc8448.SIMPLE,
                Rfc8448.RESUMED,
                "HelloRetryRequest_Handshake",
                "Client_Authentication_Handshake",
                "Middlebox_Compatibility_Mode");
    }

    static List<String> allHandshakes() {
        List<String> all = new ArrayList<>(handshakesOfTheRfc());
        all.add("Externally_Provided_PSK_with_Ephemeral_Key");
        all.add("RawPublicKey_With_Client_Authentication");
        return all;
    }

    @ParameterizedTest
    @MethodSource("handshakesOfTheRfc")
    void derivesEverySecretAndKeyThatTheRfcShows(String name) throws Exception {
        HandshakeReplay replay = HandshakeReplay.of(name);

        for (Map.Entry<String, byte[]> expected : Rfc8448.secrets(name).values().entrySet()) {
            if (expected.getKey().equals("res master")) {
                // The resumption secret never leaves its object, so it is compared by what derives from it.
                assertThat(replay.resumption().psk(Bytes.fromHex("07")))
                        .isEqualTo(hkdf.expandLabel(expected.getValue(), "resumption", new byte[] {7}, 32));
            } else {
                assertThat(replay.values()).as(expected.getKey()).containsEntry(expected.getKey(), expected.getValue());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("allHandshakes")
    void opensEveryRecordAndSealsItAgainToTheSameBytes(String name) throws Exception {
        int recorded = 0;
        for (Map.Entry<String, byte[]> value : Rfc8448.trace(name).values().entrySet()) {
            if (value.getKey().startsWith("Record_")) {
                recorded += ReplayedDirection.split(value.getValue()).size();
            }
        }

        assertThat(HandshakeReplay.of(name).reproducedRecords()).isEqualTo(recorded);
    }

    @ParameterizedTest
    @MethodSource("allHandshakes")
    void everyMessageDecodesAndEncodesToTheSameBytes(String name) throws Exception {
        for (byte[] message : HandshakeReplay.of(name).messages()) {
            assertThat(HandshakeCodec.encode(HandshakeCodec.decode(message, 0, message.length)))
                    .isEqualTo(message);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Simple_1RTT_Handshake, server_certificate.pem",
        "Client_Authentication_Handshake, server_certificate_client_auth.pem",
        "Client_Authentication_Handshake, client_certificate.pem"
    })
    void oneMessageCarriesTheCertificate(String name, String file) throws Exception {
        String certificate =
                Bytes.copyOf(Rfc8448.certificate(file).getEncoded()).hex();

        assertThat(HandshakeReplay.of(name).messages())
                .filteredOn(message -> Bytes.copyOf(message).hex().contains(certificate))
                .hasSize(1);
    }

    @Test
    void theLeftSideOfTheScheduleIsThatOfTheRfc() {
        byte[] empty = sha256.newDigest().digest();
        byte[] zeros = new byte[32];

        byte[] early = hkdf.extract(new byte[0], zeros);
        byte[] salt = hkdf.deriveSecret(early, "derived", empty);
        byte[] handshake = hkdf.extract(salt, Rfc8448.secrets(Rfc8448.SIMPLE).get("shared"));
        byte[] saltOfMain = hkdf.deriveSecret(handshake, "derived", empty);
        byte[] main = hkdf.extract(saltOfMain, zeros);

        assertThat(early).isEqualTo(hex("33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a"));
        assertThat(salt).isEqualTo(hex("6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba"));
        assertThat(handshake).isEqualTo(hex("1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac"));
        assertThat(saltOfMain).isEqualTo(hex("43de77e0c77713859a944db9db2590b53190a65b3ee2e4f12dd7a0bb7ce254b4"));
        assertThat(main).isEqualTo(hex("18df06843d13a08bf2a449844c5f8a478001bc4d4c627984d5a41da8d0402919"));
    }

    @Test
    void theResumedScheduleBeginsAsInTheRfc() {
        byte[] empty = sha256.newDigest().digest();
        byte[] psk = Rfc8448.secrets(Rfc8448.SIMPLE).get("resumption 0000");

        byte[] early = hkdf.extract(new byte[0], psk);
        byte[] binderKey = hkdf.deriveSecret(early, "res binder", empty);
        byte[] finishedKey = hkdf.expandLabel(binderKey, "finished", new byte[0], 32);

        assertThat(early).isEqualTo(hex("9b2188e9b2fc6d64d71dc329900e20bb41915000f678aa839cbb797cb7d8332c"));
        assertThat(binderKey).isEqualTo(hex("69fe131a3bbad5d63c64eebcc30e395b9d8107726a13d074e389dbc8a4e47256"));
        assertThat(finishedKey).isEqualTo(hex("5588673e72cb59c87d220caffe94f2dea9a3b1609f7d50e90a48227db9ed7eaa"));
    }

    @Test
    void exportsWhatBotanExportsFromTheSimpleHandshake() throws Exception {
        // Botan, src/tests/test_tls_cipher_state.cpp; RFC 8448 has no exported key.
        byte[] context = "rfc8448_rtt1".getBytes(StandardCharsets.US_ASCII);

        assertThat(HandshakeReplay.of(Rfc8448.SIMPLE).exporter().export("export_test_label", context, 16))
                .isEqualTo(hex("f20058a65ce0430a197944c812431c2d"));
    }

    private static byte[] hex(String digits) {
        return Bytes.fromHex(digits).toArray();
    }
}
