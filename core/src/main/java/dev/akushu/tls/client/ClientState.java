package dev.akushu.tls.client;

import dev.akushu.tls.engine.State;

/** A client's state. Read in this order, the classes tell the handshake of RFC 9846 section 2 as the client sees it. */
sealed interface ClientState extends State
        permits ExpectServerHello,
                ExpectSecondServerHello,
                ExpectEncryptedExtensions,
                ExpectCertificateOrRequest,
                ExpectCertificate,
                ExpectCertificateVerify,
                ExpectFinished,
                ClientConnected {
    @Override
    ClientStep step();
}
