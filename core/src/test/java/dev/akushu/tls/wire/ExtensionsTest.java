package dev.akushu.tls.wire;

import static dev.akushu.tls.wire.WireHex.clientHelloWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.TlsException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtensionsTest {
    private static final Cookie COOKIE = new Cookie(Bytes.ofAscii("crumb"));
    private static final SelectedVersion VERSION = new SelectedVersion(ProtocolVersion.TLS_1_3);

    @Test
    void extensionIsFoundByItsForm() {
        Extensions extensions = Extensions.of(VERSION, COOKIE);

        assertThat(extensions.find(Cookie.class)).isEqualTo(COOKIE);
        assertThat(extensions.find(SupportedVersions.class)).isNull();
        assertThat(extensions.has(ExtensionType.SUPPORTED_VERSIONS)).isTrue();
        assertThat(extensions.has(ExtensionType.KEY_SHARE)).isFalse();
    }

    @Test
    void orderIsKeptAndCounts() {
        assertThat(Extensions.of(VERSION, COOKIE).types())
                .containsExactly(ExtensionType.SUPPORTED_VERSIONS, ExtensionType.COOKIE);
        assertThat(Extensions.of(VERSION, COOKIE).last()).isEqualTo(COOKIE);
        assertThat(Extensions.of(VERSION, COOKIE))
                .isEqualTo(Extensions.of(List.of(VERSION, COOKIE)))
                .isNotEqualTo(Extensions.of(COOKIE, VERSION));
    }

    @Test
    void noneHasNoLast() {
        assertThat(Extensions.none().last()).isNull();
        assertThat(Extensions.none().list()).isEmpty();
    }

    @Test
    void laterChangeOfTheListDoesNotReachTheExtensions() {
        List<Extension> list = new ArrayList<>(List.of(COOKIE));
        Extensions extensions = Extensions.of(list);

        list.add(VERSION);

        assertThat(extensions.list()).containsExactly(COOKIE);
    }

    @Test
    void keySharesMayBeNone() throws TlsException {
        // RFC 9846 4.3.8: this list MAY be empty if the client is requesting a HelloRetryRequest.
        assertThat(decode(clientHelloWith(51, "0000")).find(KeyShareClientHello.class))
                .isEqualTo(new KeyShareClientHello(List.of()));
    }

    @Test
    void requestForAnotherStatusThanOcspIsCarriedUnread() throws TlsException {
        assertThat(decode(clientHelloWith(5, "02abcd")).last())
                .isEqualTo(new UnknownExtension(ExtensionType.STATUS_REQUEST, Bytes.fromHex("02abcd")));
    }

    @Test
    void paddingOfOtherBytesThanZerosIsTaken() throws TlsException {
        assertThat(decode(clientHelloWith(21, "01")).last()).isEqualTo(new Padding(Bytes.fromHex("01")));
    }

    @Test
    void recordSizeLimitMayBeMoreThanTheProtocolAllows() throws TlsException {
        // RFC 8449 4: the server MUST NOT enforce this restriction.
        assertThat(decode(clientHelloWith(28, "ffff")).last()).isEqualTo(new RecordSizeLimit(0xffff));
        assertThat(decode(clientHelloWith(28, "0040")).last()).isEqualTo(new RecordSizeLimit(64));
    }

    @Test
    void unknownCodesInListsAreKept() throws TlsException {
        assertThat(decode(clientHelloWith(45, "020b01")).last())
                .isEqualTo(
                        new PskKeyExchangeModes(List.of(PskKeyExchangeMode.of(0x0b), PskKeyExchangeMode.PSK_DHE_KE)));
    }

    private static Extensions decode(byte[] clientHello) throws TlsException {
        return ((ClientHello) HandshakeCodec.decode(clientHello, 0, clientHello.length)).extensions();
    }
}
