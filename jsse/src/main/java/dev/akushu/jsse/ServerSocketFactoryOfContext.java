package dev.akushu.jsse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Server sockets of one SSLContext. */
final class ServerSocketFactoryOfContext extends SSLServerSocketFactory {
    private static final int DEFAULT_BACKLOG = 50;

    private final Context context;

    ServerSocketFactoryOfContext(Context context) {
        this.context = context;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return new Settings(context).listedSuites(false);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return new Settings(context).listedSupportedSuites();
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new AkushuServerSocket(context);
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, DEFAULT_BACKLOG, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address) throws IOException {
        AkushuServerSocket socket = new AkushuServerSocket(context);
        try {
            socket.bind(new InetSocketAddress(address, port), backlog);
            return socket;
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }
}
