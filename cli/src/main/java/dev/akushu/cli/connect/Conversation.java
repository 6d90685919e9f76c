package dev.akushu.cli.connect;

import dev.akushu.cli.console.Console;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.identity.HostNames;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends what stdin has and takes what the server answers, both at once, until the server closes. When stdin ends, this end's direction is closed
 * and the other goes on; the server must then not be silent for longer than the time limit.
 */
final class Conversation {
    /** How long stdin is waited for, and how often a reader that hears nothing looks whether it has ended. */
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final TlsConnection connection;
    private final Console console;
    private final Duration patience;
    private final ReceivedData received;

    /** Down when stdin has given something, or has ended. */
    private final CountDownLatch inputBegun = new CountDownLatch(1);

    private volatile boolean sentAnything;
    private volatile boolean inputEnded;
    private volatile @Nullable IOException sendingFailed;

    Conversation(TlsConnection connection, Console console, Duration patience) {
        this.connection = connection;
        this.console = console;
        this.patience = patience;
        this.received = new ReceivedData(console);
    }

    /** Holds it; false if stdin was empty: then nothing was said, and nothing that the server may have said was read. */
    boolean hold() throws IOException {
        return hold(console.input());
    }

    /** Holds what early data has begun; stdin has the rest of it if that is wanted. */
    void goOn(boolean withInput) throws IOException {
        sentAnything = true;
        hold(withInput ? console.input() : InputStream.nullInputStream());
    }

    private boolean hold(InputStream input) throws IOException {
        connection.readTimeout(MOMENT);
        // Reading stdin cannot be interrupted: the thread must not keep the program from ending.
        Thread.ofPlatform().daemon().name("stdin").start(() -> send(input));
        awaitInput();
        return receive();
    }

    /** A moment for stdin to say that it is empty, or what it has: who has nothing to send need not wait for a server that says nothing either. */
    private void awaitInput() {
        try {
            var _ = inputBegun.await(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyInterrupts) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean receive() throws IOException {
        byte[] buffer = new byte[TlsEngine.APPLICATION_BUFFER_SIZE];
        long quietSince = System.nanoTime();
        while (true) {
            boolean listening = inputEnded;
            if (listening && !sentAnything) {
                throwIfSendingFailed();
                return false;
            }
            int length = read(buffer);
            if (length < 0) {
                tellOfUnsent();
                return true;
            }
            if (length > 0 || !listening) {
                quietSince = System.nanoTime();
                received.take(buffer, length);
            } else if (System.nanoTime() - quietSince > patience.toNanos()) {
                throw Problem.TIMED_OUT.with(
                        "read", patience.toMillis() + " ms", HostNames.withPort(connection.remoteAddress()));
            }
        }
    }

    /** How many bytes came in a moment; -1 at the server's end. */
    private int read(byte[] buffer) throws IOException {
        try {
            return connection.input().read(buffer);
        } catch (TlsException nothing) {
            if (nothing.problem() != Problem.TIMED_OUT) {
                throw nothing;
            }
            throwIfSendingFailed();
            return 0;
        }
    }

    private void throwIfSendingFailed() throws IOException {
        IOException failed = sendingFailed;
        if (failed != null) {
            throw failed;
        }
    }

    private void send(InputStream input) {
        try {
            copy(input);
            if (sentAnything) {
                connection.closeOutput();
            }
        } catch (IOException failed) {
            sendingFailed = failed;
        } finally {
            inputEnded = true;
            inputBegun.countDown();
        }
    }

    private void copy(InputStream input) throws IOException {
        byte[] buffer = new byte[TlsEngine.APPLICATION_BUFFER_SIZE];
        for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
            sentAnything = true;
            inputBegun.countDown();
            connection.output().write(buffer, 0, length);
        }
    }

    private void tellOfUnsent() {
        if (!inputEnded || sendingFailed != null) {
            console.status(console.words().text("connect.closed_first"));
        }
    }
}
