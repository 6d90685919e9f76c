package dev.akushu.tls;

/** Why a session is a full handshake and not a resumption. */
public enum NotResumed {
    /** The client had no ticket for this server, or the policy offers none. */
    NO_TICKET,
    /** The client's trust no longer accepts what the server had shown in the session, so its ticket was not offered: see {@link TlsClient.Builder#verifyBeforeResuming}. */
    SERVER_NO_LONGER_TRUSTED,
    /** The client's ticket had passed its lifetime. */
    TICKET_TOO_OLD,
    /** The client offered a ticket and the server did not take it; only the server knows why. */
    REFUSED_BY_SERVER,
    /** The ticket was sealed with a key that this server does not have, or no longer. */
    UNKNOWN_TICKET_KEY,
    /** The ticket does not open: damaged, forged, or no ticket of this server. */
    TICKET_UNREADABLE,
    /** The age the client states does not fit the ticket. RFC 9846 section 8.3. */
    AGE_MISMATCH,
    /** The suite in use has another hash than the ticket's. */
    OTHER_HASH,
    /** The client now asks for another server name. */
    OTHER_SERVER_NAME,
    /** The application protocols on offer no longer hold the ticket's. */
    OTHER_APPLICATION_PROTOCOL,
    /** The server's policy or requirement of client certificates has changed since, or the client no longer takes what the server had shown. */
    OTHER_POLICY,
    /** The client offers no mode of psk_key_exchange_modes that the server uses: psk_dhe_ke, and psk_ke if its policy says so. */
    NO_COMMON_PSK_MODE,
    /** The certificate of the original session has expired, or the original authentication is too long ago. */
    AUTHENTICATION_TOO_OLD,
    /** The server's application refuses to resume this session: it has been ended, for instance. */
    REFUSED_BY_APPLICATION,
    /** This server issues and accepts no tickets. */
    RESUMPTION_OFF
}
