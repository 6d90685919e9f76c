package dev.akushu.conformance;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The flags of the runner that the shim understands, by name without the first hyphen. A flag that is not here makes
 * its test one that is not implemented.
 */
enum Flag {
    // Where the runner listens, and what kind of test this is.
    PORT("port", true),
    IPV6("ipv6", false),
    SHIM_ID("shim-id", true),
    SERVER("server", false),
    RESUME_COUNT("resume-count", true),
    IS_HANDSHAKER_SUPPORTED("is-handshaker-supported", false),
    ASYNC("async", false),
    IMPLICIT_HANDSHAKE("implicit-handshake", false),
    // Versions: the shim has one only, see Options.requireTls13.
    MIN_VERSION("min-version", true),
    MAX_VERSION("max-version", true),
    NO_TLS1("no-tls1", false),
    NO_TLS11("no-tls11", false),
    NO_TLS12("no-tls12", false),
    EXPECT_VERSION("expect-version", true),
    // Who the shim is. After NEW_X509_CREDENTIAL, the flags of a credential are about that one.
    NEW_X509_CREDENTIAL("new-x509-credential", false),
    CERT_FILE("cert-file", true),
    KEY_FILE("key-file", true),
    SIGNING_PREFS("signing-prefs", true),
    MUST_MATCH_ISSUER("must-match-issuer", false),
    NEW_PSK_CREDENTIAL("new-psk-credential", false),
    PSK_IMPORTER_KEY("psk-importer-key", true),
    PSK_IMPORTER_IDENTITY("psk-importer-identity", true),
    PSK_IMPORTER_CONTEXT("psk-importer-context", true),
    PSK_IMPORTER_SHA256("psk-importer-sha256", false),
    PSK_IMPORTER_SHA384("psk-importer-sha384", false),
    /** A public key alone, which belongs to the private one. */
    NEW_RPK_CREDENTIAL("new-rpk-credential", false),
    /** What a client says that it can show, where its credentials do not say so. */
    AVAILABLE_CLIENT_CERT_TYPES("available-client-cert-types", true),
    EXPECT_SELECTED_CREDENTIAL("expect-selected-credential", true),
    FAIL_CERT_CALLBACK("fail-cert-callback", false),
    // What goes with certificates.
    OCSP_RESPONSE("ocsp-response", true),
    SIGNED_CERT_TIMESTAMPS("signed-cert-timestamps", true),
    ENABLE_OCSP_STAPLING("enable-ocsp-stapling", false),
    EXPECT_OCSP_RESPONSE("expect-ocsp-response", true),
    USE_OCSP_CALLBACK("use-ocsp-callback", false),
    SET_OCSP_IN_CALLBACK("set-ocsp-in-callback", false),
    DECLINE_OCSP_CALLBACK("decline-ocsp-callback", false),
    FAIL_OCSP_CALLBACK("fail-ocsp-callback", false),
    ENABLE_SIGNED_CERT_TIMESTAMPS("enable-signed-cert-timestamps", false),
    EXPECT_SIGNED_CERT_TIMESTAMPS("expect-signed-cert-timestamps", true),
    // Who the peer is.
    VERIFY_PEER("verify-peer", false),
    REQUIRE_ANY_CLIENT_CERTIFICATE("require-any-client-certificate", false),
    USE_CUSTOM_VERIFY_CALLBACK("use-custom-verify-callback", false),
    VERIFY_FAIL("verify-fail", false),
    REVERIFY_ON_RESUME("reverify-on-resume", false),
    EXPECT_VERIFY_RESULT("expect-verify-result", false),
    VERIFY_PREFS("verify-prefs", true),
    USE_CLIENT_CA_LIST("use-client-ca-list", true),
    EXPECT_CLIENT_CA_LIST("expect-client-ca-list", true),
    EXPECT_PEER_CERT_FILE("expect-peer-cert-file", true),
    ACCEPTED_PEER_CERT_TYPES("accepted-peer-cert-types", true),
    EXPECT_PEER_CERTIFICATE_TYPE("expect-peer-certificate-type", true),
    EXPECT_PEER_RPK_SHA256("expect-peer-rpk-sha256", true),
    EXPECT_NO_PEER_CERT("expect-no-peer-cert", false),
    EXPECT_PEER_SIGNATURE_ALGORITHM("expect-peer-signature-algorithm", true),
    EXPECT_PEER_VERIFY_PREF("expect-peer-verify-pref", true),
    // Names and protocols.
    HOST_NAME("host-name", true),
    EXPECT_SERVER_NAME("expect-server-name", true),
    ADVERTISE_ALPN("advertise-alpn", true),
    SELECT_ALPN("select-alpn", true),
    DECLINE_ALPN("decline-alpn", false),
    REJECT_ALPN("reject-alpn", false),
    SELECT_EMPTY_ALPN("select-empty-alpn", false),
    EXPECT_ALPN("expect-alpn", true),
    EXPECT_ADVERTISED_ALPN("expect-advertised-alpn", true),
    // Key exchange and suites.
    CURVES("curves", true),
    KEY_SHARES("key-shares", true),
    NO_KEY_SHARES("no-key-shares", false),
    SERVER_SUPPORTED_GROUPS_HINT("server-supported-groups-hint", true),
    FIPS_202205("fips-202205", false),
    WPA_202304("wpa-202304", false),
    CNSA_202407("cnsa-202407", false),
    CNSA1_202603("cnsa1-202603", false),
    CNSA2_202603("cnsa2-202603", false),
    EXPECT_CURVE_ID("expect-curve-id", true),
    EXPECT_HRR("expect-hrr", false),
    EXPECT_NO_HRR("expect-no-hrr", false),
    EXPECT_CIPHER("expect-cipher", true),
    EXPECT_CIPHER_AES("expect-cipher-aes", true),
    // Sessions.
    EXPECT_SESSION_MISS("expect-session-miss", false),
    EXPECT_NO_SESSION("expect-no-session", false),
    NO_TICKET("no-ticket", false),
    SKIP_TICKET("skip-ticket", false),
    RESUMPTION_DELAY("resumption-delay", true),
    EXPECT_TICKET_AGE_SKEW("expect-ticket-age-skew", true),
    // Early data.
    ENABLE_EARLY_DATA("enable-early-data", false),
    EXPECT_ACCEPT_EARLY_DATA("expect-accept-early-data", false),
    EXPECT_REJECT_EARLY_DATA("expect-reject-early-data", false),
    EXPECT_NO_OFFER_EARLY_DATA("expect-no-offer-early-data", false),
    EXPECT_TICKET_SUPPORTS_EARLY_DATA("expect-ticket-supports-early-data", false),
    EXPECT_EARLY_DATA_REASON("expect-early-data-reason", true),
    // What the hello looks like, and how certificates do.
    ENABLE_GREASE("enable-grease", false),
    PERMUTE_EXTENSIONS("permute-extensions", false),
    INSTALL_CERT_COMPRESSION_ALGS("install-cert-compression-algs", false),
    INSTALL_ONE_CERT_COMPRESSION_ALG("install-one-cert-compression-alg", true),
    // What happens after the handshake.
    SHIM_WRITES_FIRST("shim-writes-first", false),
    SHIM_INITIAL_WRITE("shim-initial-write", true),
    REPEAT_SHIM_INITIAL_WRITE("repeat-shim-initial-write", true),
    READ_WITH_UNFINISHED_WRITE("read-with-unfinished-write", false),
    MAX_SEND_FRAGMENT("max-send-fragment", true),
    WRITE_DIFFERENT_RECORD_SIZES("write-different-record-sizes", false),
    SHIM_SHUTS_DOWN("shim-shuts-down", false),
    CHECK_CLOSE_NOTIFY("check-close-notify", false),
    KEY_UPDATE("key-update", false),
    KEY_UPDATE_BEFORE_READ("key-update-before-read", false),
    EXPORT_KEYING_MATERIAL("export-keying-material", true),
    EXPORT_LABEL("export-label", true),
    EXPORT_CONTEXT("export-context", true),
    EXPORT_TRAFFIC_SECRETS("export-traffic-secrets", false),
    USE_EXPORTER_BETWEEN_READS("use-exporter-between-reads", false),
    HANDSHAKE_NEVER_DONE("handshake-never-done", false),

    // Without effect on a connection of TLS 1.3 by this stack.
    /** Nobody verifies against it, BoringSSL's own shim does not either: see ShimTrust. */
    TRUST_CERT("trust-cert", true),
    /** BoringSSL has several calls that set a certificate; Akushu has one. */
    USE_EARLY_CALLBACK("use-early-callback", false),
    USE_OLD_CLIENT_CERT_CALLBACK("use-old-client-cert-callback", false),
    /** Sizes of writes and reads at BoringSSL's interface; the engine takes what it gets. */
    PARTIAL_WRITE("partial-write", false),
    READ_SIZE("read-size", true),
    /** Keys for tickets from a callback: Akushu has no other way. */
    USE_TICKET_CALLBACK("use-ticket-callback", false),
    USE_TICKET_AEAD_CALLBACK("use-ticket-aead-callback", false),
    /** Between the two processes that BoringSSL's handshake may have, hints may differ; here is one. */
    ALLOW_HINT_MISMATCH("allow-hint-mismatch", false),
    /** Choosing an older version for clients that look like JDK 11: there is no older version. */
    JDK11_WORKAROUND("jdk11-workaround", false),
    /** The name of an extension that is not here. */
    QUIC_USE_LEGACY_CODEPOINT("quic-use-legacy-codepoint", true),
    /** Each resumption gives a new ticket. */
    RENEW_TICKET("renew-ticket", false),
    /** Calls that must change nothing; the engine has no such call. */
    NO_OP_EXTRA_HANDSHAKE("no-op-extra-handshake", false),
    HANDSHAKE_TWICE("handshake-twice", false),
    /** Sessions on the server: the server keeps none. */
    EXPECT_NO_SESSION_ID("expect-no-session-id", false),
    EXPECT_TICKET_RENEWAL("expect-ticket-renewal", false),
    /** The server's preference is always its own. */
    SERVER_PREFERENCE("server-preference", false),
    /** The preference on a machine without instructions for AES. */
    EXPECT_CIPHER_NO_AES("expect-cipher-no-aes", true),
    /** Properties that every connection of TLS 1.3 has. */
    EXPECT_EXTENDED_MASTER_SECRET("expect-extended-master-secret", false),
    EXPECT_SECURE_RENEGOTIATION("expect-secure-renegotiation", false),
    USE_EXPORT_CONTEXT("use-export-context", false),
    /** What TLS 1.3 no longer has, or never had. */
    SRTP_PROFILES("srtp-profiles", true),
    ADVERTISE_NPN("advertise-npn", true),
    SELECT_NEXT_PROTO("select-next-proto", true),
    EXPECT_NO_NEXT_PROTO("expect-no-next-proto", false),
    FALSE_START("false-start", false),
    CBC_RECORD_SPLITTING("cbc-record-splitting", false),
    NO_LEGACY_SERVER_CONNECT("no-legacy-server-connect", false),
    RENEGOTIATE_FREELY("renegotiate-freely", false),
    RENEGOTIATE_IGNORE("renegotiate-ignore", false),
    RENEGOTIATE_ONCE("renegotiate-once", false),
    RENEGOTIATE_EXPLICIT("renegotiate-explicit", false);

    private static final Map<String, Flag> BY_NAME = byName();

    private final String text;
    private final boolean takesValue;

    Flag(String text, boolean takesValue) {
        this.text = text;
        this.takesValue = takesValue;
    }

    /** The flag called {@code text}, or null. */
    static @Nullable Flag find(String text) {
        return BY_NAME.get(text);
    }

    /** Whether the next argument belongs to it. */
    boolean takesValue() {
        return takesValue;
    }

    /** As the runner writes it. */
    @Override
    public String toString() {
        return "-" + text;
    }

    private static Map<String, Flag> byName() {
        Map<String, Flag> flags = new TreeMap<>();
        for (Flag flag : values()) {
            flags.put(flag.text, flag);
        }
        return flags;
    }
}
