package dev.akushu.lab.stage;

/** What can be watched. */
public enum Scenario {
    /** A full handshake, a request and its answer. */
    FULL,
    /** A full handshake that brings a ticket, and one that resumes with it. */
    RESUMPTION,
    /** The same, with the request sent in the first flight of the second connection. */
    EARLY_DATA,
    /** Both ends know a key by other means than TLS, and need no certificate. */
    EXTERNAL_PSK,
    /** The client guesses a group that the server does not take. */
    RETRY,
    /** The server asks for a certificate and the client has one. */
    CLIENT_CERTIFICATE,
    /** Both ends change their keys between two requests. */
    KEY_UPDATE,
    /** A server somewhere else, of which only what the client sees is told. */
    REMOTE;

    /** Whether a ticket of a first connection is used by a second. */
    boolean resumes() {
        return this == RESUMPTION || this == EARLY_DATA;
    }
}
