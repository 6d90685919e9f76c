package dev.akushu.tls.server;

import dev.akushu.tls.engine.Step;

/** What a server waits for. RFC 9846 appendix A.2. */
public enum ServerStep implements Step {
    /** The client's offer. */
    EXPECT_CLIENT_HELLO,
    /** The client's offer again, with the key share that was asked for. */
    EXPECT_SECOND_CLIENT_HELLO,
    /** Early data, and the message that ends it. */
    EXPECT_END_OF_EARLY_DATA,
    /** The client's certificate, which may be empty. */
    EXPECT_CERTIFICATE,
    /** The proof of the certificate's key. */
    EXPECT_CERTIFICATE_VERIFY,
    /** The client's Finished. */
    EXPECT_FINISHED,
    /** Application data, and messages after the handshake. */
    CONNECTED,
    /** The proof of the key of a certificate that was asked for after the handshake. */
    EXPECT_LATE_CERTIFICATE_VERIFY,
    /** The end of an answer to a request after the handshake. */
    EXPECT_LATE_FINISHED
}
