package dev.akushu.jsse;

import dev.akushu.tls.ClientAuthentication;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/** Listens; what is set on it holds for every socket that it accepts, from then on. */
final class AkushuServerSocket extends SSLServerSocket {
    private final ReentrantLock lock = new ReentrantLock();
    private final Context context;
    private final Settings settings;
    private boolean clientMode;

    AkushuServerSocket(Context context) throws IOException {
        this.context = context;
        this.settings = new Settings(context);
    }

    /** The next connection; its handshake begins with the first read or write, so one client cannot hold up others. */
    @Override
    public Socket accept() throws IOException {
        Socket accepted = super.accept();
        lock.lock();
        try {
            InputStream nothing = InputStream.nullInputStream();
            AkushuSocket socket = AkushuSocket.server(context, settings.copy(), accepted, nothing, true);
            socket.setUseClientMode(clientMode);
            return socket;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return locked(() -> settings.listedSuites(clientMode));
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        change(() -> settings.suites(suites));
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return settings.listedSupportedSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return settings.listedSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return locked(() -> settings.protocols(clientMode));
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        change(() -> settings.protocols(protocols));
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

    /** Clients may accept connections too, as in active FTP. */
    @Override
    public void setUseClientMode(boolean client) {
        change(() -> clientMode = client);
    }

    @Override
    public boolean getUseClientMode() {
        return locked(() -> clientMode);
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
        return locked(() -> settings.parameters(clientMode));
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        change(() -> settings.apply(parameters));
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
