package dev.akushu.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can go wrong, in one table: what kind of fault it is, which alert tells the peer, and which facts a diagnosis of it carries. The words
 * for people, cause and remedy in each language, are in the resource bundle {@code Problems}, under this constant's name.
 */
public enum Problem {
    // The peer sent bytes that do not have the form the protocol prescribes.
    /** A field reaches beyond the end of its structure. */
    TRUNCATED_FIELD(Category.MALFORMED, AlertDescription.DECODE_ERROR, "field", "needed", "available"),
    /** Bytes are left over after a structure. */
    TRAILING_BYTES(Category.MALFORMED, AlertDescription.DECODE_ERROR, "structure", "count"),
    /** A vector is shorter or longer than its type allows. */
    LENGTH_OUT_OF_RANGE(Category.MALFORMED, AlertDescription.DECODE_ERROR, "field", "length", "minimum", "maximum"),
    /** A field holds a value that its type forbids. */
    ILLEGAL_VALUE(Category.MALFORMED, AlertDescription.ILLEGAL_PARAMETER, "field", "value", "rule"),
    /** One extension stands twice in one block. */
    DUPLICATE_EXTENSION(Category.MALFORMED, AlertDescription.ILLEGAL_PARAMETER, "extension", "message"),
    /** An extension stands in a message where RFC 9846 section 4.3 does not allow it. */
    MISPLACED_EXTENSION(Category.MALFORMED, AlertDescription.ILLEGAL_PARAMETER, "extension", "message"),
    /** A handshake message of a kind that TLS 1.3 does not have. */
    UNKNOWN_HANDSHAKE_TYPE(Category.MALFORMED, AlertDescription.UNEXPECTED_MESSAGE, "code"),
    /** A handshake message announces more bytes than this endpoint accepts. */
    HANDSHAKE_MESSAGE_TOO_LONG(Category.MALFORMED, AlertDescription.ILLEGAL_PARAMETER, "message", "length", "limit"),
    /** The first bytes are no TLS record: another protocol speaks on this port. */
    NOT_TLS(Category.MALFORMED, AlertDescription.UNEXPECTED_MESSAGE, "firstBytes"),
    /** A record announces more bytes than the protocol allows. */
    RECORD_TOO_LONG(Category.MALFORMED, AlertDescription.RECORD_OVERFLOW, "length", "limit"),
    /** A record of a type that TLS does not have. */
    UNKNOWN_RECORD_TYPE(Category.MALFORMED, AlertDescription.UNEXPECTED_MESSAGE, "type"),
    /** A handshake or alert record without content. */
    EMPTY_RECORD(Category.MALFORMED, AlertDescription.UNEXPECTED_MESSAGE, "type"),
    /** An alert that is not two bytes long. */
    MALFORMED_ALERT(Category.MALFORMED, AlertDescription.DECODE_ERROR, "length"),
    /** A change_cipher_spec that is not the one byte 0x01. */
    MALFORMED_CHANGE_CIPHER_SPEC(Category.MALFORMED, AlertDescription.UNEXPECTED_MESSAGE, "content"),
    // The peer broke a rule of the protocol.
    /** A handshake message that may not come at this point. */
    UNEXPECTED_HANDSHAKE_MESSAGE(Category.PEER_MISBEHAVED, AlertDescription.UNEXPECTED_MESSAGE, "received", "expected"),
    /** A record of a type that may not come at this point. */
    UNEXPECTED_RECORD(Category.PEER_MISBEHAVED, AlertDescription.UNEXPECTED_MESSAGE, "type", "state"),
    /** Bytes of the next message stand in front of a change of keys. RFC 9846 section 5.1. */
    MESSAGE_ACROSS_KEY_CHANGE(Category.PEER_MISBEHAVED, AlertDescription.UNEXPECTED_MESSAGE, "message"),
    /** A record of another type inside a fragmented handshake message. RFC 9846 section 5.1. */
    INTERLEAVED_RECORD(Category.PEER_MISBEHAVED, AlertDescription.UNEXPECTED_MESSAGE, "type"),
    /** An answer to an extension that was not offered. */
    UNSOLICITED_EXTENSION(Category.PEER_MISBEHAVED, AlertDescription.UNSUPPORTED_EXTENSION, "extension", "message"),
    /** An extension that must be there is not. */
    MISSING_EXTENSION(Category.PEER_MISBEHAVED, AlertDescription.MISSING_EXTENSION, "extension", "message"),
    /** The server chose a version in supported_versions that was not offered. */
    WRONG_VERSION_CHOSEN(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "version"),
    /** The server chose a suite that was not offered. */
    WRONG_SUITE_CHOSEN(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "chosen", "offered"),
    /** ServerHello and HelloRetryRequest name different suites. */
    SUITE_CHANGED_AFTER_RETRY(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "retry", "chosen"),
    /** The server chose a group that was not offered. */
    WRONG_GROUP_CHOSEN(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "chosen", "offered"),
    /** A HelloRetryRequest that would change nothing in the ClientHello. */
    NEEDLESS_RETRY(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "group"),
    /** The server did not echo legacy_session_id. */
    SESSION_ID_NOT_ECHOED(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "sent", "received"),
    /** legacy_compression_method is not null. */
    COMPRESSION_CHOSEN(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "value"),
    /** legacy_compression_methods is not exactly one zero byte. */
    COMPRESSION_OFFERED(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "offered"),
    /** A key share that is no valid element of its group. */
    BAD_KEY_SHARE(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "group", "length", "reason"),
    /** Two key shares for one group. */
    DUPLICATE_KEY_SHARE(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "group"),
    /** A key share for a group that supported_groups does not list. */
    KEY_SHARE_NOT_IN_GROUPS(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "group", "groups"),
    /** The server chose an application protocol that was not offered. */
    WRONG_ALPN_CHOSEN(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "chosen", "offered"),
    /** The server chose a type of certificate that was not offered. RFC 7250. */
    WRONG_CERTIFICATE_TYPE(Category.PEER_MISBEHAVED, AlertDescription.UNSUPPORTED_CERTIFICATE, "chosen", "offered"),
    /** The server chose a pre-shared key that was not offered. */
    WRONG_PSK_CHOSEN(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "index", "offered"),
    /** The server chose a pre-shared key and a suite with another hash. */
    PSK_HASH_MISMATCH(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "suite", "needed"),
    /** pre_shared_key is not the last extension of the ClientHello. */
    PSK_NOT_LAST(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "last"),
    /** The binders are not as many as the identities. */
    PSK_BINDER_COUNT(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "identities", "binders"),
    /** A PSK binder that does not verify. */
    BAD_BINDER(Category.PEER_MISBEHAVED, AlertDescription.DECRYPT_ERROR, "index"),
    /** A Finished that does not verify: the two sides saw different handshakes. */
    BAD_FINISHED(Category.PEER_MISBEHAVED, AlertDescription.DECRYPT_ERROR, "sender"),
    /** A CertificateVerify whose signature does not verify. */
    BAD_SIGNATURE(Category.PEER_MISBEHAVED, AlertDescription.DECRYPT_ERROR, "scheme", "subject"),
    /** A CertificateVerify with a scheme that was not offered. */
    WRONG_SIGNATURE_SCHEME(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "scheme", "offered"),
    /** A CertificateVerify whose scheme does not fit the key in the certificate. */
    SCHEME_DOES_NOT_FIT_KEY(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "scheme", "key"),
    /** The server sent a Certificate message without a certificate. */
    EMPTY_SERVER_CERTIFICATE(Category.PEER_MISBEHAVED, AlertDescription.DECODE_ERROR),
    /** A CompressedCertificate names an algorithm that was not offered. */
    WRONG_COMPRESSION_CHOSEN(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "chosen", "offered"),
    /** A CompressedCertificate cannot be unpacked, or not to the length that it names. */
    BAD_COMPRESSED_CERTIFICATE(
            Category.PEER_MISBEHAVED, AlertDescription.BAD_CERTIFICATE, "algorithm", "length", "limit"),
    /** certificate_request_context is not the one expected. */
    WRONG_CERTIFICATE_CONTEXT(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "context", "expected"),
    /** The server random holds the downgrade sentinel: somebody between the two removed TLS 1.3 from the offer. */
    DOWNGRADE_DETECTED(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "version"),
    /** The second ClientHello differs from the first where it may not. */
    HELLO_CHANGED_AFTER_RETRY(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "what"),
    /** A cookie came back that no server with these keys has made. */
    UNKNOWN_COOKIE(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "length"),
    /** A cookie came back too late, or before its time. */
    STALE_COOKIE(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "age", "limit"),
    /** The second ClientHello does not bring exactly the key share that was asked for. */
    RETRY_IGNORED(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "requested", "received"),
    /** legacy_version of a ClientHello that offers TLS 1.3 is not the one that RFC 9846 section 4.2.2 prescribes. */
    WRONG_LEGACY_VERSION(Category.PEER_MISBEHAVED, AlertDescription.PROTOCOL_VERSION, "version"),
    /** KeyUpdate after KeyUpdate with no data between them. */
    TOO_MANY_KEY_UPDATES(Category.PEER_MISBEHAVED, AlertDescription.UNEXPECTED_MESSAGE, "count"),
    /** Record after record without content. */
    TOO_MANY_EMPTY_RECORDS(Category.PEER_MISBEHAVED, AlertDescription.UNEXPECTED_MESSAGE, "count"),
    /** Warning alert after warning alert. */
    TOO_MANY_WARNINGS(Category.PEER_MISBEHAVED, AlertDescription.UNEXPECTED_MESSAGE, "count"),
    /** Handshake messages without end after the handshake, no data between them. */
    TOO_MANY_POST_HANDSHAKE_MESSAGES(Category.PEER_MISBEHAVED, AlertDescription.UNEXPECTED_MESSAGE, "count"),
    /** More early data than the ticket allows, or than this endpoint is willing to skip. */
    EARLY_DATA_TOO_LONG(Category.PEER_MISBEHAVED, AlertDescription.UNEXPECTED_MESSAGE, "limit"),
    /** The server accepted early data although it chose something else than the early data was made for. RFC 9846 section 4.3.10. */
    EARLY_DATA_WRONGLY_ACCEPTED(Category.PEER_MISBEHAVED, AlertDescription.ILLEGAL_PARAMETER, "what", "used", "chosen"),
    // The peer kept the rules, but the two sides have nothing in common.
    /** The client does not offer TLS 1.3. */
    CLIENT_TOO_OLD(Category.PEER_INCOMPATIBLE, AlertDescription.PROTOCOL_VERSION, "offered"),
    /** The client does not offer TLS 1.3, and says that it has been made to fall back. RFC 7507. */
    INAPPROPRIATE_FALLBACK(Category.PEER_INCOMPATIBLE, AlertDescription.INAPPROPRIATE_FALLBACK, "offered"),
    /** The server answered with an older version than TLS 1.3. */
    SERVER_TOO_OLD(Category.PEER_INCOMPATIBLE, AlertDescription.PROTOCOL_VERSION, "version"),
    /** No cipher suite in common. */
    NO_COMMON_SUITE(Category.PEER_INCOMPATIBLE, AlertDescription.HANDSHAKE_FAILURE, "offered", "supported"),
    /** No group for the key exchange in common. */
    NO_COMMON_GROUP(Category.PEER_INCOMPATIBLE, AlertDescription.HANDSHAKE_FAILURE, "offered", "supported"),
    /** No key of this endpoint can sign with a scheme that the peer accepts. */
    NO_COMMON_SIGNATURE_SCHEME(Category.PEER_INCOMPATIBLE, AlertDescription.HANDSHAKE_FAILURE, "offered", "available"),
    /** No type of certificate in common. RFC 7250. */
    NO_COMMON_CERTIFICATE_TYPE(
            Category.PEER_INCOMPATIBLE, AlertDescription.UNSUPPORTED_CERTIFICATE, "offered", "supported"),
    /** No application protocol in common. */
    NO_COMMON_APPLICATION_PROTOCOL(
            Category.PEER_INCOMPATIBLE, AlertDescription.NO_APPLICATION_PROTOCOL, "offered", "supported"),
    /** The client asked for a name that this server does not serve. */
    UNRECOGNIZED_NAME(Category.PEER_INCOMPATIBLE, AlertDescription.UNRECOGNIZED_NAME, "name", "known"),
    /** The server has no certificate or key to show to this client, which asked for no name. */
    NO_IDENTITY_FOR_CLIENT(Category.PEER_INCOMPATIBLE, AlertDescription.HANDSHAKE_FAILURE, "schemes", "authorities"),
    /** The client sent no certificate, and this server requires one. */
    CLIENT_CERTIFICATE_REQUIRED(Category.PEER_INCOMPATIBLE, AlertDescription.CERTIFICATE_REQUIRED),
    /** The server took no pre-shared key, and this client accepts nothing else. */
    PSK_NOT_TAKEN(Category.PEER_INCOMPATIBLE, AlertDescription.HANDSHAKE_FAILURE, "offered"),
    /** The client names no pre-shared key that this server knows, and it has nothing else; the alert is that of a wrong binder. */
    PSK_UNKNOWN(Category.PEER_INCOMPATIBLE, AlertDescription.DECRYPT_ERROR, "offered"),
    /** The client offers no pre-shared key, and this server has nothing else. */
    PSK_REQUIRED(Category.PEER_INCOMPATIBLE, AlertDescription.UNKNOWN_PSK_IDENTITY),
    // The peer's certificate was not accepted.
    /** A public key without a certificate that nobody here knows. RFC 7250. */
    RAW_KEY_UNKNOWN(Category.CERTIFICATE, AlertDescription.CERTIFICATE_UNKNOWN, "key", "fingerprint", "known"),
    /** A certificate that cannot be read. */
    CERTIFICATE_UNPARSABLE(Category.CERTIFICATE, AlertDescription.BAD_CERTIFICATE, "position", "reason"),
    /** A certificate whose validity has ended. */
    CERTIFICATE_EXPIRED(Category.CERTIFICATE, AlertDescription.CERTIFICATE_EXPIRED, "subject", "notAfter", "now"),
    /** A certificate whose validity has not begun. */
    CERTIFICATE_NOT_YET_VALID(
            Category.CERTIFICATE, AlertDescription.CERTIFICATE_EXPIRED, "subject", "notBefore", "now"),
    /** No trust anchor issued the chain: an intermediate is missing, or the CA is not trusted. */
    UNKNOWN_ISSUER(
            Category.CERTIFICATE, AlertDescription.UNKNOWN_CA, "subject", "issuer", "received", "anchors", "store"),
    /** A self-signed certificate that is not a trust anchor. */
    SELF_SIGNED(Category.CERTIFICATE, AlertDescription.UNKNOWN_CA, "subject", "anchors", "store"),
    /** A certificate that its issuer revoked. */
    CERTIFICATE_REVOKED(Category.CERTIFICATE, AlertDescription.CERTIFICATE_REVOKED, "subject", "when", "reason"),
    /** Nothing could be learned of whether a certificate was revoked. */
    REVOCATION_UNKNOWN(Category.CERTIFICATE, AlertDescription.CERTIFICATE_UNKNOWN, "subject", "issuer", "reason"),
    /** A certificate that demands a stapled OCSP response, without one. RFC 7633. */
    OCSP_RESPONSE_MISSING(Category.CERTIFICATE, AlertDescription.BAD_CERTIFICATE_STATUS_RESPONSE, "subject"),
    /** A certificate that demands a stapled OCSP response, with one that proves nothing. RFC 7633. */
    OCSP_RESPONSE_UNUSABLE(Category.CERTIFICATE, AlertDescription.BAD_CERTIFICATE_STATUS_RESPONSE, "subject", "reason"),
    /** A certificate whose signature does not verify under its issuer. */
    CERTIFICATE_SIGNATURE_INVALID(Category.CERTIFICATE, AlertDescription.BAD_CERTIFICATE, "subject", "issuer"),
    /** A certificate that is not meant for this use. */
    CERTIFICATE_USAGE(Category.CERTIFICATE, AlertDescription.UNSUPPORTED_CERTIFICATE, "subject", "needed", "found"),
    /** A certificate in the chain that may not issue others. */
    NOT_A_CA(Category.CERTIFICATE, AlertDescription.UNKNOWN_CA, "subject"),
    /** A certificate with a key or signature algorithm that is not accepted. */
    WEAK_CERTIFICATE(Category.CERTIFICATE, AlertDescription.BAD_CERTIFICATE, "subject", "algorithm"),
    /** A certificate whose signature is by none of the schemes that the policy accepts inside certificates. RFC 9846 section 4.5.1.2. */
    CERTIFICATE_SCHEME_NOT_ACCEPTED(
            Category.CERTIFICATE, AlertDescription.UNSUPPORTED_CERTIFICATE, "subject", "algorithm", "accepted"),
    /** A certificate uses an algorithm that this side's algorithm constraints do not permit. */
    CERTIFICATE_ALGORITHM_REFUSED(Category.CERTIFICATE, AlertDescription.BAD_CERTIFICATE, "subject", "algorithm"),
    /** A certificate with a name that one of its issuers may not certify. */
    NAME_NOT_ALLOWED(Category.CERTIFICATE, AlertDescription.CERTIFICATE_UNKNOWN, "subject", "name", "issuer"),
    /** Another fault of the certificate path. */
    CERTIFICATE_PATH_INVALID(Category.CERTIFICATE, AlertDescription.CERTIFICATE_UNKNOWN, "subject", "reason"),
    /** More certificates than this endpoint is willing to check. */
    CERTIFICATE_CHAIN_TOO_LONG(Category.CERTIFICATE, AlertDescription.BAD_CERTIFICATE, "length", "limit"),
    /** A certificate with a public key that this endpoint cannot use. */
    CERTIFICATE_KEY_UNSUPPORTED(Category.CERTIFICATE, AlertDescription.UNSUPPORTED_CERTIFICATE, "algorithm"),
    /** The certificate is not for the host that was asked for. */
    HOST_NAME_MISMATCH(Category.CERTIFICATE, AlertDescription.BAD_CERTIFICATE, "expected", "names"),
    /** A verifier of the application refused the certificate. */
    CERTIFICATE_REFUSED(Category.CERTIFICATE, AlertDescription.CERTIFICATE_UNKNOWN, "subject", "reason"),
    // A record could not be protected or unprotected.
    /** A record that does not decrypt under the current key. */
    BAD_RECORD_MAC(Category.PROTECTION, AlertDescription.BAD_RECORD_MAC, "sequence", "length"),
    /** A record whose content is longer than the protocol allows. */
    PLAINTEXT_TOO_LONG(Category.PROTECTION, AlertDescription.RECORD_OVERFLOW, "length", "limit"),
    /** A record of padding only, without a content type. */
    NO_CONTENT_TYPE(Category.PROTECTION, AlertDescription.UNEXPECTED_MESSAGE, "length"),
    /** The key has protected as many records as is safe, and it may not be updated any more. */
    KEY_LIMIT_REACHED(Category.PROTECTION, AlertDescription.INTERNAL_ERROR, "records", "limit"),
    // The application or its configuration is at fault.
    /** A file that holds no PEM where PEM is needed. */
    NOT_PEM(Category.LOCAL_MISUSE, null, "file", "found"),
    /** A PEM block that cannot be decoded. */
    PEM_MALFORMED(Category.LOCAL_MISUSE, null, "file", "label", "reason"),
    /** A PEM file without the block that is needed. */
    PEM_MISSING(Category.LOCAL_MISUSE, null, "file", "wanted", "found"),
    /** A private key that cannot be used. */
    PRIVATE_KEY_UNSUPPORTED(Category.LOCAL_MISUSE, null, "file", "reason"),
    /** The private key does not belong to the certificate. */
    KEY_DOES_NOT_MATCH(Category.LOCAL_MISUSE, null, "subject", "certificateKey", "privateKey"),
    /** A file that holds no OCSP response that could be stapled to the certificate. */
    NO_OCSP_RESPONSE(Category.LOCAL_MISUSE, null, "file", "found"),
    /** A file with an OCSP response of a responder that does not know the certificate. */
    OCSP_SAYS_UNKNOWN(Category.LOCAL_MISUSE, null, "file"),
    /** A file with an OCSP response that says that the certificate is revoked. */
    OCSP_SAYS_REVOKED(Category.LOCAL_MISUSE, null, "file"),
    /** A file with an OCSP response that proves nothing any more. */
    OCSP_RESPONSE_ENDED(Category.LOCAL_MISUSE, null, "file", "end"),
    /** A file that holds no signed certificate timestamp. */
    NO_TIMESTAMP(Category.LOCAL_MISUSE, null, "file", "reason"),
    /** A file with a signed certificate timestamp that is older than the certificate. */
    TIMESTAMP_BEFORE_CERTIFICATE(Category.LOCAL_MISUSE, null, "file", "timestamp", "notBefore"),
    /** More signed certificate timestamps than one extension can hold. */
    TIMESTAMPS_TOO_LONG(Category.LOCAL_MISUSE, null, "file", "length", "limit"),
    /** A file that cannot be read. */
    FILE_UNREADABLE(Category.LOCAL_MISUSE, null, "file", "reason"),
    /** A file of saved tickets that cannot be used. */
    SESSION_FILE_UNUSABLE(Category.LOCAL_MISUSE, null, "file", "reason"),
    /** A file of ticket keys that cannot be used. */
    TICKET_KEYS_UNUSABLE(Category.LOCAL_MISUSE, null, "file", "reason"),
    /** A file with a secret that cannot be used. */
    SECRET_FILE_UNUSABLE(Category.LOCAL_MISUSE, null, "file", "reason"),
    /** A secret is to be in an environment variable that does not exist. */
    SECRET_VARIABLE_ABSENT(Category.LOCAL_MISUSE, null, "variable"),
    /** The key that encrypts ticket keys for a store is not in base64. */
    KEY_ENCRYPTION_KEY_MALFORMED(Category.LOCAL_MISUSE, null, "place"),
    /** The key that encrypts ticket keys for a store has not 32 bytes. */
    KEY_ENCRYPTION_KEY_LENGTH(Category.LOCAL_MISUSE, null, "place", "length"),
    /** A store's address that has not the form of one. */
    STORE_ADDRESS_MALFORMED(Category.LOCAL_MISUSE, null, "address"),
    /** An address with Sentinels and without the master's name, or the other way round. */
    STORE_MASTER_MISPLACED(Category.LOCAL_MISUSE, null, "address"),
    /** An address with several stores, none of which is a Sentinel. */
    SEVERAL_STORES(Category.LOCAL_MISUSE, null, "address"),
    /** A store's port that does not exist. */
    STORE_PORT_IMPOSSIBLE(Category.LOCAL_MISUSE, null, "address", "port"),
    /** A user or a password in a store's address that is not percent-encoded as it should be. */
    STORE_PASSWORD_MALFORMED(Category.LOCAL_MISUSE, null, "address"),
    /** Certificates are given for a store that is not reached over TLS. */
    STORE_WITHOUT_TLS(Category.LOCAL_MISUSE, null, "address"),
    /** A ticket key could not be encrypted for the store. */
    TICKET_KEY_NOT_WRAPPED(Category.LOCAL_MISUSE, null, "store", "says"),
    /** An entry of the store of ticket keys that is none. */
    STORE_ENTRY_MALFORMED(Category.LOCAL_MISUSE, null, "store", "entry"),
    /** An entry of the store of ticket keys whose key-encryption key is not known here. */
    STORE_ENTRY_KEY_UNKNOWN(Category.LOCAL_MISUSE, null, "store", "entry"),
    /** An entry of the store of ticket keys that was changed or forged. */
    STORE_ENTRY_FORGED(Category.LOCAL_MISUSE, null, "store", "entry"),
    /** An entry of the store of ticket keys that who keeps the key-encryption key does not open. */
    STORE_ENTRY_NOT_OPENED(Category.LOCAL_MISUSE, null, "store", "entry", "says"),
    /** Many entries of the store of ticket keys are not used. */
    STORE_ENTRIES_UNUSABLE(Category.LOCAL_MISUSE, null, "store", "count", "key"),
    /** Servers seal with keys in the store that do not open here, and this one has none that does. */
    STORE_KEYS_FOREIGN(Category.LOCAL_MISUSE, null, "store", "key"),
    /** A store that may forget ClientHellos before their time. */
    STORE_FORGETS(Category.LOCAL_MISUSE, null, "store", "setting", "value"),
    /** The clocks of this machine and of the store differ by more than is tolerated. */
    STORE_CLOCK_DIFFERS(Category.LOCAL_MISUSE, null, "store", "difference", "tolerance"),
    /** A native library of cryptography that was asked for is not there. */
    ACCELERATOR_ABSENT(Category.LOCAL_MISUSE, null, "library", "artifact"),
    /** A native library of cryptography cannot be loaded here, or lacks something. */
    ACCELERATOR_UNUSABLE(Category.LOCAL_MISUSE, null, "library", "machine", "reason"),
    /** A native library of cryptography that fails its test. */
    ACCELERATOR_WRONG(Category.LOCAL_MISUSE, null, "library", "primitive", "reason"),
    /** An operation that needs a finished handshake. */
    NOT_CONNECTED(Category.LOCAL_MISUSE, null, "operation"),
    /** An operation for early data on a connection that has none. */
    NO_EARLY_DATA(Category.LOCAL_MISUSE, null, "operation", "outcome"),
    /** Data is to be sent before the client's Finished where neither the configuration allows that nor early data was accepted. */
    NO_HALF_RTT_DATA(Category.LOCAL_MISUSE, null),
    /** Ordinary data is asked for while early data, which came before it, waits to be read. */
    EARLY_DATA_UNREAD(Category.LOCAL_MISUSE, null, "bytes"),
    /** An operation after the sending side was closed. */
    ALREADY_CLOSED(Category.LOCAL_MISUSE, null, "operation"),
    /** The client cannot be asked for a certificate after the handshake. RFC 9846 section 4.7.2. */
    CLIENT_CANNOT_BE_ASKED(Category.LOCAL_MISUSE, null),
    /** The application gave the handshake up. */
    CANCELED(Category.LOCAL_MISUSE, AlertDescription.USER_CANCELED),
    /** The application allows no new sessions, and this connection resumes none. */
    NO_NEW_SESSIONS(Category.LOCAL_MISUSE, AlertDescription.HANDSHAKE_FAILURE),
    /** A server's only chain is signed by SHA-1 or worse, and the client does not accept that. RFC 9846 section 4.5.1.2. */
    OWN_CHAIN_DEPRECATED(Category.LOCAL_MISUSE, AlertDescription.HANDSHAKE_FAILURE, "subject", "accepted"),
    /** The private key could not make the signature. */
    SIGNING_FAILED(Category.LOCAL_MISUSE, AlertDescription.INTERNAL_ERROR, "scheme", "reason"),
    /** The pre-shared keys of clients could not be looked up. */
    PSK_SOURCE_FAILED(Category.LOCAL_MISUSE, AlertDescription.INTERNAL_ERROR, "reason"),
    /** A fault in this library or in a part that the application supplied. */
    INTERNAL(Category.LOCAL_MISUSE, AlertDescription.INTERNAL_ERROR, "where", "reason"),
    // The network failed.
    /** The name has no address. */
    UNKNOWN_HOST(Category.TRANSPORT, null, "host"),
    /** Nobody has told the addresses of the name in the time allowed. */
    NAME_LOOKUP_TIMED_OUT(Category.TRANSPORT, null, "host", "limit"),
    /** No TCP connection could be made. */
    CONNECT_FAILED(Category.TRANSPORT, null, "host", "port", "reason"),
    /** The peer closed the connection without an alert before the handshake was done. */
    CLOSED_DURING_HANDSHAKE(Category.TRANSPORT, null, "step", "received"),
    /** The connection was closed before the client had answered the request for its certificate. */
    CLIENT_CERTIFICATE_NOT_SHOWN(Category.TRANSPORT, null),
    /** The stream ended without close_notify: somebody may have cut it. RFC 9846 section 6.1. */
    TRUNCATED(Category.TRANSPORT, null, "received"),
    /** The store of ticket keys and early data cannot be reached. */
    STORE_UNREACHABLE(Category.TRANSPORT, null, "store", "says"),
    /** The store of ticket keys and early data does not answer in time. */
    STORE_SILENT(Category.TRANSPORT, null, "store", "limit"),
    /** TLS with the store of ticket keys and early data failed. */
    STORE_TLS_FAILED(Category.TRANSPORT, null, "store", "failure"),
    /** No Sentinel knows where the store of ticket keys and early data is. */
    STORE_MASTER_UNKNOWN(Category.TRANSPORT, null, "store", "master"),
    /** What answers is neither Redis nor Valkey. */
    STORE_OF_ANOTHER_KIND(Category.TRANSPORT, null, "store"),
    /** The store of ticket keys and early data is a replica, to which nothing can be written. */
    STORE_IS_REPLICA(Category.TRANSPORT, null, "store"),
    /** The store of ticket keys and early data does not accept user and password, or wants some. */
    STORE_LOGIN_REFUSED(Category.TRANSPORT, null, "store", "says"),
    /** The user at the store of ticket keys and early data lacks a right. */
    STORE_RIGHT_MISSING(Category.TRANSPORT, null, "store", "says"),
    /** The store of ticket keys and early data has no memory left. */
    STORE_FULL(Category.TRANSPORT, null, "store", "says"),
    /** The store of ticket keys and early data answers by another error. */
    STORE_REFUSED(Category.TRANSPORT, null, "store", "says"),
    /** Nothing came in the time allowed. */
    TIMED_OUT(Category.TRANSPORT, null, "operation", "limit", "peer"),
    /** Reading or writing the connection failed. */
    TRANSPORT_FAILED(Category.TRANSPORT, null, "operation", "reason"),
    // The peer reported an error.
    /** The peer sent a fatal alert. */
    ALERT_RECEIVED(Category.PEER_ALERT, null, "alert", "code", "step");

    /** Whose fault it is; each kind has its own subclass of {@link TlsException}. */
    public enum Category {
        /** Bytes that do not have the form the protocol prescribes. */
        MALFORMED,
        /** A rule of the protocol was broken by the peer. */
        PEER_MISBEHAVED,
        /** Both sides keep the rules but have nothing in common. */
        PEER_INCOMPATIBLE,
        /** The peer's certificate was not accepted. */
        CERTIFICATE,
        /** A record could not be protected or unprotected. */
        PROTECTION,
        /** The application or its configuration is at fault. */
        LOCAL_MISUSE,
        /** The network failed. */
        TRANSPORT,
        /** The peer reported an error. */
        PEER_ALERT
    }

    private final Category category;
    private final @Nullable AlertDescription alert;
    private final List<String> factNames;

    Problem(Category category, @Nullable AlertDescription alert, String... factNames) {
        this.category = category;
        this.alert = alert;
        this.factNames = List.of(factNames);
    }

    /** Whose fault it is. */
    public Category category() {
        return category;
    }

    /** The alert that is sent to the peer, or null where none is: the network is gone, or no connection is involved. */
    public @Nullable AlertDescription alert() {
        return alert;
    }

    /** The names of the facts that a diagnosis of this problem carries, in the order of {@link #with}. */
    public List<String> factNames() {
        return factNames;
    }

    /** The diagnosis with {@code facts} for the {@link #factNames()}, in their order; a different number of them is a fault of the caller. */
    public Diagnosis diagnosis(Object... facts) {
        return new Diagnosis(this, List.of(facts));
    }

    /** The exception for this problem, to be thrown: {@code throw NO_COMMON_GROUP.with(offered, supported)}. */
    public TlsException with(Object... facts) {
        return TlsException.of(diagnosis(facts), null);
    }

    /** As {@link #with}, keeping the exception that was behind it. */
    public TlsException causedBy(Throwable cause, Object... facts) {
        return TlsException.of(diagnosis(facts), cause);
    }
}
