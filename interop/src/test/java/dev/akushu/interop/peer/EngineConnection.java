package dev.akushu.interop.peer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** Drives any SSLEngine over a blocking socket, so that all JVM peers run the same way. The socket's timeout bounds every wait. */
final class EngineConnection implements AutoCloseable {
    private static final int ROOM = 1 << 16;

    private final SSLEngine engine;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final ByteBuffer received = ByteBuffer.allocate(2 * ROOM).limit(0);
    private final ByteBuffer toSend = ByteBuffer.allocate(2 * ROOM);
    private final ByteBuffer plain = ByteBuffer.allocate(2 * ROOM).limit(0);

    EngineConnection(SSLEngine engine, Socket socket) throws IOException {
        this.engine = engine;
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) ExternalProcess.TIMEOUT.toMillis());
    }

    void handshake() throws IOException {
        engine.beginHandshake();
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            switch (status) {
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (unwrap() == Status.CLOSED) {
                        throw new EOFException("closed in the handshake");
                    }
                }
            }
        }
    }

    void write(String text) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (source.hasRemaining()) {
            wrap(source);
            settle();
        }
    }

    /** The next data, or empty at the peer's close_notify. */
    Optional<String> read() throws IOException {
        while (!plain.hasRemaining()) {
            Status status = unwrap();
            settle();
            if (status == Status.CLOSED && !plain.hasRemaining()) {
                return Optional.empty();
            }
        }
        String text = StandardCharsets.UTF_8.decode(plain).toString();
        return Optional.of(text);
    }

    void sendClose() throws IOException {
        engine.closeOutbound();
        for (int tries = 0; !engine.isOutboundDone() && tries < 4; tries++) {
            wrap(ByteBuffer.allocate(0));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Answers what came after the handshake, such as a KeyUpdate that asks for another. */
    private void settle() throws IOException {
        for (int turns = 0; turns < 8; turns++) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                default -> {
                    return;
                }
            }
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void wrap(ByteBuffer source) throws IOException {
        toSend.clear();
        SSLEngineResult result;
        try {
            result = engine.wrap(source, toSend);
        } finally {
            out.write(toSend.array(), 0, toSend.position()); // an alert too
            out.flush();
        }
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            throw new IOException("no room to wrap");
        }
    }

    private Status unwrap() throws IOException {
        plain.compact();
        try {
            while (true) {
                SSLEngineResult result = engine.unwrap(received, plain);
                if (result.getStatus() != Status.BUFFER_UNDERFLOW) {
                    return result.getStatus();
                }
                fill();
            }
        } catch (IOException failure) {
            sendAlert();
            throw failure;
        } finally {
            plain.flip();
        }
    }

    private void sendAlert() throws IOException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            wrap(ByteBuffer.allocate(0));
        }
    }

    private void fill() throws IOException {
        received.compact();
        int count = in.read(received.array(), received.position(), received.remaining());
        if (count < 0) {
            throw new EOFException("cut off without close_notify");
        }
        received.position(received.position() + count).flip();
    }
}
