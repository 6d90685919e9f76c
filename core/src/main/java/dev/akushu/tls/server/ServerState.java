package dev.akushu.tls.server;

import dev.akushu.tls.engine.State;

/** A server's state. The classes mirror the client's, in the same order. */
sealed interface ServerState extends State
        permits ExpectClientHello,
                ExpectSecondClientHello,
                ExpectCookie,
                ExpectEndOfEarlyData,
                ExpectCertificate,
                ExpectCertificateVerify,
                ExpectFinished,
                ServerConnected,
                ExpectLateCertificateVerify,
                ExpectLateFinished {
    @Override
    ServerStep step();
}
