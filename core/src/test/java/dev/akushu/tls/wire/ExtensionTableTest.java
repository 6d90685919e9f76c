package dev.akushu.tls.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExtensionTableTest {
    /** The rows of RFC 9846 section 4.3's table that are recognised here, and section 4.5.1.1 for timestamps. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            server_name                            | CH, EE, CR
            status_request                         | CH, CR, CT
            supported_groups                       | CH, EE
            signature_algorithms                   | CH, CR
            application_layer_protocol_negotiation | CH, EE
            signed_certificate_timestamp           | CH, CR, CT
            client_certificate_type                | CH, EE
            server_certificate_type                | CH, EE
            padding                                | CH
            compress_certificate                   | CH, CR
            record_size_limit                      | CH, EE
            pre_shared_key                         | CH, SH
            early_data                             | CH, EE, NST
            supported_versions                     | CH, SH, HRR
            cookie                                 | CH, HRR
            psk_key_exchange_modes                 | CH
            certificate_authorities                | CH, CR
            oid_filters                            | CR
            post_handshake_auth                    | CH
            signature_algorithms_cert              | CH, CR
            key_share                              | CH, SH, HRR
            quic_transport_parameters              | CH, EE
            ticket_request                         | CH, EE
            """)
    void extensionIsAllowedWhereTheRfcSaysAndNowhereElse(String name, String columns) {
        ExtensionType type = typeNamed(name);
        Set<String> allowed = Set.of(columns.split(", ", -1));

        for (MessageKind message : MessageKind.values()) {
            boolean misplaced = problemOf(type, message) == Problem.MISPLACED_EXTENSION;
            assertThat(misplaced).as("%s in %s", name, message).isEqualTo(!allowed.contains(column(message)));
        }
    }

    @ParameterizedTest
    @MethodSource("unrecognisedInEveryMessage")
    void unrecognisedExtensionIsCarriedInEveryMessage(ExtensionType type, MessageKind message) throws TlsException {
        Extensions extensions = Extensions.decode(WireReader.of(blockWith(type)), message);

        assertThat(extensions.types()).containsExactly(type);
        assertThat(extensions.find(UnknownExtension.class)).isNotNull();
    }

    static Stream<Arguments> unrecognisedInEveryMessage() {
        List<ExtensionType> types = List.of(
                ExtensionType.EXTENDED_MAIN_SECRET,
                ExtensionType.SESSION_TICKET,
                ExtensionType.RENEGOTIATION_INFO,
                ExtensionType.ENCRYPTED_CLIENT_HELLO,
                ExtensionType.of(0x0a0a),
                ExtensionType.of(0x1234));
        return types.stream()
                .flatMap(type -> Arrays.stream(MessageKind.values()).map(message -> Arguments.of(type, message)));
    }

    private static Problem problemOf(ExtensionType type, MessageKind message) {
        TlsException thrown = catchThrowableOfType(
                TlsException.class, () -> Extensions.decode(WireReader.of(blockWith(type)), message));
        return thrown == null ? null : thrown.problem();
    }

    /** A block of this extension alone; whether its two bytes of data are well-formed is of no interest here. */
    private static byte[] blockWith(ExtensionType type) {
        return HexFormat.of().parseHex(WireHex.vector(2, WireHex.extension(type.code(), "0000")));
    }

    private static ExtensionType typeNamed(String name) {
        return IntStream.rangeClosed(0, 0xffff)
                .mapToObj(ExtensionType::of)
                .filter(type -> type.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String column(MessageKind message) {
        return switch (message) {
            case CLIENT_HELLO -> "CH";
            case SERVER_HELLO -> "SH";
            case HELLO_RETRY_REQUEST -> "HRR";
            case ENCRYPTED_EXTENSIONS -> "EE";
            case CERTIFICATE_REQUEST -> "CR";
            case CERTIFICATE -> "CT";
            case NEW_SESSION_TICKET -> "NST";
        };
    }
}
