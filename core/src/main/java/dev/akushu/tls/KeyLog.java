package dev.akushu.tls;

/**
 * Receives the secrets of connections for tools such as Wireshark (RFC 9850). Whoever holds them can read the connection: off unless a configuration names one. Called on the
 * thread of the handshake; safe for use by many threads.
 */
@FunctionalInterface
public interface KeyLog {
    /** One line of an SSLKEYLOGFILE, without its line end: label, client random and secret, both in hexadecimal. */
    void line(String line);
}
