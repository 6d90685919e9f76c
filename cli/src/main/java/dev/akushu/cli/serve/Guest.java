package dev.akushu.cli.serve;

import dev.akushu.cli.console.Witness;
import dev.akushu.cli.option.Exported;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.TlsSession;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One client from the door to its leaving. Whatever it does is told in the journal and harms nobody else. */
final class Guest implements Runnable {
    private final Visitor visitor;
    private final Socket socket;
    private final TlsServer server;
    private final Treatment treatment;
    private final Journal journal;
    private final Witness witness;
    private final Traffic traffic = new Traffic();

    private volatile @Nullable TlsConnection connection;
    private volatile boolean askedToLeave;

    Guest(Visitor visitor, Socket socket, TlsServer server, Treatment treatment, Journal journal, Witness witness) {
        this.visitor = visitor;
        this.socket = socket;
        this.server = server;
        this.treatment = treatment;
        this.journal = journal;
        this.witness = witness;
    }

    @Override
    public void run() {
        try (socket;
                TlsConnection accepted = TlsConnection.overSocket(server, socket)) {
            connection = accepted;
            socket.setTcpNoDelay(true);
            // A copy that somebody else sends may be greeted, but never gets to the end of its handshake, so it is not
            // served.
            greet(accepted);
            byte[] early = accepted.earlyInput().readAllBytes();
            accepted.handshake();
            TlsSession session = accepted.session().orElseThrow();
            journal.connected(visitor, session, Exported.of(treatment.exports(), accepted));
            askLater(accepted);
            accepted.readTimeout(idle());
            InputStream input = new SequenceInputStream(new ByteArrayInputStream(early), keptOpen(accepted.input()));
            treatment.service().serve(new Talk(traffic.counting(input), traffic.watching(accepted.output()), session));
            journal.closed(visitor, traffic);
        } catch (TlsException failed) {
            tell(failed);
        } catch (IOException broken) {
            tell(Problem.TRANSPORT_FAILED.causedBy(broken, "serve", String.valueOf(broken.getMessage())));
        } catch (RuntimeException fault) {
            journal.fault(visitor, fault);
        } finally {
            witness.end();
        }
    }

    /** Speaks first, before the client has answered. */
    private void greet(TlsConnection accepted) throws IOException {
        Bytes greeting = treatment.greeting();
        if (!greeting.isEmpty()) {
            traffic.watching(accepted.halfRttOutput()).write(greeting.toArray());
        }
    }

    private Duration idle() {
        return treatment.limits().idle();
    }

    /** Asks who the client is, if it was not to be asked in the handshake. */
    private void askLater(TlsConnection accepted) throws TlsException {
        boolean knowsSome =
                server.clientTrust().isPresent() || server.rawClientKeys().isPresent();
        if (!knowsSome || server.clientAuthentication() != ClientAuthentication.NONE) {
            return;
        }
        try {
            accepted.requestClientCertificate().whenComplete(this::answered);
        } catch (TlsException refused) {
            if (refused.problem() != Problem.CLIENT_CANNOT_BE_ASKED) {
                throw refused;
            }
            journal.notAsked(visitor);
        }
    }

    private void answered(@Nullable List<Bytes> chain, @Nullable Throwable failure) {
        if (chain != null) {
            journal.shown(visitor, chain);
        } else if (failure instanceof TlsException ended && ended.problem() == Problem.CLIENT_CERTIFICATE_NOT_SHOWN) {
            journal.unanswered(visitor);
        }
        // Any other failure ends the connection, and is told where it is read.
    }

    private void tell(TlsException failed) {
        TlsConnection there = connection;
        boolean connected = there != null && there.session().isPresent();
        if (askedToLeave) {
            journal.closed(visitor, traffic);
        } else if (connected && failed.problem() == Problem.TIMED_OUT) {
            journal.idle(visitor, idle());
        } else if (connected && failed.problem() == Problem.TRUNCATED) {
            journal.cut(visitor, traffic);
        } else {
            journal.failed(visitor, witness.failure(failed), failed);
        }
    }

    /** Says goodbye to the client, whatever it is doing. */
    void leave() {
        askedToLeave = true;
        close();
    }

    /** Shuts the door on a client that has taken nothing of what it was sent for too long. */
    void leaveIfStuck() {
        if (traffic.isStuckFor(idle().toNanos())) {
            close();
        }
    }

    private void close() {
        try {
            TlsConnection there = connection;
            if (there == null) {
                socket.close();
            } else {
                there.close();
            }
        } catch (IOException gone) {
            // It was closing anyway, and its own thread tells of it.
            journal.debug(gone);
        }
    }

    /** A sequence of streams closes each at its end; but a client that says no more may still be answered. */
    private static InputStream keptOpen(InputStream input) {
        return new FilterInputStream(input) {
            @Override
            public void close() {
                // The connection is closed by who opened it.
            }
        };
    }
}
