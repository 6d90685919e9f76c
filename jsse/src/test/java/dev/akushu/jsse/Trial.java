package dev.akushu.jsse;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One run of a behaviour, with the provider that is looked at on one end and always the JDK's on the other. */
final class Trial implements Closeable {
    private final SSLContext context;
    private final SSLContext peers = Contexts.sun();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Closeable> open = new ArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    Trial(SSLContext context) throws Exception {
        this.context = context;
    }

    /** Two ends of a connection. */
    record Ends<T extends Socket>(T mine, SSLSocket peer) {}

    SSLContext context() {
        return context;
    }

    List<String> seen() {
        return List.copyOf(seen);
    }

    /** Notes what a call returns or throws: the class that a caller can name, for texts differ. */
    void see(String what, Callable<? extends @Nullable Object> call) {
        try {
            seen.add(what + " " + call.call());
        } catch (Exception thrown) {
            seen.add(what + " " + named(thrown.getClass()));
        }
    }

    void sees(String what, Action action) {
        see(what, () -> {
            action.run();
            return "done";
        });
    }

    private static String named(Class<?> thrown) {
        Class<?> known = thrown;
        while (!known.getName().startsWith("java") || !Modifier.isPublic(known.getModifiers())) {
            known = known.getSuperclass();
        }
        return known.getSimpleName();
    }

    <T extends @Nullable Object> Future<T> start(Callable<T> work) {
        return threads.submit(work);
    }

    static <T extends @Nullable Object> T result(Future<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    <T extends Closeable> T closing(T one) {
        open.add(one);
        return one;
    }

    ServerSocket plainListener() throws IOException {
        return closing(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
    }

    SSLServerSocket listener(SSLContext of) throws IOException {
        return (SSLServerSocket)
                closing(of.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress()));
    }

    /** A client of the provider that is looked at, connected to {@code listener}. */
    SSLSocket connect(ServerSocket listener) throws IOException {
        return (SSLSocket) closing(context.getSocketFactory().createSocket("localhost", listener.getLocalPort()));
    }

    /** The JDK's client. */
    SSLSocket peerTo(ServerSocket listener) throws IOException {
        return (SSLSocket) closing(peers.getSocketFactory().createSocket("localhost", listener.getLocalPort()));
    }

    /** A client whose peer has accepted it; no handshake has begun. */
    Ends<SSLSocket> connected() throws Exception {
        SSLServerSocket listener = listener(peers);
        SSLSocket mine = connect(listener);
        return new Ends<>(mine, (SSLSocket) closing(listener.accept()));
    }

    /** A client after the handshake, which has taken the tickets too. */
    Ends<SSLSocket> client() throws Exception {
        return established(connected());
    }

    /** A server after the handshake. */
    Ends<SSLSocket> server() throws Exception {
        SSLServerSocket listener = listener(context);
        SSLSocket peer = peerTo(listener);
        return established(new Ends<>((SSLSocket) closing(listener.accept()), peer));
    }

    /** A socket without TLS whose peer waits for a client's handshake. */
    Ends<Socket> plain() throws Exception {
        SSLServerSocket listener = listener(peers);
        Socket mine = closing(new Socket("localhost", listener.getLocalPort()));
        return new Ends<>(mine, (SSLSocket) closing(listener.accept()));
    }

    SSLSocket layered(Socket plain, boolean autoClose) throws IOException {
        return (SSLSocket) closing(context.getSocketFactory().createSocket(plain, "localhost", 443, autoClose));
    }

    /** Shakes hands, and sends a byte each way, so that nothing of the handshake is under way any more. */
    static Ends<SSLSocket> established(Ends<SSLSocket> ends, Trial trial) throws Exception {
        Future<Integer> peer = trial.start(() -> {
            ends.peer().getOutputStream().write(1);
            return ends.peer().getInputStream().read();
        });
        ends.mine().getOutputStream().write(2);
        ends.mine().getInputStream().read();
        result(peer);
        return ends;
    }

    private Ends<SSLSocket> established(Ends<SSLSocket> ends) throws Exception {
        return established(ends, this);
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Closeable one : open.reversed()) {
            one.close();
        }
        threads.close();
    }

    /** Something whose result is of no interest. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
