package dev.akushu.tls.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientHelloTest {
    private static final OfferedPsks TWO_PSKS = new OfferedPsks(
            List.of(new PskIdentity(Bytes.ofAscii("a"), 1), new PskIdentity(Bytes.ofAscii("b"), 2)),
            List.of(filled(32, 0), filled(48, 0)));

    @Test
    void bindersWithTheirLengthsEndTheMessage() {
        ClientHello hello = hello(new EarlyDataIndication(), TWO_PSKS);

        // RFC 9846 4.3.11.2: the binders list and its length, 2 + (1 + 32) + (1 + 48).
        assertThat(hello.bindersLength()).isEqualTo(84);
        assertThat(HandshakeCodec.encode(hello)).endsWith(new byte[48]);
    }

    @Test
    void onlyTheBindersChangeWithTheBinders() {
        ClientHello hello = hello(TWO_PSKS);
        byte[] before = HandshakeCodec.encode(hello);

        byte[] after = HandshakeCodec.encode(hello.withBinders(List.of(filled(32, 1), filled(48, 2))));

        int truncated = before.length - hello.bindersLength();
        assertThat(after).hasSameSizeAs(before).startsWith(Arrays.copyOf(before, truncated));
        assertThat(Bytes.copyOf(after, truncated, hello.bindersLength()).hex())
                .isEqualTo("0052" + "20" + "01".repeat(32) + "30" + "02".repeat(48));
    }

    @Test
    void truncatedHelloOfTheTraceIsWhatItsBinderCovers() throws IOException {
        byte[] encoded = Rfc8448.message("4 ClientHello");
        ClientHello hello = (ClientHello) HandshakeCodec.decode(encoded, 0, encoded.length);

        // RFC 8448 section 4: the prefix for the binder has 477 of the 512 octets.
        assertThat(encoded.length - hello.bindersLength()).isEqualTo(477);
    }

    @Test
    void bindersOfOtherLengthsAreRefused() {
        ClientHello hello = hello(TWO_PSKS);

        assertThatIllegalArgumentException().isThrownBy(() -> hello.withBinders(List.of(filled(32, 1))));
        assertThatIllegalArgumentException().isThrownBy(() -> hello.withBinders(List.of(filled(48, 1), filled(32, 1))));
    }

    @Test
    void helloWithoutPskHasNoBinders() {
        ClientHello hello = hello();

        assertThat(hello.bindersLength()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> hello.withBinders(List.of()));
    }

    @Test
    void bindersThatAreNotAtTheEndAreNone() {
        assertThat(hello(TWO_PSKS, new EarlyDataIndication()).bindersLength()).isZero();
    }

    @Test
    void randomOfAnotherLengthIsTheCallersFault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientHello(
                        0x0303, filled(31, 0), Bytes.empty(), List.of(), Bytes.fromHex("00"), Extensions.none()));
    }

    private static ClientHello hello(Extension... extensions) {
        return new ClientHello(
                0x0303,
                filled(32, 0x5a),
                Bytes.empty(),
                List.of(CipherSuite.TLS_AES_128_GCM_SHA256),
                Bytes.fromHex("00"),
                Extensions.of(extensions));
    }

    private static Bytes filled(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return Bytes.wrap(octets);
    }
}
