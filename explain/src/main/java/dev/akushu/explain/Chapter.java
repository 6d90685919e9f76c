package dev.akushu.explain;

/** The parts of a connection's story, in the order of RFC 9846 section 2. */
public enum Chapter {
    /** ClientHello to ServerHello: both ends come to the same secret. */
    KEY_EXCHANGE,
    /** EncryptedExtensions to Finished: who the server is, and the client if it is asked. */
    AUTHENTICATION,
    /** What the server hands out for the next connection. */
    TICKETS,
    /** What the connection is for. */
    APPLICATION_DATA,
    /** How the connection ends. */
    CLOSING
}
