package dev.akushu.tls;

/**
 * What became of early data (RFC 9846 section 2.3) on a connection, and why. Each end says what it knows: a client does not learn a server's reasons.
 */
public enum EarlyDataOutcome {
    /** The client offered none: nobody asked it to. */
    NOT_OFFERED,
    /** The server takes it. */
    ACCEPTED,

    /** The client had no ticket for this server, and no external key to use in its place, so it offered none. */
    NO_TICKET,
    /** The client's trust no longer accepts what the server had shown in the session, so its ticket was not offered: see {@link TlsClient.Builder#verifyBeforeResuming}. */
    SERVER_NO_LONGER_TRUSTED,
    /** The ticket is not good for early data: its server did not say so when it issued it. */
    TICKET_WITHOUT_EARLY_DATA,
    /** The first external key on offer was not agreed to be good for early data, or for a suite that is not on offer with it. */
    KEY_WITHOUT_EARLY_DATA,
    /** It is too early or too late for early data with the external key: its {@link EarlyDataTerms} say when. */
    OUTSIDE_KEY_TERMS,
    /** There is more to send than the ticket or the external key allows, so the client offered none. */
    TOO_LONG_FOR_TICKET,
    /** There is more to send than one key may protect, so the client offered none: early data has no KeyUpdate. */
    TOO_LONG_FOR_KEY,
    /** The ticket's session was for another server name, so the client offered none. */
    OTHER_SERVER_NAME,
    /** The ticket's session, or the external key, is for another application protocol than that of the data or this connection. RFC 9846 section 4.3.10. */
    OTHER_APPLICATION_PROTOCOL,
    /** The ticket's session used another suite than this one, or the external key is for another. RFC 9846 section 4.3.10. */
    OTHER_SUITE,

    /** The server asked for another ClientHello, which refuses early data. RFC 9846 section 4.2.4. */
    RETRY,
    /** The ticket or key that came first was not taken, and without its secret early data cannot be read; for a ticket {@link TlsSession#notResumed} says why. */
    SESSION_NOT_RESUMED,
    /** The server took the ticket or key and did not take the early data; only the server knows why. */
    REFUSED_BY_SERVER,

    /** This server takes no early data. */
    TURNED_OFF,
    /** The server took another ticket or key than the first on offer, and early data belongs to the first. RFC 9846 section 4.3.10. */
    NOT_FIRST_TICKET,
    /** The ticket or key allows the client more early data than this server takes. */
    TICKET_ALLOWS_MORE,
    /** The age that the client states is too far from the ticket's: this ClientHello is not fresh. RFC 9846 section 8.3. */
    AGE_MISMATCH,
    /** The same ClientHello came before: somebody replays it. RFC 9846 section 8.2. */
    REPLAYED,
    /** The {@link ReplayGuard} could not tell whether the same ClientHello came before. */
    REPLAY_UNKNOWN
}
