package dev.akushu.conformance;

import dev.akushu.tls.crypto.Crypto;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The one JVM behind all the processes that BoringSSL's runner starts: each of these, a small forwarder, connects to a
 * Unix socket, sends its arguments and waits for a {@link Verdict}. A virtual thread runs a test. A forwarder that
 * goes away ends its test.
 */
public final class Shim {
    /** More than the runner ever sends, so that a stray client cannot fill the memory. */
    private static final int MOST_ARGUMENTS = 1000;

    private static final int LONGEST_ARGUMENT = 1 << 20;

    private final Crypto crypto = Crypto.ownCurves();

    private Shim() {}

    /** Serves at the Unix socket whose path is the one argument, until it is killed. */
    public static void main(String[] arguments) throws IOException {
        Shim shim = new Shim();
        try (ServerSocketChannel forwarders = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            forwarders.bind(UnixDomainSocketAddress.of(Path.of(arguments[0])));
            while (true) {
                SocketChannel forwarder = forwarders.accept();
                Thread.startVirtualThread(() -> shim.serve(forwarder));
            }
        }
    }

    private void serve(SocketChannel forwarder) {
        try (forwarder) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(forwarder));
            List<String> arguments = readArguments(in);
            CurrentSocket socket = new CurrentSocket();
            Thread.startVirtualThread(() -> awaitEnd(in, socket));
            Verdict verdict = test(arguments, socket);
            byte[] text = verdict.text().getBytes(StandardCharsets.UTF_8);
            ByteBuffer answer = ByteBuffer.allocate(1 + text.length)
                    .put((byte) verdict.status())
                    .put(text)
                    .flip();
            while (answer.hasRemaining()) {
                forwarder.write(answer);
            }
        } catch (IOException gone) {
            // Its forwarder was killed: nobody waits for the verdict any more.
            System.err.println("a forwarder has gone: " + gone);
        }
    }

    private Verdict test(List<String> arguments, CurrentSocket socket) {
        Verdict verdict = verdict(arguments, socket);
        if (verdict.status() == Verdict.UNIMPLEMENTED) {
            // The runner does not show it, and whoever extends the shim wants to know what is worth it.
            System.out.print("not implemented: " + verdict.text());
        }
        return verdict;
    }

    private Verdict verdict(List<String> arguments, CurrentSocket socket) {
        try {
            Flags flags = Flags.parse(arguments);
            return flags.initial().has(Flag.IS_HANDSHAKER_SUPPORTED)
                    ? Verdict.said("No")
                    : new TestRun(flags, crypto, socket).run();
        } catch (OutOfScope reason) {
            return Verdict.outOfScope(reason);
        } catch (RuntimeException malformed) {
            return Verdict.broken(malformed);
        }
    }

    private static List<String> readArguments(DataInputStream in) throws IOException {
        int count = checked(in.readInt(), MOST_ARGUMENTS);
        List<String> arguments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] argument = in.readNBytes(checked(in.readInt(), LONGEST_ARGUMENT));
            arguments.add(new String(argument, StandardCharsets.ISO_8859_1));
        }
        return arguments;
    }

    private static int checked(int number, int most) throws IOException {
        if (number < 0 || number > most) {
            throw new IOException("no forwarder: " + number + " is more than " + most);
        }
        return number;
    }

    private static void awaitEnd(DataInputStream in, CurrentSocket socket) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
            socket.giveUp();
        } catch (IOException ended) {
            // The verdict has been sent and the channel closed.
            return;
        }
    }
}
