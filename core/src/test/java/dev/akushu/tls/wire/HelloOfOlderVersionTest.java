package dev.akushu.tls.wire;

import static dev.akushu.tls.wire.WireHex.clientHello;
import static dev.akushu.tls.wire.WireHex.extension;
import static dev.akushu.tls.wire.WireHex.serverHello;
import static dev.akushu.tls.wire.WireHex.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import org.junit.jupiter.api.Test;

/** What older peers say must be understood far enough to tell them, and the user, that they are too old. */
class HelloOfOlderVersionTest {
    @Test
    void clientHelloMayEndAfterTheCompressionMethods() throws TlsException {
        ClientHello hello = (ClientHello) decode(clientHello(""));

        assertThat(hello.extensions()).isEqualTo(Extensions.none());
        assertThat(hello.legacyVersion()).isEqualTo(0x0303);
    }

    @Test
    void clientHelloMayHaveAnEmptyBlockOfExtensions() throws TlsException {
        assertThat(((ClientHello) decode(clientHello("0000"))).extensions()).isEqualTo(Extensions.none());
    }

    @Test
    void clientHelloWithoutVersionsKeepsItsExtensionsUnread() throws TlsException {
        // Neither a list of names nor a place for oid_filters: of no interest where the version is too old anyway.
        String block = extension(0, "ff") + extension(48, "");

        assertThat(((ClientHello) decode(clientHello(vector(2, block)))).extensions())
                .isEqualTo(Extensions.of(
                        new UnknownExtension(ExtensionType.SERVER_NAME, Bytes.fromHex("ff")),
                        new UnknownExtension(ExtensionType.OID_FILTERS, Bytes.empty())));
    }

    @Test
    void clientHelloWithVersionsIsReadWhateverTheyAre() throws TlsException {
        String block = extension(0, vector(2, "00" + vector(2, "61"))) + extension(43, vector(1, "0303"));

        assertThat(((ClientHello) decode(clientHello(vector(2, block))))
                        .extensions()
                        .find(ServerName.class))
                .isEqualTo(new ServerName(Bytes.ofAscii("a")));
    }

    @Test
    void serverHelloMayHaveNoExtensions() throws TlsException {
        assertThat(((ServerHello) decode(serverHello(""))).extensions()).isEqualTo(Extensions.none());
        assertThat(((ServerHello) decode(serverHello("0000"))).extensions()).isEqualTo(Extensions.none());
    }

    @Test
    void serverHelloWithoutVersionKeepsItsExtensionsUnread() throws TlsException {
        // As TLS 1.2 answers them: none may stand in a ServerHello of TLS 1.3.
        String block = extension(0, "") + extension(0xff01, "00") + extension(16, vector(2, vector(1, "6832")));

        assertThat(((ServerHello) decode(serverHello(vector(2, block)))).extensions())
                .isEqualTo(Extensions.of(
                        new UnknownExtension(ExtensionType.SERVER_NAME, Bytes.empty()),
                        new UnknownExtension(ExtensionType.RENEGOTIATION_INFO, Bytes.fromHex("00")),
                        new UnknownExtension(
                                ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, Bytes.fromHex("0003026832"))));
    }

    @Test
    void oldHelloMayNotHaveAnExtensionTwiceEither() {
        byte[] hello = serverHello(vector(2, extension(0, "") + extension(0, "")));

        assertThat(problemOf(hello)).isEqualTo(Problem.DUPLICATE_EXTENSION);
    }

    @Test
    void oldHelloWithABlockCutShortIsRefused() {
        assertThat(problemOf(clientHello("0004" + "0000"))).isEqualTo(Problem.TRUNCATED_FIELD);
        assertThat(problemOf(clientHello("0004" + "00000001"))).isEqualTo(Problem.TRUNCATED_FIELD);
        assertThat(problemOf(clientHello("00"))).isEqualTo(Problem.TRUNCATED_FIELD);
    }

    private static Problem problemOf(byte[] message) {
        return catchThrowableOfType(TlsException.class, () -> decode(message)).problem();
    }

    private static HandshakeMessage decode(byte[] message) throws TlsException {
        return HandshakeCodec.decode(message, 0, message.length);
    }
}
