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
        OlderClients older = OlderClients.ofProperty(keyManagers, trustManagers, random);
        context = Context.of(Managers.of(keyManagers, trustManagers), random, older);
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
        return engine(new AkushuEngine(context()));
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(@Nullable String host, int port) {
        return engine(new AkushuEngine(context(), host, port));
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return context().allServerSessions();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return context().clientSessions();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return new Settings(context()).parameters(false);
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        Settings settings = new Settings(context());
        SSLParameters supported = settings.parameters(false);
        supported.setProtocols(settings.listedSupportedProtocols());
        supported.setCipherSuites(settings.listedSupportedSuites());
        return supported;
    }

    private SSLEngine engine(AkushuEngine own) {
        OlderClients older = context().olderClients();
        return older == null ? own : new HandOverEngine(own, older);
    }

    private Context context() {
        Context initialized = context;
        if (initialized == null) {
            throw new IllegalStateException("SSLContext is not initialized");
        }
        return initialized;
    }
}
