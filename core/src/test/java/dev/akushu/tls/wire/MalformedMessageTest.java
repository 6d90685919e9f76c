package dev.akushu.tls.wire;

import static dev.akushu.tls.Problem.DUPLICATE_EXTENSION;
import static dev.akushu.tls.Problem.ILLEGAL_VALUE;
import static dev.akushu.tls.Problem.LENGTH_OUT_OF_RANGE;
import static dev.akushu.tls.Problem.TRAILING_BYTES;
import static dev.akushu.tls.Problem.TRUNCATED_FIELD;
import static dev.akushu.tls.Problem.UNKNOWN_HANDSHAKE_TYPE;
import static dev.akushu.tls.wire.WireHex.OFFERED_VERSION;
import static dev.akushu.tls.wire.WireHex.SELECTED_VERSION;
import static dev.akushu.tls.wire.WireHex.certificateRequestWith;
import static dev.akushu.tls.wire.WireHex.certificateWith;
import static dev.akushu.tls.wire.WireHex.clientHello;
import static dev.akushu.tls.wire.WireHex.clientHelloWith;
import static dev.akushu.tls.wire.WireHex.encryptedExtensionsWith;
import static dev.akushu.tls.wire.WireHex.extension;
import static dev.akushu.tls.wire.WireHex.helloRetryRequest;
import static dev.akushu.tls.wire.WireHex.helloRetryRequestWith;
import static dev.akushu.tls.wire.WireHex.message;
import static dev.akushu.tls.wire.WireHex.newSessionTicketWith;
import static dev.akushu.tls.wire.WireHex.serverHello;
import static dev.akushu.tls.wire.WireHex.serverHelloWith;
import static dev.akushu.tls.wire.WireHex.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each message is right but for one fault. */
class MalformedMessageTest {
    private static final String RANDOM = "5a".repeat(32);

    @ParameterizedTest(name = "{0}")
    @MethodSource({"headers", "hellos", "clientExtensions", "serverExtensions", "otherMessages"})
    void messageIsRefused(String fault, Problem problem, String fact, byte[] message) {
        TlsException thrown =
                catchThrowableOfType(TlsException.class, () -> HandshakeCodec.decode(message, 0, message.length));

        assertThat(thrown).isNotNull();
        assertThat(thrown.problem()).isEqualTo(problem);
        assertThat(thrown.diagnosis().facts().getFirst()).hasToString(fact);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                fault("nothing at all", TRUNCATED_FIELD, "msg_type", hex("")),
                fault("half a length", TRUNCATED_FIELD, "length", hex("0100")),
                fault("less than the header announces", TRUNCATED_FIELD, "Finished", hex("1400000355")),
                fault("more than the header announces", TRAILING_BYTES, "Finished", hex("140000015566")),
                fault("HelloRequest of TLS 1.2", UNKNOWN_HANDSHAKE_TYPE, "0", message(0, "")),
                fault("ServerKeyExchange of TLS 1.2", UNKNOWN_HANDSHAKE_TYPE, "12", message(12, "00")),
                fault("message_hash, which is never sent", UNKNOWN_HANDSHAKE_TYPE, "254", message(254, RANDOM)));
    }

    static Stream<Arguments> hellos() {
        String start = "0303" + RANDOM;
        String version = vector(2, OFFERED_VERSION);
        return Stream.of(
                fault("half a random", TRUNCATED_FIELD, "random", message(1, "0303" + "5a".repeat(16))),
                fault(
                        "session id of 33 bytes",
                        LENGTH_OUT_OF_RANGE,
                        "legacy_session_id",
                        message(1, start + vector(1, "11".repeat(33)) + "00021301" + "0100" + version)),
                fault(
                        "no cipher suites",
                        LENGTH_OUT_OF_RANGE,
                        "cipher_suites",
                        message(1, start + "00" + vector(2, "") + "0100" + version)),
                fault(
                        "half a cipher suite",
                        TRUNCATED_FIELD,
                        "CipherSuite",
                        message(1, start + "00" + vector(2, "130113") + "0100" + version)),
                fault(
                        "no compression methods",
                        LENGTH_OUT_OF_RANGE,
                        "legacy_compression_methods",
                        message(1, start + "00" + "00021301" + "00" + version)),
                fault("extensions cut short", TRUNCATED_FIELD, "extensions", clientHello("0008" + OFFERED_VERSION)),
                fault("bytes after the extensions", TRAILING_BYTES, "ClientHello", clientHello(version + "00")),
                fault(
                        "half an extension type",
                        TRUNCATED_FIELD,
                        "extension_type",
                        clientHello(vector(2, OFFERED_VERSION + "00"))),
                fault(
                        "extension longer than the block",
                        TRUNCATED_FIELD,
                        "extension_data",
                        clientHello(vector(2, OFFERED_VERSION + "000affff0000"))),
                fault(
                        "the same extension twice",
                        DUPLICATE_EXTENSION,
                        "supported_versions",
                        clientHello(vector(2, OFFERED_VERSION + OFFERED_VERSION))),
                fault(
                        "the same unknown extension twice",
                        DUPLICATE_EXTENSION,
                        "0x1234",
                        clientHello(vector(2, extension(0x1234, "") + OFFERED_VERSION + extension(0x1234, "00")))),
                fault(
                        "the same GREASE extension twice",
                        DUPLICATE_EXTENSION,
                        "GREASE(0x1a1a)",
                        clientHello(vector(2, extension(0x1a1a, "") + extension(0x1a1a, "") + OFFERED_VERSION))),
                fault(
                        "session id echo of 33 bytes",
                        LENGTH_OUT_OF_RANGE,
                        "legacy_session_id_echo",
                        message(2, start + vector(1, "11".repeat(33)) + "130100" + vector(2, SELECTED_VERSION))),
                fault("bytes after the extensions", TRAILING_BYTES, "ServerHello", serverHello("000000")),
                fault("retry without extensions", TRUNCATED_FIELD, "extensions", helloRetryRequest("")),
                fault("retry without a version", LENGTH_OUT_OF_RANGE, "extensions", helloRetryRequest("0000")));
    }

    static Stream<Arguments> clientExtensions() {
        String host = "00" + vector(2, "61");
        return Stream.of(
                fault("no server name", LENGTH_OUT_OF_RANGE, "server_name_list", clientHelloWith(0, "0000")),
                fault("acknowledgement instead of a name", TRUNCATED_FIELD, "server_name_list", clientHelloWith(0, "")),
                fault("name of another type", ILLEGAL_VALUE, "name_type", clientHelloWith(0, vector(2, "01000161"))),
                fault("empty name", LENGTH_OUT_OF_RANGE, "HostName", clientHelloWith(0, vector(2, "000000"))),
                fault("two names", TRAILING_BYTES, "server_name_list", clientHelloWith(0, vector(2, host + host))),
                fault(
                        "bytes after the names",
                        TRAILING_BYTES,
                        "server_name",
                        clientHelloWith(0, vector(2, host) + "00")),
                fault("empty request for a status", TRUNCATED_FIELD, "status_type", clientHelloWith(5, "")),
                fault("no responder ids", TRUNCATED_FIELD, "responder_id_list", clientHelloWith(5, "01")),
                fault("empty responder id", LENGTH_OUT_OF_RANGE, "ResponderID", clientHelloWith(5, "01000200000000")),
                fault("no groups", LENGTH_OUT_OF_RANGE, "named_group_list", clientHelloWith(10, "0000")),
                fault("half a group", TRUNCATED_FIELD, "NamedGroup", clientHelloWith(10, vector(2, "001d00"))),
                fault(
                        "no signature schemes",
                        LENGTH_OUT_OF_RANGE,
                        "supported_signature_algorithms",
                        clientHelloWith(13, "0000")),
                fault(
                        "no signature schemes for certificates",
                        LENGTH_OUT_OF_RANGE,
                        "supported_signature_algorithms",
                        clientHelloWith(50, "0000")),
                fault("half a scheme", TRUNCATED_FIELD, "SignatureScheme", clientHelloWith(13, vector(2, "040304"))),
                fault("no protocols", LENGTH_OUT_OF_RANGE, "protocol_name_list", clientHelloWith(16, "0000")),
                fault("empty protocol name", LENGTH_OUT_OF_RANGE, "ProtocolName", clientHelloWith(16, "00020000")),
                fault(
                        "timestamps instead of a request for them",
                        TRAILING_BYTES,
                        "signed_certificate_timestamp",
                        clientHelloWith(18, "0003000177")),
                fault(
                        "no certificate types",
                        LENGTH_OUT_OF_RANGE,
                        "client_certificate_types",
                        clientHelloWith(19, "00")),
                fault(
                        "no certificate types",
                        LENGTH_OUT_OF_RANGE,
                        "server_certificate_types",
                        clientHelloWith(20, "00")),
                fault("no compression algorithms", LENGTH_OUT_OF_RANGE, "algorithms", clientHelloWith(27, "00")),
                fault(
                        "half a compression algorithm",
                        TRUNCATED_FIELD,
                        "CertificateCompressionAlgorithm",
                        clientHelloWith(27, "03000100")),
                fault("records of 63 bytes", ILLEGAL_VALUE, "RecordSizeLimit", clientHelloWith(28, "003f")),
                fault("short limit", TRUNCATED_FIELD, "RecordSizeLimit", clientHelloWith(28, "40")),
                fault("long limit", TRAILING_BYTES, "record_size_limit", clientHelloWith(28, "004000")),
                fault("no identities", LENGTH_OUT_OF_RANGE, "identities", clientHelloWith(41, "0000")),
                fault(
                        "empty identity",
                        LENGTH_OUT_OF_RANGE,
                        "identity",
                        clientHelloWith(41, vector(2, "0000" + "00000000" + "00") + vector(2, vector(1, RANDOM)))),
                fault(
                        "no binders",
                        LENGTH_OUT_OF_RANGE,
                        "binders",
                        clientHelloWith(41, vector(2, vector(2, "77") + "00000000") + "0000")),
                fault(
                        "binder of 31 bytes",
                        LENGTH_OUT_OF_RANGE,
                        "PskBinderEntry",
                        clientHelloWith(
                                41,
                                vector(2, vector(2, "77") + "00000000")
                                        + vector(2, vector(1, "5a".repeat(31)).repeat(2)))),
                fault("size of early data", TRAILING_BYTES, "early_data", clientHelloWith(42, "00000400")),
                fault("no versions", LENGTH_OUT_OF_RANGE, "versions", clientHello(vector(2, extension(43, "00")))),
                fault(
                        "half a version",
                        TRUNCATED_FIELD,
                        "ProtocolVersion",
                        clientHello(vector(2, extension(43, vector(1, "030403"))))),
                fault(
                        "version of a server",
                        LENGTH_OUT_OF_RANGE,
                        "versions",
                        clientHello(vector(2, SELECTED_VERSION.replace("0304", "ff04")))),
                fault("empty cookie", LENGTH_OUT_OF_RANGE, "cookie", clientHelloWith(44, "0000")),
                fault("no modes", LENGTH_OUT_OF_RANGE, "ke_modes", clientHelloWith(45, "00")),
                fault("no authorities", LENGTH_OUT_OF_RANGE, "authorities", clientHelloWith(47, "0000")),
                fault(
                        "empty authority",
                        LENGTH_OUT_OF_RANGE,
                        "DistinguishedName",
                        clientHelloWith(47, vector(2, "00000000"))),
                fault("data without meaning", TRAILING_BYTES, "post_handshake_auth", clientHelloWith(49, "00")),
                fault(
                        "empty key share",
                        LENGTH_OUT_OF_RANGE,
                        "key_exchange",
                        clientHelloWith(51, vector(2, "001d0000"))),
                fault("half a ticket request", TRUNCATED_FIELD, "resumption_count", clientHelloWith(58, "01")),
                fault("long ticket request", TRAILING_BYTES, "ticket_request", clientHelloWith(58, "010203")));
    }

    static Stream<Arguments> serverExtensions() {
        String share = "001d" + vector(2, "55");
        return Stream.of(
                fault("group without a share", TRUNCATED_FIELD, "key_exchange", serverHelloWith(51, "001d")),
                fault("two shares", TRAILING_BYTES, "key_share", serverHelloWith(51, share + share)),
                fault("half an index", TRUNCATED_FIELD, "selected_identity", serverHelloWith(41, "00")),
                fault(
                        "version and more",
                        TRAILING_BYTES,
                        "supported_versions",
                        serverHello(vector(2, extension(43, "03040303")))),
                fault("share in a retry", TRAILING_BYTES, "key_share", helloRetryRequestWith(51, share)),
                fault("empty cookie", LENGTH_OUT_OF_RANGE, "cookie", helloRetryRequestWith(44, "0000")),
                fault("name sent back", TRAILING_BYTES, "server_name", encryptedExtensionsWith(0, "0004000161")),
                fault(
                        "no protocol chosen",
                        LENGTH_OUT_OF_RANGE,
                        "protocol_name_list",
                        encryptedExtensionsWith(16, "0000")),
                fault(
                        "two protocols chosen",
                        TRAILING_BYTES,
                        "protocol_name_list",
                        encryptedExtensionsWith(16, vector(2, "01610162"))),
                fault(
                        "list of certificate types",
                        TRAILING_BYTES,
                        "server_certificate_type",
                        encryptedExtensionsWith(20, "0102")),
                fault("records of 63 bytes", ILLEGAL_VALUE, "RecordSizeLimit", encryptedExtensionsWith(28, "003f")),
                fault("size of early data", TRAILING_BYTES, "early_data", encryptedExtensionsWith(42, "00000400")),
                fault("two counts of tickets", TRAILING_BYTES, "ticket_request", encryptedExtensionsWith(58, "0102")),
                fault("request with data", TRAILING_BYTES, "status_request", certificateRequestWith(5, "0100000000")),
                fault(
                        "the same OID twice",
                        ILLEGAL_VALUE,
                        "certificate_extension_oid",
                        certificateRequestWith(48, vector(2, "01550000" + "0155000177"))),
                fault(
                        "empty OID",
                        LENGTH_OUT_OF_RANGE,
                        "certificate_extension_oid",
                        certificateRequestWith(48, vector(2, "000000"))),
                fault("status of another type", ILLEGAL_VALUE, "status_type", certificateWith(5, "0200000130")),
                fault("empty OCSP response", LENGTH_OUT_OF_RANGE, "OCSPResponse", certificateWith(5, "01000000")),
                fault("no timestamps", LENGTH_OUT_OF_RANGE, "sct_list", certificateWith(18, "0000")),
                fault("empty timestamp", LENGTH_OUT_OF_RANGE, "SerializedSCT", certificateWith(18, "00020000")),
                fault("no size of early data", TRUNCATED_FIELD, "max_early_data_size", newSessionTicketWith(42, "")),
                fault("long size", TRAILING_BYTES, "early_data", newSessionTicketWith(42, "0000040000")));
    }

    static Stream<Arguments> otherMessages() {
        return Stream.of(
                fault("no extensions", TRUNCATED_FIELD, "extensions", message(8, "")),
                fault("bytes after the extensions", TRAILING_BYTES, "EncryptedExtensions", message(8, "000000")),
                fault("no extensions", TRUNCATED_FIELD, "extensions", message(13, "00")),
                fault(
                        "empty certificate",
                        LENGTH_OUT_OF_RANGE,
                        "cert_data",
                        message(11, "00" + "000005" + "0000000000")),
                fault("no list", TRUNCATED_FIELD, "certificate_list", message(11, "00")),
                fault(
                        "nothing compressed",
                        LENGTH_OUT_OF_RANGE,
                        "compressed_certificate_message",
                        message(25, "0001" + "000010" + "000000")),
                fault("signature cut short", TRUNCATED_FIELD, "signature", message(15, "0403" + "0004" + "00")),
                fault(
                        "bytes after the signature",
                        TRAILING_BYTES,
                        "CertificateVerify",
                        message(15, "0403" + "0000" + "00")),
                fault(
                        "empty ticket",
                        LENGTH_OUT_OF_RANGE,
                        "ticket",
                        message(4, "00".repeat(8) + "00" + "0000" + "0000")),
                fault("data without meaning", TRAILING_BYTES, "EndOfEarlyData", message(5, "00")),
                fault("neither yes nor no", ILLEGAL_VALUE, "request_update", message(24, "02")),
                fault("empty update", TRUNCATED_FIELD, "request_update", message(24, "")),
                fault("long update", TRAILING_BYTES, "KeyUpdate", message(24, "0100")));
    }

    /** {@code fact} is the first one of the diagnosis: what is at fault. */
    private static Arguments fault(String fault, Problem problem, String fact, byte[] message) {
        return Arguments.of(fault, problem, fact, message);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
