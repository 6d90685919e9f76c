package dev.akushu.jsse;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Sockets of one SSLContext. */
final class ClientSocketFactory extends SSLSocketFactory {
    private final Context context;

    ClientSocketFactory(Context context) {
        this.context = context;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return Settings.supportedSuites(context);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return Settings.supportedSuites(context);
    }

    @Override
    public Socket createSocket() {
        return AkushuSocket.client(context, new Socket(), null, -1, true);
    }

    @Override
    public Socket createSocket(@Nullable String host, int port) throws IOException {
        return connected(named(host, port), null);
    }

    @Override
    public Socket createSocket(@Nullable String host, int port, @Nullable InetAddress localHost, int localPort)
            throws IOException {
        return connected(named(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(address, port), new InetSocketAddress(localAddress, localPort));
    }

    /** A client over a connected socket, through a proxy for instance. */
    @Override
    public Socket createSocket(Socket socket, @Nullable String host, int port, boolean autoClose) throws IOException {
        AkushuSocket.requireConnected(socket);
        return AkushuSocket.client(context, socket, host, port, autoClose);
    }

    /** A server over a socket of which somebody has read {@code consumed} already, to look at the ClientHello. */
    @Override
    public Socket createSocket(Socket socket, @Nullable InputStream consumed, boolean autoClose) throws IOException {
        AkushuSocket.requireConnected(socket);
        InputStream first = consumed == null ? InputStream.nullInputStream() : consumed;
        return AkushuSocket.server(context, new Settings(context), socket, first, autoClose);
    }

    /** As for sockets without TLS, no name is this host's own. */
    private static InetSocketAddress named(@Nullable String host, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    private Socket connected(InetSocketAddress address, @Nullable InetSocketAddress local) throws IOException {
        AkushuSocket socket = AkushuSocket.client(context, new Socket(), null, -1, true);
        try {
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(address);
            return socket;
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }
}
