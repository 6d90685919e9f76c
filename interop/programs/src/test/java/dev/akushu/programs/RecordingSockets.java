package dev.akushu.programs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The sockets of a context, and a record of them. */
final class RecordingSockets extends SSLSocketFactory {
    private final SSLSocketFactory factory;
    private final List<SSLSocket> sockets = new CopyOnWriteArrayList<>();

    RecordingSockets(SSLSocketFactory factory) {
        this.factory = factory;
    }

    /** The sessions of the sockets so far. */
    List<SSLSession> sessions() {
        return sockets.stream().map(SSLSocket::getSession).toList();
    }

    /** The session of the newest socket. */
    SSLSession last() {
        return sockets.getLast().getSession();
    }

    private Socket recorded(Socket socket) {
        sockets.add((SSLSocket) socket);
        return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return recorded(factory.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return recorded(factory.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return recorded(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return recorded(factory.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return recorded(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return recorded(factory.createSocket(address, port, localAddress, localPort));
    }
}
