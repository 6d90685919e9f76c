package dev.akushu.programs;

import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import dev.akushu.tls.crypto.Crypto;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * As much of a directory (RFC 4511) as a client needs that begins in the clear and asks for TLS by StartTLS: it says yes to
 * everything, and remembers who bound over TLS.
 */
final class LdapServer implements AutoCloseable {
    private static final int SEQUENCE = 0x30;
    private static final int BIND = 0x60;
    private static final int UNBIND = 0x42;
    private static final int EXTENDED = 0x77;

    private final TlsServer config;
    private final ServerSocket listener = new ServerSocket(0);
    private final List<TlsSession> sessions = new CopyOnWriteArrayList<>();
    private final List<IOException> failures = new CopyOnWriteArrayList<>();
    private final List<Integer> inTheClear = new CopyOnWriteArrayList<>();
    private final List<Integer> overTls = new CopyOnWriteArrayList<>();

    /** Starts on a port of its own, at all addresses of the loopback interface. */
    LdapServer(Pki.Identity identity) throws Exception {
        config = TlsServer.builder(Identity.of(identity.chain(), identity.key(), Crypto.jdk()))
                .build();
        Thread.ofVirtual().start(this::acceptAll);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Of the connections so far, in the order in which their handshakes were done. */
    List<TlsSession> sessions() {
        return sessions;
    }

    /** What went wrong so far, as this server sees it. */
    List<IOException> failures() {
        return failures;
    }

    /** Whether anybody has bound over TLS, and nobody before it. */
    boolean wasBoundOverTlsOnly() {
        return overTls.contains(BIND) && !inTheClear.contains(BIND);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException failed) {
            if (!listener.isClosed()) {
                failures.add(failed);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            int last = answerUntil(EXTENDED, socket.getInputStream(), socket.getOutputStream(), inTheClear);
            if (last == EXTENDED) {
                try (TlsConnection tls = TlsConnection.overSocket(config, socket)) {
                    tls.handshake();
                    sessions.add(tls.session().orElseThrow());
                    answerUntil(UNBIND, tls.input(), tls.output(), overTls);
                }
            }
        } catch (IOException failed) {
            failures.add(failed);
        }
    }

    /** Answers up to a request of the kind {@code end}, or an unbind, and returns its kind. */
    private static int answerUntil(int end, InputStream from, OutputStream to, List<Integer> kinds) throws IOException {
        DataInputStream in = new DataInputStream(from);
        while (true) {
            byte[] message = readMessage(in);
            // INTEGER of one octet, the message's number, and then the operation.
            byte number = message[2];
            int kind = message[3] & 0xff;
            kinds.add(kind);
            if (kind == UNBIND) {
                return kind;
            }
            // The answer to an operation has the tag after it: success, no name, no text.
            to.write(new byte[] {SEQUENCE, 12, 2, 1, number, (byte) (kind + 1), 7, 10, 1, 0, 4, 0, 4, 0});
            if (kind == end) {
                return kind;
            }
        }
    }

    private static byte[] readMessage(DataInputStream in) throws IOException {
        int tag = in.readUnsignedByte();
        if (tag != SEQUENCE) {
            throw new EOFException("no message of LDAP begins with " + tag);
        }
        int length = in.readUnsignedByte();
        if (length > 0x80) {
            int octets = length - 0x80;
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | in.readUnsignedByte();
            }
        }
        return in.readNBytes(length);
    }
}
