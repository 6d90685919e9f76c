package dev.akushu.tls.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CipherSuite;
import dev.akushu.tls.trace.Field;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class AnnotationTest {
    @Property
    void everyByteBelongsToAField(@ForAll(supplier = AnyMessage.class) HandshakeMessage message) {
        byte[] encoded = HandshakeCodec.encode(message);

        int covered = 0;
        for (Field field : HandshakeCodec.annotate(encoded)) {
            if (field.depth() == 0) {
                assertThat(field.offset()).as(field.name()).isEqualTo(covered);
                covered += field.length();
            }
        }
        assertThat(covered).isEqualTo(encoded.length);
    }

    @Property
    void fieldLiesInTheOneThatHoldsIt(@ForAll(supplier = AnyMessage.class) HandshakeMessage message) {
        Deque<Field> around = new ArrayDeque<>();
        for (Field field : HandshakeCodec.annotate(HandshakeCodec.encode(message))) {
            while (around.size() > field.depth()) {
                around.pop();
            }
            assertThat(around).as(field.name()).hasSize(field.depth());
            if (!around.isEmpty()) {
                Field holder = around.peek();
                assertThat(field.offset()).isGreaterThanOrEqualTo(holder.offset());
                assertThat(field.offset() + field.length()).isLessThanOrEqualTo(holder.offset() + holder.length());
            }
            around.push(field);
        }
    }

    @Property
    void malformedMessageIsAnnotatedWithoutAnException(@ForAll @Size(max = 100) byte[] message) {
        assertThatCode(() -> HandshakeCodec.annotate(message)).doesNotThrowAnyException();
    }

    @Example
    void headerComesFirst() throws IOException {
        assertThat(HandshakeCodec.annotate(Rfc8448.message("3 ClientHello")))
                .startsWith(new Field(0, "msg_type", 0, 1, "ClientHello"), new Field(0, "length", 1, 3, "192"));
    }

    @Example
    void meaningsAreTheNamesThatPeopleKnow() throws IOException {
        assertThat(HandshakeCodec.annotate(Rfc8448.message("3 ClientHello")))
                .extracting(Field::name, Field::meaning)
                .contains(
                        tuple("legacy_version", "TLS 1.2"),
                        tuple("CipherSuite", "TLS_AES_128_GCM_SHA256"),
                        tuple("extension_type", "server_name"),
                        tuple("name_type", "host_name"),
                        tuple("HostName", "server"),
                        tuple("NamedGroup", "x25519"),
                        tuple("ProtocolVersion", "TLS 1.3"),
                        tuple("SignatureScheme", "ecdsa_secp256r1_sha256"),
                        tuple("PskKeyExchangeMode", "psk_dhe_ke"),
                        tuple("RecordSizeLimit", "16385"));
    }

    @Example
    void hostNameFromAPeerIsPrintedWithoutControlCharacters() {
        ServerName name = new ServerName(Bytes.fromHex("611b5b6d"));
        ClientHello hello = new ClientHello(
                0x0303,
                Bytes.wrap(new byte[32]),
                Bytes.empty(),
                List.of(CipherSuite.TLS_AES_128_GCM_SHA256),
                Bytes.fromHex("00"),
                Extensions.of(name, new SupportedVersions(List.of(ProtocolVersion.TLS_1_3))));

        assertThat(HandshakeCodec.annotate(HandshakeCodec.encode(hello)))
                .extracting(Field::name, Field::meaning)
                .contains(tuple("HostName", "a.[m"));
    }

    @Example
    void helloRetryRequestIsNamedAtItsRandom() throws IOException {
        assertThat(HandshakeCodec.annotate(Rfc8448.message("5 HelloRetryRequest")))
                .contains(new Field(0, "random", 6, 32, "HelloRetryRequest"));
    }

    @Example
    void whatStandsBeforeTheFaultIsAnnotated() throws IOException {
        byte[] encoded = Rfc8448.message("3 ClientHello");
        List<Field> whole = HandshakeCodec.annotate(encoded);
        byte[] malformed = encoded.clone();
        // The length of the last extension, record_size_limit, now reaches beyond the block.
        malformed[encoded.length - 3] = 9;

        List<Field> fields = HandshakeCodec.annotate(malformed);

        assertThat(fields).isNotEmpty().isEqualTo(whole.subList(0, fields.size()));
        assertThat(fields.getLast())
                .isEqualTo(new Field(1, "extension_type", encoded.length - 6, 2, "record_size_limit"));
    }

    @Example
    void faultBeforeTheVersionHidesNothingThatStandsBeforeIt() {
        byte[] hello = WireHex.clientHello(WireHex.vector(2, "0000ffff00" + WireHex.OFFERED_VERSION));

        assertThat(HandshakeCodec.annotate(hello))
                .extracting(Field::name, Field::meaning)
                .endsWith(tuple("extensions", "12 bytes"), tuple("extension_type", "server_name"));
    }

    @Example
    void unknownTypeIsNamedByItsCode() {
        assertThat(HandshakeCodec.annotate(new byte[] {99, 0, 0, 0}))
                .containsExactly(new Field(0, "msg_type", 0, 1, "0x63"), new Field(0, "length", 1, 3, "0"));
        assertThat(HandshakeCodec.annotate(new byte[] {1}))
                .containsExactly(new Field(0, "msg_type", 0, 1, "ClientHello"));
    }
}
