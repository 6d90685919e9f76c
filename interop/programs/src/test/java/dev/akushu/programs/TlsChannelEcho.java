package dev.akushu.programs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import tlschannel.ClientTlsChannel;
import tlschannel.ServerTlsChannel;
import tlschannel.TlsChannel;

/** A server of tls-channel's that says what it hears, by the protocol {@code echo}; and how its clients connect. */
final class TlsChannelEcho implements AutoCloseable {
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final SSLContext context;
    private final boolean needsClientCertificate;
    private final List<SSLSession> sessions = new CopyOnWriteArrayList<>();
    private final List<IOException> failures = new CopyOnWriteArrayList<>();

    /** Starts on a port of its own. */
    TlsChannelEcho(SSLContext context, boolean needsClientCertificate) throws IOException {
        this.context = context;
        this.needsClientCertificate = needsClientCertificate;
        // All of the loopback interface, so that a client may call it by an address that no certificate names.
        listener.bind(new InetSocketAddress(0));
        Thread.ofVirtual().start(this::acceptAll);
    }

    /** A client that has not yet shaken hands. */
    static TlsChannel connect(SSLContext context, String host, int port) throws IOException {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"echo"});
        engine.setSSLParameters(parameters);
        SocketChannel socket = SocketChannel.open(new InetSocketAddress(host, port));
        return ClientTlsChannel.newBuilder(socket, engine).build();
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /** Of the connections so far, in the order in which their handshakes were done. */
    List<SSLSession> sessions() {
        return sessions;
    }

    /** What went wrong so far, as this server sees it. */
    List<IOException> failures() {
        return failures;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel socket = listener.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException failed) {
            if (listener.isOpen()) {
                failures.add(failed);
            }
        }
    }

    private void serve(SocketChannel socket) {
        try (TlsChannel channel = ServerTlsChannel.newBuilder(socket, context)
                .withEngineFactory(this::engine)
                .withSessionInitCallback(sessions::add)
                .build()) {
            echo(channel);
        } catch (IOException failed) {
            failures.add(failed);
        }
    }

    /** Remembers a failure before the channel is closed, so that it is there when the client notices. */
    private void echo(TlsChannel channel) {
        try {
            ByteBuffer piece = ByteBuffer.allocateDirect(10_000);
            while (channel.read(piece.clear()) >= 0) {
                piece.flip();
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
            channel.shutdown();
        } catch (IOException failed) {
            failures.add(failed);
        }
    }

    private SSLEngine engine(SSLContext made) {
        SSLEngine engine = made.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setNeedClientAuth(needsClientCertificate);
        parameters.setApplicationProtocols(new String[] {"echo", "http/1.1"});
        engine.setSSLParameters(parameters);
        return engine;
    }
}
