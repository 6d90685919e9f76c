package dev.akushu.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;

/** Waits for clients on a TCP port. */
public final class TlsListener implements AutoCloseable {
    private final TlsServer config;
    private final ServerSocket socket;

    private TlsListener(TlsServer config, ServerSocket socket) {
        this.config = config;
        this.socket = socket;
    }

    static TlsListener listen(TlsServer config, InetSocketAddress address) throws TlsException {
        try {
            ServerSocket socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(address);
                return new TlsListener(config, socket);
            } catch (IOException failed) {
                socket.close();
                throw failed;
            }
        } catch (IOException failed) {
            throw Problem.TRANSPORT_FAILED.causedBy(
                    failed, "listen on " + address, String.valueOf(failed.getMessage()));
        }
    }

    /**
     * Waits for the next client. Its handshake is not done yet: give the connection to a thread of its own, so that a slow client holds up nobody.
     *
     * @return empty once the listener is closed
     * @throws TlsException if accepting fails; the listener may be used again
     */
    public Optional<TlsConnection> accept() throws TlsException {
        Socket client;
        try {
            client = socket.accept();
        } catch (IOException failed) {
            if (socket.isClosed()) {
                return Optional.empty();
            }
            throw Problem.TRANSPORT_FAILED.causedBy(failed, "accept", String.valueOf(failed.getMessage()));
        }
        try {
            client.setTcpNoDelay(true);
            return Optional.of(TlsConnection.overSocket(config, client));
        } catch (IOException | RuntimeException failed) {
            closeBecauseOf(failed, client);
            if (failed instanceof TlsException known) {
                throw known;
            }
            throw Problem.TRANSPORT_FAILED.causedBy(failed, "accept", String.valueOf(failed.getMessage()));
        }
    }

    private static void closeBecauseOf(Exception failed, Socket client) {
        try {
            client.close();
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    /** Where it listens; the port is the real one even if 0 was asked for. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Stops listening; connections go on. */
    @Override
    public void close() throws TlsException {
        try {
            socket.close();
        } catch (IOException failed) {
            throw Problem.TRANSPORT_FAILED.causedBy(failed, "close", String.valueOf(failed.getMessage()));
        }
    }
}
