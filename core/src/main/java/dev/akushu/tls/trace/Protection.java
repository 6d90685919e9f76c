package dev.akushu.tls.trace;

/** Which keys protect what is on the wire. RFC 9846 section 2. */
public enum Protection {
    /** Nothing: everybody on the path can read it. */
    CLEAR,
    /** Keys from the early traffic secret: early data, replayable. */
    EARLY,
    /** Keys from a handshake traffic secret. */
    HANDSHAKE,
    /** Keys from an application traffic secret. */
    APPLICATION
}
