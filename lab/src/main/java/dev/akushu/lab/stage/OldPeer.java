package dev.akushu.lab.stage;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** The JDK's own TLS with nothing newer than TLS 1.2: a real old peer. It has no certificate, and gets nowhere near needing one. */
final class OldPeer {
    private OldPeer() {}

    static Stage.Part server() {
        return socket -> shakeHands(socket, false);
    }

    static Stage.Part client() {
        return socket -> shakeHands(socket, true);
    }

    private static void shakeHands(Socket socket, boolean client) throws IOException {
        try {
            SSLSocket old = (SSLSocket) context().getSocketFactory().createSocket(socket, Cast.SERVER_NAME, 0, false);
            old.setUseClientMode(client);
            old.setEnabledProtocols(new String[] {"TLSv1.2"});
            old.setSoTimeout(Patience.MILLIS);
            old.startHandshake();
            throw new IllegalStateException("an old peer shook hands by " + old.getSession());
        } catch (SSLException refused) {
            // As it must be; the other end tells why.
            return;
        } finally {
            Ending.leave(socket);
        }
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
            context.init(null, null, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK 25 has SunJSSE", missing);
        }
    }
}
