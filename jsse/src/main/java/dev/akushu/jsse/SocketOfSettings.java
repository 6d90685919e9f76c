package dev.akushu.jsse;

import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Role;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** What can be set on a socket and asked of it, apart from passing bytes; as {@link EngineOfSettings} is for engines. */
abstract class SocketOfSettings extends SocketOverTransport {
    private final ReentrantLock lock = new ReentrantLock();
    private final Settings settings;
    private Role role;
    private @Nullable BiFunction<SSLSocket, List<String>, String> protocolSelector;

    SocketOfSettings(Socket transport, Settings settings, Role role) {
        super(transport);
        this.settings = settings;
        this.role = role;
    }

    /** What is said on the socket, once the handshake has begun. */
    abstract @Nullable Conversation conversation();

    final ReentrantLock settingsLock() {
        return lock;
    }

    final Settings settings() {
        return settings;
    }

    final Role role() {
        return role;
    }

    final @Nullable BiFunction<SSLSocket, List<String>, String> protocolSelector() {
        return protocolSelector;
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
    public @Nullable SSLSession getHandshakeSession() {
        Conversation begun = conversation();
        return begun == null ? null : begun.handshakeSession();
    }

    @Override
    public void setUseClientMode(boolean client) {
        change(() -> {
            if (conversation() != null) {
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
        Conversation begun = conversation();
        return begun == null ? null : begun.applicationProtocol();
    }

    @Override
    public @Nullable String getHandshakeApplicationProtocol() {
        Conversation begun = conversation();
        return begun == null ? null : begun.handshakeApplicationProtocol();
    }

    @Override
    public void setHandshakeApplicationProtocolSelector(
            @Nullable BiFunction<SSLSocket, List<String>, String> selector) {
        change(() -> protocolSelector = selector);
    }

    @Override
    public @Nullable BiFunction<SSLSocket, List<String>, String> getHandshakeApplicationProtocolSelector() {
        lock.lock();
        try {
            return protocolSelector;
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
