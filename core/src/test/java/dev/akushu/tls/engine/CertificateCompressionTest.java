package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.BAD_CERTIFICATE;
import static dev.akushu.tls.AlertDescription.DECODE_ERROR;
import static dev.akushu.tls.AlertDescription.ILLEGAL_PARAMETER;
import static dev.akushu.tls.AlertDescription.UNEXPECTED_MESSAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCompression;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.trace.Flow;
import dev.akushu.tls.trace.TraceEvent;
import dev.akushu.tls.trace.TraceEvent.CertificateCompressed;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.CompressedCertificate;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.HandshakeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificate messages in a shorter form. RFC 8879. */
class CertificateCompressionTest {
    private static final CertificateCompression ZLIB = CertificateCompression.zlib();

    private final List<TraceEvent> ofClient = new ArrayList<>();
    private final List<TraceEvent> ofServer = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"zlib", "brotli", "zstd"})
    void bothEndsCompressAndUnpack(String name) throws TlsException {
        CertificateCompression way = switch (name) {
            case "zlib" -> ZLIB;
            case "brotli" -> CertificateCompression.brotli();
            default -> CertificateCompression.zstd();
        };
        EnginePair pair = EnginePair.connected(
                client().certificateCompressions(way)
                        .identity(Ends.LEAF.identity())
                        .build(),
                server().certificateCompressions(way)
                        .clientAuthentication(ClientAuthentication.REQUIRED, Ends.PKI.trust())
                        .build());

        assertThat(pair.client().session().peerCertificates())
                .isEqualTo(pair.server().session().localCertificates());
        assertThat(pair.server().session().peerCertificates())
                .isEqualTo(pair.client().session().localCertificates());
        for (List<TraceEvent> side : List.of(ofClient, ofServer)) {
            List<CertificateCompressed> told = told(side);
            assertThat(told)
                    .extracting(CertificateCompressed::flow)
                    .containsExactlyInAnyOrder(Flow.SENT, Flow.RECEIVED);
            assertThat(told).allSatisfy(one -> {
                assertThat(one.algorithm()).isEqualTo(name);
                assertThat(one.compressedLength()).isLessThan(one.length());
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoDoesNotSayThatItCanUnpackGetsThePlainForm(boolean clientCan) throws TlsException {
        TlsClient.Builder client = client();
        TlsServer.Builder server = server();
        EnginePair.connected(
                clientCan ? client.certificateCompressions(ZLIB).build() : client.build(),
                clientCan
                        ? server.build()
                        : server.certificateCompressions(ZLIB).build());

        assertThat(told(ofClient)).isEmpty();
        assertThat(told(ofServer)).isEmpty();
    }

    @Test
    void theSendersPreferenceDecidesAmongWhatBothKnow() throws TlsException {
        EnginePair.connected(
                client().certificateCompressions(ZLIB, new Shortened(3)).build(),
                server().certificateCompressions(new Shortened(2), new Shortened(3), ZLIB)
                        .build());

        assertThat(told(ofServer)).extracting(CertificateCompressed::algorithm).containsExactly("zstd");
    }

    @Test
    void whatDoesNotGetShorterIsSentAsItIs() throws TlsException {
        CertificateCompression longer = new Shortened(3) {
            @Override
            public byte[] compress(byte[] message) {
                return message;
            }
        };
        EnginePair.connected(
                client().certificateCompressions(longer).build(),
                server().certificateCompressions(longer).build());

        assertThat(told(ofServer)).isEmpty();
    }

    @Test
    void eachCertificateIsCompressedOnceForAllConnectionsOfAConfiguration() throws TlsException {
        AtomicInteger compressed = new AtomicInteger();
        CertificateCompression counting = new Shortened(3) {
            @Override
            public byte[] compress(byte[] message) {
                compressed.incrementAndGet();
                return super.compress(message);
            }
        };
        TlsServer server = server().certificateCompressions(counting).build();
        for (int i = 0; i < 5; i++) {
            TlsClient client = client().certificateCompressions(counting).build();
            // Also through a configuration that was made from another.
            EnginePair.connected(client, server.toBuilder().build());
        }

        assertThat(told(ofServer)).hasSize(5);
        assertThat(compressed).hasValue(1);
    }

    static Stream<Deception> badMessages() {
        return Stream.of(
                compressed("names a length of one more", good -> resized(good, 1), BAD_CERTIFICATE),
                compressed("names a length of one less", good -> resized(good, -1), BAD_CERTIFICATE),
                compressed("names no length", good -> of(1, 0, good.compressed()), BAD_CERTIFICATE),
                compressed(
                        "names more than a message may hold",
                        good -> of(1, (128 << 10) + 1, good.compressed()),
                        BAD_CERTIFICATE),
                compressed(
                        "names 16 MiB",
                        good -> of(1, 0xffffff, Bytes.wrap(ZLIB.compress(new byte[0xffffff]))),
                        BAD_CERTIFICATE),
                compressed(
                        "is a bomb behind a small length",
                        good -> of(1, 1000, Bytes.wrap(ZLIB.compress(new byte[10_000_000]))),
                        BAD_CERTIFICATE),
                compressed(
                        "is cut short",
                        good -> of(
                                1,
                                good.uncompressedLength(),
                                good.compressed().slice(0, good.compressed().length() - 1)),
                        BAD_CERTIFICATE),
                compressed(
                        "has a byte behind it",
                        good -> of(1, good.uncompressedLength(), longer(good.compressed())),
                        BAD_CERTIFICATE),
                compressed(
                        "has a wrong checksum",
                        good -> of(
                                1,
                                good.uncompressedLength(),
                                Altered.flipped(
                                        good.compressed(), 8 * good.compressed().length() - 1)),
                        BAD_CERTIFICATE),
                compressed(
                        "is no zlib at all",
                        good -> of(1, good.uncompressedLength(), Bytes.wrap(new byte[100])),
                        BAD_CERTIFICATE),
                compressed(
                        "needs a dictionary",
                        good -> of(1, good.uncompressedLength(), Bytes.fromHex("78bb0000000103000000000001")),
                        BAD_CERTIFICATE),
                new Deception(
                        "names an algorithm that was not offered",
                        Scenario.COMPRESSION::begin,
                        Deception.Change.of(
                                CompressedCertificate.class,
                                good -> of(2, good.uncompressedLength(), good.compressed())),
                        Problem.WRONG_COMPRESSION_CHOSEN,
                        ILLEGAL_PARAMETER),
                new Deception(
                        "unpacks to what is no certificate",
                        Scenario.COMPRESSION::begin,
                        Deception.Change.of(
                                CompressedCertificate.class, good -> of(1, 3, Bytes.wrap(ZLIB.compress(new byte[3])))),
                        Problem.TRUNCATED_FIELD,
                        DECODE_ERROR),
                new Deception(
                        "is empty",
                        Scenario.COMPRESSION::begin,
                        Deception.Change.of(
                                CompressedCertificate.class, good -> of(1, good.uncompressedLength(), Bytes.empty())),
                        Problem.LENGTH_OUT_OF_RANGE,
                        DECODE_ERROR));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badMessages")
    void noClientTakesACompressedCertificateThat(Deception server) throws TlsException {
        server.mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badMessages")
    void noServerTakesACompressedCertificateThat(Deception client) throws TlsException {
        client.in(Scenario.CLIENT_COMPRESSION::begin).mustBeFoundBy(Role.SERVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLIENT", "SERVER"})
    void whoOfferedNothingDoesNotExpectIt(Role victim) throws TlsException {
        new Deception(
                        "compresses unasked",
                        Scenario.CLIENT_AUTHENTICATION::begin,
                        Deception.Change.of(Certificate.class, CertificateCompressionTest::packed),
                        Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                        UNEXPECTED_MESSAGE)
                .mustBeFoundBy(victim);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0100", "03000100", "02000100"})
    void anOfferNamesOneAlgorithmAtLeast(String hex) throws TlsException {
        Problem problem = switch (hex) {
            case "" -> Problem.TRUNCATED_FIELD;
            case "00", "0100" -> Problem.LENGTH_OUT_OF_RANGE;
            case "03000100" -> Problem.TRUNCATED_FIELD;
            default -> Problem.TRAILING_BYTES;
        };
        new Deception(
                        "offers " + hex,
                        Scenario.FULL::begin,
                        Deception.Change.of(
                                ClientHello.class,
                                hello -> Altered.extensions(
                                        hello, Altered.with(Altered.raw(ExtensionType.COMPRESS_CERTIFICATE, hex)))),
                        problem,
                        DECODE_ERROR)
                .mustBeFoundBy(Role.SERVER);
    }

    @Test
    void anEmptyCertificateMayComeCompressedToo() throws TlsException {
        Talk talk = new Talk(
                client().certificateCompressions(ZLIB).build(),
                server().certificateCompressions(ZLIB)
                        .clientAuthentication(ClientAuthentication.WANTED, Ends.PKI.trust())
                        .build());
        Deception.Change change = Deception.Change.of(
                Certificate.class, message -> message.entries().isEmpty() ? packed(message) : message);

        // Only the transcript shows that it was changed on its way.
        TlsException failed = change.fate(Role.SERVER, talk);
        assertThat(failed).isNotNull();
        assertThat(failed.problem()).isEqualTo(Problem.BAD_FINISHED);
    }

    private TlsClient.Builder client() {
        return Ends.client().observer(ofClient::add);
    }

    private TlsServer.Builder server() {
        return Ends.server().observer(ofServer::add);
    }

    private static List<CertificateCompressed> told(List<TraceEvent> events) {
        return events.stream()
                .filter(CertificateCompressed.class::isInstance)
                .map(CertificateCompressed.class::cast)
                .toList();
    }

    private static Deception compressed(
            String what, Function<CompressedCertificate, HandshakeMessage> change, AlertDescription alert) {
        return new Deception(
                what,
                Scenario.COMPRESSION::begin,
                Deception.Change.of(CompressedCertificate.class, change),
                Problem.BAD_COMPRESSED_CERTIFICATE,
                alert);
    }

    private static HandshakeMessage packed(Certificate plain) {
        byte[] body = HandshakeCodec.encodeBody(plain);
        return of(1, body.length, Bytes.wrap(ZLIB.compress(body)));
    }

    private static CompressedCertificate resized(CompressedCertificate good, int more) {
        return of(1, good.uncompressedLength() + more, good.compressed());
    }

    private static CompressedCertificate of(int algorithm, int length, Bytes compressed) {
        return new CompressedCertificate(algorithm, length, compressed);
    }

    private static Bytes longer(Bytes bytes) {
        return Bytes.wrap(Arrays.copyOf(bytes.toArray(), bytes.length() + 1));
    }

    /** Leaves out the first byte, which is always the empty context's length: so short a code that it is easy to see through. */
    private static class Shortened implements CertificateCompression {
        private final int code;

        Shortened(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        @Override
        public byte[] compress(byte[] message) {
            return Arrays.copyOfRange(message, 1, message.length);
        }

        @Override
        public byte[] decompress(byte[] compressed, int length) throws IOException {
            byte[] message = new byte[compressed.length + 1];
            System.arraycopy(compressed, 0, message, 1, compressed.length);
            return message;
        }
    }
}
