package dev.akushu.jsse;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** SSLContexts of either provider for tests. */
final class Contexts {
    static final String[] EC = {"EC"};

    private static final Pki PKI = pki();

    private Contexts() {}

    static Pki shared() {
        return PKI;
    }

    /** A context of Akushu with keys for localhost and trust in the shared root. */
    static SSLContext akushu() throws Exception {
        return akushu(PKI.keyManagers(EC, "localhost", "127.0.0.1"), PKI.trustManagers());
    }

    static SSLContext akushu(KeyManager[] keys, TrustManager[] trust) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", new AkushuProvider());
        context.init(keys, trust, null);
        return context;
    }

    /** The same of the JDK's own provider. */
    static SSLContext sun() throws Exception {
        return sun(PKI.keyManagers(EC, "localhost", "127.0.0.1"), PKI.trustManagers());
    }

    static SSLContext sun(KeyManager[] keys, TrustManager[] trust) throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3", "SunJSSE");
        context.init(keys, trust, null);
        return context;
    }

    private static Pki pki() {
        try {
            return new Pki("Shared");
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
