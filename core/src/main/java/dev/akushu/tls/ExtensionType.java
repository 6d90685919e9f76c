package dev.akushu.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kind of an extension. RFC 9846 section 4.3.
 *
 * <p>An open set: a peer may name codes that nobody here knows, so this is a code with a name where one is registered, not an enum.
 *
 * @param code the 16-bit code point on the wire
 */
public record ExtensionType(int code) {
    /** RFC 6066. */
    public static final ExtensionType SERVER_NAME = new ExtensionType(0);

    /** RFC 6066, RFC 9846 section 4.5.1.1. */
    public static final ExtensionType STATUS_REQUEST = new ExtensionType(5);

    /** RFC 9846 section 4.3.7. */
    public static final ExtensionType SUPPORTED_GROUPS = new ExtensionType(10);

    /** RFC 9846 section 4.3.3. */
    public static final ExtensionType SIGNATURE_ALGORITHMS = new ExtensionType(13);

    /** RFC 7301. */
    public static final ExtensionType APPLICATION_LAYER_PROTOCOL_NEGOTIATION = new ExtensionType(16);

    /** RFC 6962. */
    public static final ExtensionType SIGNED_CERTIFICATE_TIMESTAMP = new ExtensionType(18);

    /** RFC 7250. */
    public static final ExtensionType CLIENT_CERTIFICATE_TYPE = new ExtensionType(19);

    /** RFC 7250. */
    public static final ExtensionType SERVER_CERTIFICATE_TYPE = new ExtensionType(20);

    /** RFC 7685. */
    public static final ExtensionType PADDING = new ExtensionType(21);

    /** RFC 7627; says nothing in TLS 1.3. */
    public static final ExtensionType EXTENDED_MAIN_SECRET = new ExtensionType(23);

    /** RFC 8879. */
    public static final ExtensionType COMPRESS_CERTIFICATE = new ExtensionType(27);

    /** RFC 8449. */
    public static final ExtensionType RECORD_SIZE_LIMIT = new ExtensionType(28);

    /** RFC 5077; says nothing in TLS 1.3. */
    public static final ExtensionType SESSION_TICKET = new ExtensionType(35);

    /** RFC 9846 section 4.3.11. */
    public static final ExtensionType PRE_SHARED_KEY = new ExtensionType(41);

    /** RFC 9846 section 4.3.10. */
    public static final ExtensionType EARLY_DATA = new ExtensionType(42);

    /** RFC 9846 section 4.3.1. */
    public static final ExtensionType SUPPORTED_VERSIONS = new ExtensionType(43);

    /** RFC 9846 section 4.3.2. */
    public static final ExtensionType COOKIE = new ExtensionType(44);

    /** RFC 9846 section 4.3.9. */
    public static final ExtensionType PSK_KEY_EXCHANGE_MODES = new ExtensionType(45);

    /** RFC 9846 section 4.3.4. */
    public static final ExtensionType CERTIFICATE_AUTHORITIES = new ExtensionType(47);

    /** RFC 9846 section 4.3.5. */
    public static final ExtensionType OID_FILTERS = new ExtensionType(48);

    /** RFC 9846 section 4.3.6. */
    public static final ExtensionType POST_HANDSHAKE_AUTH = new ExtensionType(49);

    /** RFC 9846 section 4.3.3. */
    public static final ExtensionType SIGNATURE_ALGORITHMS_CERT = new ExtensionType(50);

    /** RFC 9846 section 4.3.8. */
    public static final ExtensionType KEY_SHARE = new ExtensionType(51);

    /** RFC 9001. */
    public static final ExtensionType QUIC_TRANSPORT_PARAMETERS = new ExtensionType(57);

    /** RFC 9149. */
    public static final ExtensionType TICKET_REQUEST = new ExtensionType(58);

    /** RFC 9849. */
    public static final ExtensionType ENCRYPTED_CLIENT_HELLO = new ExtensionType(0xfe0d);

    /** RFC 5746; says nothing in TLS 1.3. */
    public static final ExtensionType RENEGOTIATION_INFO = new ExtensionType(0xff01);

    private static final Codes<Known> KNOWN = Codes.of(
            known -> known.id().code(),
            List.of(
                    new Known(SERVER_NAME, "server_name"),
                    new Known(STATUS_REQUEST, "status_request"),
                    new Known(SUPPORTED_GROUPS, "supported_groups"),
                    new Known(SIGNATURE_ALGORITHMS, "signature_algorithms"),
                    new Known(APPLICATION_LAYER_PROTOCOL_NEGOTIATION, "application_layer_protocol_negotiation"),
                    new Known(SIGNED_CERTIFICATE_TIMESTAMP, "signed_certificate_timestamp"),
                    new Known(CLIENT_CERTIFICATE_TYPE, "client_certificate_type"),
                    new Known(SERVER_CERTIFICATE_TYPE, "server_certificate_type"),
                    new Known(PADDING, "padding"),
                    new Known(EXTENDED_MAIN_SECRET, "extended_main_secret"),
                    new Known(COMPRESS_CERTIFICATE, "compress_certificate"),
                    new Known(RECORD_SIZE_LIMIT, "record_size_limit"),
                    new Known(SESSION_TICKET, "session_ticket"),
                    new Known(PRE_SHARED_KEY, "pre_shared_key"),
                    new Known(EARLY_DATA, "early_data"),
                    new Known(SUPPORTED_VERSIONS, "supported_versions"),
                    new Known(COOKIE, "cookie"),
                    new Known(PSK_KEY_EXCHANGE_MODES, "psk_key_exchange_modes"),
                    new Known(CERTIFICATE_AUTHORITIES, "certificate_authorities"),
                    new Known(OID_FILTERS, "oid_filters"),
                    new Known(POST_HANDSHAKE_AUTH, "post_handshake_auth"),
                    new Known(SIGNATURE_ALGORITHMS_CERT, "signature_algorithms_cert"),
                    new Known(KEY_SHARE, "key_share"),
                    new Known(QUIC_TRANSPORT_PARAMETERS, "quic_transport_parameters"),
                    new Known(TICKET_REQUEST, "ticket_request"),
                    new Known(ENCRYPTED_CLIENT_HELLO, "encrypted_client_hello"),
                    new Known(RENEGOTIATION_INFO, "renegotiation_info")));

    private record Known(ExtensionType id, String name) {}

    /** The canonical constant of {@code code}, or a new value for a code that is not known here. */
    public static ExtensionType of(int code) {
        Known known = KNOWN.find(code);
        return known != null ? known.id() : new ExtensionType(code);
    }

    /** Whether this code has a name here. */
    public boolean isKnown() {
        return KNOWN.find(code) != null;
    }

    /** Whether this is a reserved GREASE code (RFC 8701): sent to keep peers tolerant, never to be chosen. */
    public boolean isGrease() {
        return (code & 0x0f0f) == 0x0a0a && code >>> 8 == (code & 0xff);
    }

    // Written out, as hashCode is: what a record has by itself is made when it is first called, and a program's start
    // waits for that.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExtensionType that && that.code == code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    /** The name in IANA's registry, {@code GREASE(0x....)}, or the code in hexadecimal. */
    @Override
    public String toString() {
        Known known = KNOWN.find(code);
        if (known != null) {
            return known.name();
        }
        return String.format(isGrease() ? "GREASE(0x%04x)" : "0x%04x", code);
    }
}
