package dev.akushu.tls.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateType;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Rfc8448MessagesTest {
    @ParameterizedTest
    @MethodSource("names")
    void messageDecodesAndEncodesToTheSameBytes(String name) throws IOException {
        byte[] bytes = Rfc8448.message(name);

        HandshakeMessage message = decode(name);

        assertThat(message.messageName()).isEqualTo(name.substring(name.lastIndexOf(' ') + 1));
        assertThat(HandshakeCodec.encode(message)).isEqualTo(bytes);
    }

    static Stream<String> names() throws IOException {
        return Rfc8448.messages().keySet().stream();
    }

    @Test
    void clientHelloOffersWhatTheTraceSays() throws IOException {
        ClientHello hello = (ClientHello) decode("3 ClientHello");

        assertThat(hello.legacyVersion()).isEqualTo(0x0303);
        assertThat(hello.random().hex()).startsWith("cb34ecb1e78163ba");
        assertThat(hello.legacySessionId()).isEqualTo(Bytes.empty());
        assertThat(hello.cipherSuites())
                .containsExactly(
                        CipherSuite.TLS_AES_128_GCM_SHA256,
                        CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
                        CipherSuite.TLS_AES_256_GCM_SHA384);
        assertThat(hello.legacyCompressionMethods()).isEqualTo(Bytes.fromHex("00"));
        assertThat(hello.extensions().types())
                .containsExactly(
                        ExtensionType.SERVER_NAME,
                        ExtensionType.RENEGOTIATION_INFO,
                        ExtensionType.SUPPORTED_GROUPS,
                        ExtensionType.SESSION_TICKET,
                        ExtensionType.KEY_SHARE,
                        ExtensionType.SUPPORTED_VERSIONS,
                        ExtensionType.SIGNATURE_ALGORITHMS,
                        ExtensionType.PSK_KEY_EXCHANGE_MODES,
                        ExtensionType.RECORD_SIZE_LIMIT);
        assertThat(hello.extensions().find(ServerName.class)).isEqualTo(new ServerName(Bytes.ofAscii("server")));
        assertThat(hello.extensions().find(SupportedVersions.class))
                .isEqualTo(new SupportedVersions(List.of(ProtocolVersion.TLS_1_3)));
    }

    @Test
    void extensionsOfOlderVersionsAreCarriedUnread() throws IOException {
        ClientHello hello = (ClientHello) decode("3 ClientHello");

        assertThat(hello.extensions().list())
                .contains(
                        new UnknownExtension(ExtensionType.SESSION_TICKET, Bytes.empty()),
                        new UnknownExtension(ExtensionType.RENEGOTIATION_INFO, Bytes.fromHex("00")));
    }

    @Test
    void resumptionOffersOneTicketForEarlyData() throws IOException {
        Extensions extensions = ((ClientHello) decode("4 ClientHello")).extensions();

        assertThat(extensions.has(ExtensionType.EARLY_DATA)).isTrue();
        assertThat(extensions.last()).isInstanceOfSatisfying(OfferedPsks.class, psks -> {
            assertThat(psks.identities()).hasSize(1);
            assertThat(psks.identities().getFirst().identity().hex()).startsWith("2c035d829359ee5ff7af4ec9");
            assertThat(psks.binders()).extracting(Bytes::length).containsExactly(32);
        });
    }

    @Test
    void ticketAllowsEarlyData() throws IOException {
        NewSessionTicket ticket = (NewSessionTicket) decode("3 NewSessionTicket");

        assertThat(ticket.ticketLifetime()).isEqualTo(30);
        assertThat(ticket.ticketAgeAdd()).isEqualTo(0xfad6aac5L);
        assertThat(ticket.ticketNonce()).isEqualTo(Bytes.fromHex("0000"));
        assertThat(ticket.ticket().length()).isEqualTo(178);
        assertThat(ticket.extensions()).isEqualTo(Extensions.of(new MaxEarlyDataSize(1024)));
    }

    @Test
    void retryAsksForAnotherGroupAndGivesACookie() throws IOException {
        HelloRetryRequest retry = (HelloRetryRequest) decode("5 HelloRetryRequest");

        assertThat(retry.extensions().find(KeyShareHelloRetryRequest.class))
                .isEqualTo(new KeyShareHelloRetryRequest(NamedGroup.SECP256R1));
        assertThat(retry.extensions().has(ExtensionType.COOKIE)).isTrue();
        assertThat(((ClientHello) decode("5 second ClientHello")).extensions().find(Cookie.class))
                .isEqualTo(retry.extensions().find(Cookie.class));
    }

    @Test
    void compatibilityModeEchoesTheSessionId() throws IOException {
        ClientHello hello = (ClientHello) decode("7 ClientHello");

        assertThat(hello.legacySessionId().length()).isEqualTo(32);
        assertThat(((ServerHello) decode("7 ServerHello")).legacySessionIdEcho())
                .isEqualTo(hello.legacySessionId());
    }

    @Test
    void rawPublicKeysAreNegotiatedAndSent() throws IOException {
        EncryptedExtensions answers = (EncryptedExtensions) decode("RawPublicKey EncryptedExtensions");

        assertThat(answers.extensions().list())
                .contains(
                        new SelectedServerCertificateType(CertificateType.RAW_PUBLIC_KEY),
                        new SelectedClientCertificateType(CertificateType.RAW_PUBLIC_KEY));
        assertThat(((Certificate) decode("RawPublicKey Certificate")).entries()).hasSize(1);
    }

    @Test
    void certificateVerifyNamesItsScheme() throws IOException {
        assertThat(((CertificateVerify) decode("3 CertificateVerify")).algorithm())
                .isEqualTo(SignatureScheme.RSA_PSS_RSAE_SHA256);
        assertThat(((CertificateVerify) decode("6 CertificateVerify")).algorithm())
                .isEqualTo(SignatureScheme.ECDSA_SECP256R1_SHA256);
    }

    private static HandshakeMessage decode(String name) throws IOException, TlsException {
        byte[] message = Rfc8448.message(name);
        return HandshakeCodec.decode(message, 0, message.length);
    }
}
