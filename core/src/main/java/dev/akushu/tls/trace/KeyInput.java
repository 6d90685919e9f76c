package dev.akushu.tls.trace;

/** What the key schedule is fed from outside. RFC 9846 section 7.1. */
public enum KeyInput {
    /** The pre-shared key: of a ticket, or an external one as it was imported. */
    PSK,
    /** The shared secret of the key exchange, (EC)DHE in the RFC's figure. */
    SHARED_SECRET
}
