package dev.akushu.tls;

/** Whether a server asks for the client's certificate. RFC 9846 section 4.4.2. */
public enum ClientAuthentication {
    /** It does not ask. */
    NONE,
    /** It asks; a client without one is let in, and the session says so. */
    WANTED,
    /** It asks; a client without one is refused with certificate_required. */
    REQUIRED
}
