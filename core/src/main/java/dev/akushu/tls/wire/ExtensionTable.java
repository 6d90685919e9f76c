package dev.akushu.tls.wire;

import static dev.akushu.tls.wire.MessageKind.CERTIFICATE;
import static dev.akushu.tls.wire.MessageKind.CERTIFICATE_REQUEST;
import static dev.akushu.tls.wire.MessageKind.CLIENT_HELLO;
import static dev.akushu.tls.wire.MessageKind.ENCRYPTED_EXTENSIONS;
import static dev.akushu.tls.wire.MessageKind.HELLO_RETRY_REQUEST;
import static dev.akushu.tls.wire.MessageKind.NEW_SESSION_TICKET;
import static dev.akushu.tls.wire.MessageKind.SERVER_HELLO;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which extension may stand in which message, and in what form there: the table of RFC 9846 section 4.3. What has no
 * row here is not recognised.
 */
final class ExtensionTable {
    private static final Map<ExtensionType, Row> ROWS = Stream.of(
                    row(ExtensionType.SERVER_NAME)
                            .has(ServerName::decode, CLIENT_HELLO)
                            .has(ServerNameAck::decode, ENCRYPTED_EXTENSIONS)
                            // RFC 9261 allows it there in requests that are not part of a handshake.
                            .has(unread(ExtensionType.SERVER_NAME), CERTIFICATE_REQUEST),
                    row(ExtensionType.STATUS_REQUEST)
                            .has(StatusRequest::decode, CLIENT_HELLO)
                            .has(EmptyStatusRequest::decode, CERTIFICATE_REQUEST)
                            .has(CertificateStatus::decode, CERTIFICATE),
                    row(ExtensionType.SUPPORTED_GROUPS)
                            .has(SupportedGroups::decode, CLIENT_HELLO, ENCRYPTED_EXTENSIONS),
                    row(ExtensionType.SIGNATURE_ALGORITHMS)
                            .has(SignatureAlgorithms::decode, CLIENT_HELLO, CERTIFICATE_REQUEST),
                    row(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION)
                            .has(ProtocolNameList::decode, CLIENT_HELLO)
                            .has(SelectedProtocolName::decode, ENCRYPTED_EXTENSIONS),
                    // Not in the table, which lists recommended extensions only; RFC 9846 section 4.5.1.1 says where.
                    row(ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP)
                            .has(SignedCertificateTimestampRequest::decode, CLIENT_HELLO, CERTIFICATE_REQUEST)
                            .has(SignedCertificateTimestamps::decode, CERTIFICATE),
                    row(ExtensionType.CLIENT_CERTIFICATE_TYPE)
                            .has(ClientCertificateTypes::decode, CLIENT_HELLO)
                            .has(SelectedClientCertificateType::decode, ENCRYPTED_EXTENSIONS),
                    row(ExtensionType.SERVER_CERTIFICATE_TYPE)
                            .has(ServerCertificateTypes::decode, CLIENT_HELLO)
                            .has(SelectedServerCertificateType::decode, ENCRYPTED_EXTENSIONS),
                    row(ExtensionType.PADDING).has(Padding::decode, CLIENT_HELLO),
                    row(ExtensionType.COMPRESS_CERTIFICATE)
                            .has(CompressCertificate::decode, CLIENT_HELLO, CERTIFICATE_REQUEST),
                    row(ExtensionType.RECORD_SIZE_LIMIT)
                            .has(RecordSizeLimit::decode, CLIENT_HELLO, ENCRYPTED_EXTENSIONS),
                    row(ExtensionType.PRE_SHARED_KEY)
                            .has(OfferedPsks::decode, CLIENT_HELLO)
                            .has(SelectedPsk::decode, SERVER_HELLO),
                    row(ExtensionType.EARLY_DATA)
                            .has(EarlyDataIndication::decode, CLIENT_HELLO, ENCRYPTED_EXTENSIONS)
                            .has(MaxEarlyDataSize::decode, NEW_SESSION_TICKET),
                    row(ExtensionType.SUPPORTED_VERSIONS)
                            .has(SupportedVersions::decode, CLIENT_HELLO)
                            .has(SelectedVersion::decode, SERVER_HELLO, HELLO_RETRY_REQUEST),
                    row(ExtensionType.COOKIE).has(Cookie::decode, CLIENT_HELLO, HELLO_RETRY_REQUEST),
                    row(ExtensionType.PSK_KEY_EXCHANGE_MODES).has(PskKeyExchangeModes::decode, CLIENT_HELLO),
                    row(ExtensionType.CERTIFICATE_AUTHORITIES)
                            .has(CertificateAuthorities::decode, CLIENT_HELLO, CERTIFICATE_REQUEST),
                    row(ExtensionType.OID_FILTERS).has(OidFilters::decode, CERTIFICATE_REQUEST),
                    row(ExtensionType.POST_HANDSHAKE_AUTH).has(PostHandshakeAuth::decode, CLIENT_HELLO),
                    row(ExtensionType.SIGNATURE_ALGORITHMS_CERT)
                            .has(SignatureAlgorithmsCert::decode, CLIENT_HELLO, CERTIFICATE_REQUEST),
                    row(ExtensionType.KEY_SHARE)
                            .has(KeyShareClientHello::decode, CLIENT_HELLO)
                            .has(KeyShareServerHello::decode, SERVER_HELLO)
                            .has(KeyShareHelloRetryRequest::decode, HELLO_RETRY_REQUEST),
                    row(ExtensionType.QUIC_TRANSPORT_PARAMETERS)
                            .has(QuicTransportParameters::decode, CLIENT_HELLO, ENCRYPTED_EXTENSIONS),
                    row(ExtensionType.TICKET_REQUEST)
                            .has(ClientTicketRequest::decode, CLIENT_HELLO)
                            .has(ServerTicketRequestHint::decode, ENCRYPTED_EXTENSIONS))
            .collect(Collectors.toUnmodifiableMap(Row::type, row -> row));

    private ExtensionTable() {}

    /** Reads extension_data with its length, in the form that this type has in this message. */
    static Extension decode(ExtensionType type, WireReader block, MessageKind message) throws TlsException {
        Row row = ROWS.get(type);
        if (row == null) {
            return UnknownExtension.decode(type, block);
        }
        WireReader.Element<? extends Extension> form = row.form(message);
        // RFC 9846 4.3: recognised and not specified for the message MUST abort with an illegal_parameter alert.
        if (form == null) {
            throw Problem.MISPLACED_EXTENSION.with(type, message.messageName());
        }
        WireReader data = block.sub("extension_data", 2, 0, 0xffff);
        Extension extension = form.read(data);
        // RFC 9846 4.3: data left over after the structure MUST abort with a decode_error alert.
        data.expectEnd(type.toString());
        return extension;
    }

    private static Row row(ExtensionType type) {
        return new Row(type, new EnumMap<>(MessageKind.class));
    }

    private static WireReader.Element<Extension> unread(ExtensionType type) {
        return in -> new UnknownExtension(type, in.rest("extension_data"));
    }

    /** One extension; the forms change only while the table is built. */
    private record Row(ExtensionType type, Map<MessageKind, WireReader.Element<? extends Extension>> forms) {
        Row has(WireReader.Element<? extends Extension> form, MessageKind... messages) {
            for (MessageKind message : messages) {
                forms.put(message, form);
            }
            return this;
        }

        WireReader.@Nullable Element<? extends Extension> form(MessageKind message) {
            return forms.get(message);
        }
    }
}
