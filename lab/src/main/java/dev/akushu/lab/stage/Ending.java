package dev.akushu.lab.stage;

import dev.akushu.lab.record.Recording;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import java.io.IOException;
import java.net.Socket;

/** Leads a connection from its handshake to an end that takes nothing away from the other side: an alert on its way must arrive. */
final class Ending {
    /** More than anybody here still has to say. */
    private static final int MOST_REST = 1 << 20;

    /** What an end says once it can. */
    @FunctionalInterface
    interface Lines {
        void speak(TlsConnection connection) throws IOException;
    }

    private Ending() {}

    /** A failure belongs to the story, and is no failure of the stage. */
    static void lead(Role role, TlsConnection connection, Socket socket, Recording recording, Lines lines)
            throws IOException {
        try {
            connection.readTimeout(Patience.LIMIT);
            lines.speak(connection);
        } catch (TlsException failed) {
            recording.failed(role, failed);
        } finally {
            leave(socket);
        }
    }

    /** Says that no more bytes come, and waits until the other side says so too: to close at once would throw away what it has not read. */
    static void leave(Socket socket) throws IOException {
        try (socket) {
            if (socket.isClosed() || !socket.isConnected()) {
                return;
            }
            socket.setSoTimeout(Patience.MILLIS);
            socket.shutdownOutput();
            long rest = 0;
            byte[] buffer = new byte[4096];
            long began = System.nanoTime();
            for (int read = 0; read >= 0 && rest < MOST_REST && !Patience.isOver(began); rest += read) {
                read = socket.getInputStream().read(buffer);
            }
        } catch (IOException broken) {
            // Whoever cut it has been told of already, by the end that noticed.
            return;
        }
    }
}
