package dev.akushu.programs;

import dev.akushu.jsse.AkushuProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** SSLContexts as programs make them. */
final class Contexts {
    /** One instance for all, as in a JVM that registers it. */
    static final Provider AKUSHU = new AkushuProvider();

    private Contexts() {}

    /** A context of Akushu with the keys of {@code identity}, if any, and {@code trust}. */
    static SSLContext akushu(Pki.@Nullable Identity identity, TrustManager trust) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", AKUSHU);
        context.init(keyManagers(identity), new TrustManager[] {trust}, null);
        return context;
    }

    /** A context of Akushu that trusts the shared root and has no key. */
    static SSLContext client() throws Exception {
        return akushu(null, trust());
    }

    /** A context of Akushu with keys for localhost, which trusts the shared root's clients. */
    static SSLContext server() throws Exception {
        return akushu(Pki.SHARED.server(), trust());
    }

    /** A new count of trust in the shared root. */
    static CountingTrust trust() throws Exception {
        return new CountingTrust(Pki.SHARED.trustStore());
    }

    static KeyManager[] keyManagers(Pki.@Nullable Identity identity) throws Exception {
        return identity == null
                ? new KeyManager[0]
                : factory(identity.keyStore("key")).getKeyManagers();
    }

    /** A factory initialised with {@code keys}. */
    static KeyManagerFactory factory(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, Pki.PASSWORD.toCharArray());
        return factory;
    }
}
