package dev.akushu.tls.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.TlsException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HandshakeCodecTest {
    @Property
    void decodingGivesBackWhatWasEncoded(@ForAll(supplier = AnyMessage.class) HandshakeMessage message)
            throws TlsException {
        assertThat(decode(HandshakeCodec.encode(message))).isEqualTo(message);
    }

    @Property
    void headerHoldsTypeAndLengthOfTheBody(@ForAll(supplier = AnyMessage.class) HandshakeMessage message) {
        byte[] encoded = HandshakeCodec.encode(message);
        byte[] body = HandshakeCodec.encodeBody(message);

        assertThat(encoded[0]).isEqualTo((byte) message.type().code());
        assertThat(Bytes.copyOf(encoded, 1, 3).hex()).isEqualTo(String.format("%06x", body.length));
        assertThat(Arrays.copyOfRange(encoded, 4, encoded.length)).isEqualTo(body);
    }

    @Property
    void messageIsReadFromTheMiddleOfAnArray(
            @ForAll(supplier = AnyMessage.class) HandshakeMessage message, @ForAll @IntRange(max = 20) int offset)
            throws TlsException {
        byte[] encoded = HandshakeCodec.encode(message);
        byte[] larger = new byte[offset + encoded.length + 7];
        System.arraycopy(encoded, 0, larger, offset, encoded.length);

        assertThat(HandshakeCodec.decode(larger, offset, encoded.length)).isEqualTo(message);
    }

    @Property(tries = 100)
    void everyTruncationIsRefused(@ForAll(supplier = AnyMessage.class) HandshakeMessage message) {
        byte[] encoded = HandshakeCodec.encode(message);

        for (int length = 0; length < encoded.length; length++) {
            byte[] truncated = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> decode(truncated)).isInstanceOf(TlsException.class);
        }
    }

    @Property(tries = 100)
    void bodyThatIsCutShortIsRefusedOrIsAnotherMessage(@ForAll(supplier = AnyMessage.class) HandshakeMessage message) {
        byte[] body = HandshakeCodec.encodeBody(message);

        for (int length = 0; length < body.length; length++) {
            assertRefusedOrCanonical(withHeader(message.type().code(), Arrays.copyOf(body, length)));
        }
    }

    @Property(tries = 5_000)
    void anyBytesAreRefusedOrAreAMessage(@ForAll @IntRange(max = 30) int type, @ForAll @Size(max = 120) byte[] body) {
        assertRefusedOrCanonical(withHeader(type, body));
    }

    @Property(tries = 5_000)
    void messageWithAChangedByteIsRefusedOrIsAnotherMessage(
            @ForAll(supplier = AnyMessage.class) HandshakeMessage message, @ForAll int where, @ForAll byte value) {
        byte[] encoded = HandshakeCodec.encode(message);
        encoded[Math.floorMod(where, encoded.length)] = value;

        assertRefusedOrCanonical(encoded);
    }

    @Example
    void emptyExtensionsOfAnOldHelloAreReadAsNone() throws TlsException {
        ServerHello old = new ServerHello(
                0x0303, Bytes.wrap(new byte[32]), Bytes.empty(), CipherSuite.of(0xc02f), 0, Extensions.none());
        byte[] body = Arrays.copyOf(HandshakeCodec.encodeBody(old), 2 + 32 + 1 + 2 + 1 + 2);

        assertThat(decode(withHeader(2, body))).isEqualTo(old);
    }

    @Example
    void certificateGoesThroughCompressionWithoutItsHeader() throws TlsException {
        Certificate certificate =
                new Certificate(Bytes.empty(), List.of(new CertificateEntry(Bytes.fromHex("3000"), Extensions.none())));

        byte[] body = HandshakeCodec.encodeBody(certificate);

        assertThat(Bytes.copyOf(body).hex()).isEqualTo("00" + "000007" + "000002" + "3000" + "0000");
        assertThat(HandshakeCodec.decodeBody(HandshakeType.CERTIFICATE, body)).isEqualTo(certificate);
    }

    @Example
    void valueThatDoesNotFitItsFieldIsTheCallersFault() {
        NewSessionTicket ticket =
                new NewSessionTicket(1L << 32, 0, Bytes.empty(), Bytes.ofAscii("ticket"), Extensions.none());

        assertThatThrownBy(() -> HandshakeCodec.encode(ticket))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ticket_lifetime");
    }

    /** Nothing but a TlsException may come out of a decoder; and what it takes has no second encoding. */
    private static void assertRefusedOrCanonical(byte[] encoded) {
        HandshakeMessage[] message = new HandshakeMessage[1];
        Throwable thrown = catchThrowable(() -> message[0] = decode(encoded));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(TlsException.class);
        } else if (!isHelloWithEmptyBlock(message[0], encoded)) {
            assertThat(HandshakeCodec.encode(message[0])).isEqualTo(encoded);
        }
    }

    /** An empty block of extensions in an old hello is as good as none: the one thing that is not kept. */
    private static boolean isHelloWithEmptyBlock(HandshakeMessage message, byte[] encoded) {
        boolean isHello = message instanceof ClientHello || message instanceof ServerHello;
        return isHello && HandshakeCodec.encode(message).length == encoded.length - 2;
    }

    private static HandshakeMessage decode(byte[] message) throws TlsException {
        return HandshakeCodec.decode(message, 0, message.length);
    }

    private static byte[] withHeader(int type, byte[] body) {
        byte[] message = new byte[4 + body.length];
        message[0] = (byte) type;
        message[2] = (byte) (body.length >>> 8);
        message[3] = (byte) body.length;
        System.arraycopy(body, 0, message, 4, body.length);
        return message;
    }
}
