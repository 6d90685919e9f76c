package dev.akushu.jsse;

import java.net.Socket;
import java.security.Principal;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The engine or the socket that a connection belongs to: JSSE's managers have methods for either and look at what they
 * are given.
 *
 * @param engine or null if it is a socket
 * @param socket or null if it is an engine
 */
record Owner(@Nullable SSLEngine engine, @Nullable SSLSocket socket) {
    static Owner of(SSLEngine engine) {
        return new Owner(engine, null);
    }

    static Owner of(SSLSocket socket) {
        return new Owner(null, socket);
    }

    /** The alias of the server's key of that type, or null. */
    @Nullable String serverAlias(X509KeyManager keys, String keyType, Principal @Nullable [] issuers) {
        if (engine != null && keys instanceof X509ExtendedKeyManager extended) {
            return extended.chooseEngineServerAlias(keyType, issuers, engine);
        }
        return keys.chooseServerAlias(keyType, issuers, socket);
    }

    /** The alias of the client's key of one of those types, or null. */
    @Nullable String clientAlias(X509KeyManager keys, String[] keyTypes, Principal @Nullable [] issuers) {
        if (engine != null && keys instanceof X509ExtendedKeyManager extended) {
            return extended.chooseEngineClientAlias(keyTypes, issuers, engine);
        }
        return keys.chooseClientAlias(keyTypes, issuers, socket);
    }

    /** The session of the handshake that is under way. */
    ExtendedSSLSession handshakeSession() {
        SSLSession session = engine != null
                ? engine.getHandshakeSession()
                : Objects.requireNonNull(socket, "an engine or a socket").getHandshakeSession();
        return (ExtendedSSLSession) session;
    }

    /** Whether {@code trust} is given the engine or the socket, and checks host names and algorithms by itself. */
    static boolean seesConnection(X509TrustManager trust) {
        return trust instanceof X509ExtendedTrustManager;
    }

    void checkServer(X509TrustManager trust, X509Certificate[] chain, String authType) throws CertificateException {
        if (!(trust instanceof X509ExtendedTrustManager extended)) {
            trust.checkServerTrusted(chain, authType);
        } else if (engine != null) {
            extended.checkServerTrusted(chain, authType, engine);
        } else {
            extended.checkServerTrusted(chain, authType, (Socket) socket);
        }
    }

    void checkClient(X509TrustManager trust, X509Certificate[] chain, String authType) throws CertificateException {
        if (!(trust instanceof X509ExtendedTrustManager extended)) {
            trust.checkClientTrusted(chain, authType);
        } else if (engine != null) {
            extended.checkClientTrusted(chain, authType, engine);
        } else {
            extended.checkClientTrusted(chain, authType, (Socket) socket);
        }
    }
}
