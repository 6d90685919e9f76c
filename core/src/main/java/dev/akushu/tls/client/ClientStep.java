package dev.akushu.tls.client;

import dev.akushu.tls.engine.Step;

/** What a client waits for. RFC 9846 appendix A.1. */
public enum ClientStep implements Step {
    /** The answer to the first ClientHello. */
    EXPECT_SERVER_HELLO,
    /** The answer to the ClientHello after a retry. */
    EXPECT_SECOND_SERVER_HELLO,
    /** The first encrypted message. */
    EXPECT_ENCRYPTED_EXTENSIONS,
    /** The server's certificate, or first its wish for the client's. */
    EXPECT_CERTIFICATE_OR_REQUEST,
    /** The server's certificate, after its wish for the client's. */
    EXPECT_CERTIFICATE,
    /** The proof of the certificate's key. */
    EXPECT_CERTIFICATE_VERIFY,
    /** The server's Finished. */
    EXPECT_FINISHED,
    /** Application data, and messages after the handshake. */
    CONNECTED
}
