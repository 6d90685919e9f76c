package dev.akushu.tls.trace;

/** The secrets of the key schedule. RFC 9846 section 7.1. */
public enum SecretName {
    /** From the pre-shared key, or from zeros. */
    EARLY_SECRET,
    /** Proves possession of a pre-shared key. */
    BINDER_KEY,
    /** Protects early data. */
    CLIENT_EARLY_TRAFFIC_SECRET,
    /** For exporters before the handshake is done. */
    EARLY_EXPORTER_SECRET,
    /** From the early secret and the key exchange. */
    HANDSHAKE_SECRET,
    /** Protects the client's handshake messages. */
    CLIENT_HANDSHAKE_TRAFFIC_SECRET,
    /** Protects the server's handshake messages. */
    SERVER_HANDSHAKE_TRAFFIC_SECRET,
    /** From the handshake secret. */
    MAIN_SECRET,
    /** Protects the client's application data. */
    CLIENT_APPLICATION_TRAFFIC_SECRET,
    /** Protects the server's application data. */
    SERVER_APPLICATION_TRAFFIC_SECRET,
    /** For exporters. */
    EXPORTER_SECRET,
    /** From which the pre-shared keys of tickets come. */
    RESUMPTION_SECRET
}
