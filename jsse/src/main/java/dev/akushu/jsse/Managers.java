package dev.akushu.jsse;

import java.security.KeyManagementException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Who chooses identities and who decides about peers, as an SSLContext is given them.
 *
 * @param keys or null if there are none
 * @param trust decides about peers
 * @param trustStore how texts call what {@code trust} looks into
 */
record Managers(@Nullable X509KeyManager keys, X509TrustManager trust, String trustStore) {
    /**
     * The first X.509 manager of each kind; null for the trust managers means the JDK's default ones.
     *
     * @throws KeyManagementException if the default trust store cannot be used
     */
    static Managers of(KeyManager @Nullable [] keyManagers, TrustManager @Nullable [] trustManagers)
            throws KeyManagementException {
        if (trustManagers == null) {
            X509TrustManager system = trust(SystemStores.trustManagers());
            return new Managers(keys(keyManagers), system, SystemStores.trustStoreName());
        }
        X509TrustManager trust = trust(trustManagers);
        // Nothing else is known of where it looks; a class name is the same in every language.
        return new Managers(keys(keyManagers), trust, trust.getClass().getName());
    }

    private static @Nullable X509KeyManager keys(KeyManager @Nullable [] managers) {
        if (managers == null) {
            return null;
        }
        for (KeyManager manager : managers) {
            if (manager instanceof X509KeyManager x509) {
                return x509;
            }
        }
        return null;
    }

    private static X509TrustManager trust(TrustManager[] managers) {
        for (TrustManager manager : managers) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        return NobodyTrusted.INSTANCE;
    }
}
