package dev.akushu.tls;

/** Why an engine does not go on by itself. The same for every adapter. */
public enum Pause {
    /** More bytes from the peer. */
    NEED_INPUT,
    /** Room in the buffer that takes the output. */
    NEED_SPACE,
    /** A signature by the own private key. */
    NEED_SIGNATURE,
    /** The verdict about the peer's signature and certificates. */
    NEED_VERDICT
}
