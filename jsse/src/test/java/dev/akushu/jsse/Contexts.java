package dev.akushu.jsse;

import dev.akushu.tls.Identity;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

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
        return sun("TLSv1.3", keys, trust);
    }

    /** As {@link #sun()}, by the name of a protocol. */
    static SSLContext sun(String protocol) throws Exception {
        return sun(protocol, PKI.keyManagers(EC, "localhost", "127.0.0.1"), PKI.trustManagers());
    }

    /** A client or server of the JDK that does not know TLS 1.3. */
    static SSLContext sunWithTls12Only() throws Exception {
        return sun("TLSv1.2");
    }

    static SSLContext sunWithTls12Only(KeyManager @Nullable [] keys, TrustManager[] trust) throws Exception {
        return sun("TLSv1.2", keys, trust);
    }

    /** A context of Akushu that hands clients without TLS 1.3 over to the JDK. */
    static SSLContext handingOver() throws Exception {
        return AkushuContext.builder()
                .managers(PKI.keyManagers(EC, "localhost", "127.0.0.1"), PKI.trustManagers())
                .olderClients(sun("TLS"))
                .build();
    }

    /** An identity of the core for localhost, issued under the shared root. */
    static Identity identity() throws Exception {
        X509KeyManager keys = (X509KeyManager) PKI.keyManagers(EC, "localhost", "127.0.0.1")[0];
        String alias = keys.getServerAliases("EC", null)[0];
        return Identity.of(List.of(keys.getCertificateChain(alias)), keys.getPrivateKey(alias), Crypto.jdk());
    }

    /** The core's trust in the shared root. */
    static Trust trust() throws Exception {
        return Trust.anchors(List.of(PKI.root()), "shared root");
    }

    static SSLContext sun(String protocol, KeyManager @Nullable [] keys, TrustManager[] trust) throws Exception {
        SSLContext context = SSLContext.getInstance(protocol, "SunJSSE");
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
