package dev.akushu.jsse;

import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What can be set on an engine and asked of it, apart from passing bytes. One lock guards all of it. */
abstract class EngineOfSettings extends SSLEngine {
    private final ReentrantLock lock = new ReentrantLock();
    private final Context context;
    private final Settings settings;
    private final Session noSession;
    private @Nullable Role role;
    private @Nullable BiFunction<SSLEngine, List<String>, String> protocolSelector;
    private volatile @Nullable Endpoint endpoint;

    EngineOfSettings(Context context, @Nullable String host, int port) {
        super(host, port);
        this.context = context;
        this.settings = new Settings(context);
        this.settings.impliedServerNames(ServerNames.implied(host));
        this.noSession = Endpoint.noSession(context, host, port);
    }

    final ReentrantLock lock() {
        return lock;
    }

    /** Unlocks, and does what had to wait for that. */
    abstract void leave();

    final Settings settings() {
        return settings;
    }

    /** The connection, once the handshake has begun. */
    final @Nullable Endpoint endpoint() {
        return endpoint;
    }

    /** The session while there is no other. */
    final Session noSession() {
        return noSession;
    }

    /** The connection, which begins now if it has not; the lock is held. */
    final Endpoint open() throws TlsException, SSLException {
        Endpoint opened = endpoint;
        if (opened != null) {
            return opened;
        }
        if (role == null) {
            throw new IllegalStateException("client or server: setUseClientMode has not been called");
        }
        BiFunction<SSLEngine, List<String>, String> selector = protocolSelector;
        Endpoint made = new Endpoint(
                context,
                Owner.of(this),
                role,
                settings.copy(),
                ServerNames.host(getPeerHost()),
                getPeerPort(),
                selector == null ? null : offered -> selector.apply(this, offered));
        endpoint = made;
        return made;
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return settings.listedSupportedSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return locked(() -> settings.listedSuites(role == Role.CLIENT));
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        change(() -> settings.suites(suites));
    }

    @Override
    public String[] getSupportedProtocols() {
        return settings.listedSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return locked(() -> settings.protocols(role == Role.CLIENT));
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        change(() -> settings.protocols(protocols));
    }

    @Override
    public SSLSession getSession() {
        Endpoint opened = endpoint;
        Session session = opened == null ? null : opened.session();
        return session == null ? noSession : session;
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
        Endpoint opened = endpoint;
        return opened == null ? null : opened.handshakeSession();
    }

    @Override
    public void setUseClientMode(boolean client) {
        change(() -> {
            if (endpoint != null) {
                throw new IllegalArgumentException("the handshake has begun, so the mode cannot change");
            }
            role = client ? Role.CLIENT : Role.SERVER;
        });
    }

    @Override
    public boolean getUseClientMode() {
        return locked(() -> role == Role.CLIENT);
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        change(() -> settings.clientAuthentication(need, false));
    }

    @Override
    public boolean getNeedClientAuth() {
        return locked(() -> settings.clientAuthentication() == ClientAuthentication.REQUIRED);
    }

    @Override
    public void setWantClientAuth(boolean want) {
        change(() -> settings.clientAuthentication(false, want));
    }

    @Override
    public boolean getWantClientAuth() {
        return locked(() -> settings.clientAuthentication() == ClientAuthentication.WANTED);
    }

    @Override
    public void setEnableSessionCreation(boolean allowed) {
        change(() -> settings.sessionCreation(allowed));
    }

    @Override
    public boolean getEnableSessionCreation() {
        return locked(settings::sessionCreation);
    }

    @Override
    public SSLParameters getSSLParameters() {
        return locked(() -> settings.parameters(role));
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        change(() -> settings.apply(parameters));
    }

    @Override
    public @Nullable String getApplicationProtocol() {
        Endpoint opened = endpoint;
        return opened == null ? null : opened.applicationProtocol();
    }

    @Override
    public @Nullable String getHandshakeApplicationProtocol() {
        Endpoint opened = endpoint;
        return opened == null ? null : opened.handshakeApplicationProtocol();
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(
            @Nullable BiFunction<SSLEngine, List<String>, String> selector) {
        change(() -> protocolSelector = selector);
    }

    @Override
    public @Nullable BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        lock.lock();
        try {
            return protocolSelector;
        } finally {
            leave();
        }
    }

    private <T> T locked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            leave();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            leave();
        }
    }
}
