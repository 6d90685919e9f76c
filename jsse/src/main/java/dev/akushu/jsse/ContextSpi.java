package dev.akushu.jsse;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** An SSLContext; all it makes shares one {@link Context}. */
class ContextSpi extends SSLContextSpi {
    private volatile @Nullable Context context;

    /** A context to be initialized by its user. */
    ContextSpi() {}

    /** A context that is ready for use. */
    ContextSpi(Context context) {
        this.context = context;
    }

    @Override
    protected void engineInit(
            KeyManager @Nullable [] keyManagers, TrustManager @Nullable [] trustManagers, @Nullable SecureRandom random)
            throws KeyManagementException {
        context = Context.of(Managers.of(keyManagers, trustManagers), random);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return new ClientSocketFactory(context());
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return new ServerSocketFactoryOfContext(context());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return new AkushuEngine(context());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(@Nullable String host, int port) {
        return new AkushuEngine(context(), host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return context().serverSessions();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return context().clientSessions();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return new Settings(context()).parameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        SSLParameters supported = new Settings(context()).parameters();
        supported.setCipherSuites(Settings.supportedSuites(context()));
        return supported;
    }

    private Context context() {
        Context initialized = context;
        if (initialized == null) {
            throw new IllegalStateException("SSLContext is not initialized");
        }
        return initialized;
    }
}
