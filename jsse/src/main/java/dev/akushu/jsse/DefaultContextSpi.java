package dev.akushu.jsse;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The context that needs no initialization: key and trust store by the JVM's {@code javax.net.ssl} properties. */
final class DefaultContextSpi extends ContextSpi {
    DefaultContextSpi() {
        super(Context.ofSystem());
    }

    @Override
    protected void engineInit(
            KeyManager @Nullable [] keyManagers, TrustManager @Nullable [] trustManagers, @Nullable SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("the default SSLContext is initialized already");
    }
}
