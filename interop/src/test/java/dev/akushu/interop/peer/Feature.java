package dev.akushu.interop.peer;

/** What only some peers can do, or can be told to do. */
public enum Feature {
    CLIENT,
    SERVER,
    /** As a client it resumes with the ticket of its first connection. */
    CLIENT_RESUMES,
    /** As a server it issues tickets and takes them back. */
    SERVER_RESUMES,
    /** As a client it can be told its groups; the first one gets the key share. */
    CLIENT_CHOOSES_GROUPS,
    SERVER_CHOOSES_GROUPS,
    CLIENT_CHOOSES_SUITES,
    SERVER_CHOOSES_SUITES,
    CLIENT_HAS_CERTIFICATE,
    SERVER_ASKS_CERTIFICATE,
    CLIENT_ALPN,
    SERVER_ALPN,
    CLIENT_SENDS_KEY_UPDATE,
    SERVER_SENDS_KEY_UPDATE,
    CLIENT_KEY_LOG,
    SERVER_KEY_LOG,
    /** A server that is told its groups takes EC certificates on those curves only: give it an RSA certificate. */
    SERVER_GROUPS_BIND_EC_CERTIFICATES,
    /**
     * It drops leading zeros of the secrets of finite field groups, as TLS 1.2 had it, where RFC 9846 section 7.4.1 keeps them:
     * one handshake in 256 must fail.
     */
    TRIMS_FINITE_FIELD_SECRETS,
    /**
     * As a client it breaks off at a HelloRetryRequest that brings a cookie and asks for no group, though RFC 9846 section 4.2.4
     * has such.
     */
    WANTS_A_GROUP_IN_A_RETRY,
    /** It knows record_size_limit, RFC 8449. */
    RECORD_SIZE_LIMIT,
    /** It compresses its certificate by zlib for who can unpack it, and unpacks ours. RFC 8879. */
    CERTIFICATES_BY_ZLIB,
    /** The same by brotli. */
    CERTIFICATES_BY_BROTLI,
    /** The same by zstd. */
    CERTIFICATES_BY_ZSTD,
    /** As a server it sends the OCSP response that it is given. StaplingTest has the rest. */
    SERVER_STAPLES,
    /** As a client it asks for the OCSP response of the server, and gives it to its caller as it came. */
    CLIENT_TELLS_STAPLED,
    /** As a client it speaks HTTP only, so the server under test must answer a GET and close. */
    CLIENT_SPEAKS_HTTP_ONLY
}
