package dev.akushu.tls.server;

import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.engine.Output;
import dev.akushu.tls.engine.Received;
import dev.akushu.tls.engine.State;
import dev.akushu.tls.wire.ClientHello;
import dev.akushu.tls.wire.Cookie;

/** The server has sent a cookie and forgotten the client; the second ClientHello must bring it back. RFC 9846 section 4.3.2. */
final class ExpectCookie implements ServerState {
    private final TlsServer config;

    ExpectCookie(TlsServer config) {
        this.config = config;
    }

    @Override
    public ServerStep step() {
        return ServerStep.EXPECT_SECOND_CLIENT_HELLO;
    }

    @Override
    public State on(Received received, Output out) throws TlsException {
        ClientHello hello = received.as(ClientHello.class);
        Cookie cookie = hello.extensions().find(Cookie.class);
        if (cookie == null) {
            throw Problem.MISSING_EXTENSION.with(ExtensionType.COOKIE, "ClientHello");
        }
        return StatelessRetry.resume(config, cookie, received, step(), out);
    }
}
