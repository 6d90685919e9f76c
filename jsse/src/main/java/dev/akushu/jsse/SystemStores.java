package dev.akushu.jsse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The key and trust managers that the JVM's {@code javax.net.ssl} properties describe, made by the JDK. */
final class SystemStores {
    private SystemStores() {}

    /** The default trust managers: {@code javax.net.ssl.trustStore}, or {@code jssecacerts}, or {@code cacerts}. */
    static TrustManager[] trustManagers() throws KeyManagementException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException unusable) {
            throw new KeyManagementException("the default trust store cannot be used", unusable);
        }
    }

    /** The key managers of {@code javax.net.ssl.keyStore}; of an empty store if that is not set. */
    static KeyManager[] keyManagers() throws KeyManagementException {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            char[] password = property("javax.net.ssl.keyStorePassword").toCharArray();
            factory.init(keyStore(password), password.length == 0 ? null : password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException unusable) {
            throw new KeyManagementException("the key store of javax.net.ssl.keyStore cannot be used", unusable);
        }
    }

    /** How texts call the default trust store: the file that the JDK takes, in its order. */
    static String trustStoreName() {
        String file = property("javax.net.ssl.trustStore");
        if (!file.isEmpty()) {
            return file;
        }
        Path folder = Path.of(property("java.home"), "lib", "security");
        Path special = folder.resolve("jssecacerts");
        return (Files.exists(special) ? special : folder.resolve("cacerts")).toString();
    }

    private static @Nullable KeyStore keyStore(char[] password) throws GeneralSecurityException, IOException {
        String file = property("javax.net.ssl.keyStore");
        if (file.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        char[] given = password.length == 0 ? null : password;
        // NONE stands for a token, which is no file.
        if (file.equals("NONE")) {
            store.load(null, given);
            return store;
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            store.load(in, given);
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        String type = property("javax.net.ssl.keyStoreType");
        String provider = property("javax.net.ssl.keyStoreProvider");
        String kind = type.isEmpty() ? KeyStore.getDefaultType() : type;
        return provider.isEmpty() ? KeyStore.getInstance(kind) : KeyStore.getInstance(kind, provider);
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }
}
