package dev.akushu.programs;

import dev.akushu.jsse.AkushuSession;
import dev.akushu.tls.TlsSession;
import javax.net.ssl.SSLSession;

/** What the tests ask again and again. */
final class Facts {
    /** Another address of the loopback interface, which no certificate here names. */
    static final String OTHER_LOOPBACK = "127.0.0.2";

    private Facts() {}

    /** Akushu's own facts of a session, behind whatever wrapper a library has put around it. */
    static TlsSession of(SSLSession session) {
        return AkushuSession.of(session).orElseThrow().facts().orElseThrow();
    }
}
