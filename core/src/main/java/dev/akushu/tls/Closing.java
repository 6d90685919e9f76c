package dev.akushu.tls;

import java.io.IOException;
import java.lang.System.Logger;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection over a socket of its own. Whoever closes never waits for long, whatever other threads and the peer do; and what was sent before, and close_notify, is not lost because of that.
 *
 * <p>A client that only writes has its server's tickets still before it when it closes. It takes them first, or what it has written could be lost with the connection that they reset.
 *
 * <p>SO_LINGER has the meaning that it has for TCP: it limits how long the caller waits, and then the rest is dropped. Zero, which clients set to leave no connection in TIME_WAIT, does not give
 * up close_notify: no writer is waited for then, but what is sent has a second to get as far as the socket.
 */
final class Closing {
    /** How long a caller waits for a peer that does not read. What a writer that is stuck for so long sends cannot be ended in order. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long that goes on without the caller, as TCP goes on when a socket is closed with data that is not sent yet. */
    private static final Duration LATE_PATIENCE = Duration.ofSeconds(30);

    private static final String GONE = "the peer was gone before the connection was closed in order";

    private static final Logger LOG = System.getLogger("dev.akushu.tls");

    private final TlsEngine engine;
    private final Socket socket;
    private final BlockingEngine blocking;
    private final Outgoing outgoing;

    Closing(TlsEngine engine, Socket socket, BlockingEngine blocking, Outgoing outgoing) {
        this.engine = engine;
        this.socket = socket;
        this.blocking = blocking;
        this.outgoing = outgoing;
    }

    /** Sends close_notify and closes the socket. */
    void close() throws TlsException {
        Duration linger = linger();
        Duration patience = linger == null || linger.compareTo(PATIENCE) < 0 ? PATIENCE : linger;
        // Writing cannot be given a time limit, so another thread does it; closing the socket ends that too.
        // What a thread of ours still sends, much early data, counts as sent for the program: it goes out before
        // close_notify.
        Duration forTurn = linger != null ? linger : outgoing.sendsApart() ? LATE_PATIENCE : PATIENCE;
        Thread closer = Thread.ofVirtual().name("akushu-close").start(() -> closeOutput(forTurn, linger == null));
        if (isDone(closer, patience) || linger != null) {
            closeSocket();
            return;
        }
        // The peer is slow to read, or this thread was interrupted.
        blocking.endReader();
        Thread.ofVirtual().name("akushu-close").start(() -> closeLate(closer));
    }

    /** Sends close_notify and leaves the socket as it is. A connection that has failed has had its last word, for which nobody waits here. */
    void closeBorrowed(boolean failed) throws TlsException {
        if (failed || socket.isClosed()) {
            return;
        }
        try {
            blocking.closeOutput();
        } catch (TlsException unsent) {
            if (unsent.problem() != Problem.TRANSPORT_FAILED) {
                throw unsent;
            }
            LOG.log(Logger.Level.DEBUG, GONE, unsent);
        }
    }

    /** Closes the socket of a connection that has failed, at once; with its input unread TCP would reset it, and the peer could lose the alert. */
    void closeFailed() throws TlsException {
        try {
            socket.shutdownOutput();
            blocking.discardInput();
        } catch (IOException gone) {
            LOG.log(Logger.Level.DEBUG, GONE, gone);
        }
        closeSocket();
    }

    /** How long closing may take as the program has set it; null if it has not. */
    @Nullable Duration linger() throws TlsException {
        try {
            int seconds = socket.getSoLinger();
            return seconds < 0 ? null : Duration.ofSeconds(seconds);
        } catch (SocketException broken) {
            throw failed(broken);
        }
    }

    /** Closes the socket as it is. */
    void closeSocket() throws TlsException {
        try {
            socket.close();
        } catch (IOException broken) {
            throw failed(broken);
        }
    }

    private void closeOutput(Duration patience, boolean waits) {
        try {
            boolean sent = outgoing.afterwardsWithin(patience, engine::closeOutput);
            if (sent) {
                socket.shutdownOutput();
                blocking.discardInput();
                if (waits && blocking.awaitsTickets()) {
                    blocking.discardUntilQuiet(LATE_PATIENCE);
                }
            }
        } catch (IOException gone) {
            LOG.log(Logger.Level.DEBUG, GONE, gone);
        }
    }

    private void closeLate(Thread closer) {
        try {
            boolean inOrder = isDone(closer, LATE_PATIENCE);
            LOG.log(Logger.Level.DEBUG, inOrder ? "closed late, in order" : "closed without close_notify");
            closeSocket();
        } catch (TlsException broken) {
            LOG.log(Logger.Level.DEBUG, "the socket could not be closed", broken);
        }
    }

    /** Whether {@code closer} is done in time; an interrupt ends the waiting only. */
    private static boolean isDone(Thread closer, Duration patience) {
        try {
            return closer.join(patience);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static TlsException failed(IOException broken) {
        return Problem.TRANSPORT_FAILED.causedBy(broken, "close", String.valueOf(broken.getMessage()));
    }
}
