package dev.akushu.jsse;

import static dev.akushu.jsse.SideBySide.byChance;
import static dev.akushu.jsse.SideBySide.differs;
import static dev.akushu.jsse.SideBySide.same;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How sockets end and what can be done with them then, side by side with the JDK's. */
@Timeout(60)
class SocketEndSideBySideTest {
    private static final String NOBODY_HAS_ENDED_IT =
            "-1 is the peer's orderly end; java.net.Socket promises a SocketException to a thread whose socket is closed";
    private static final String A_CUT_IS_NO_END =
            "RFC 9846 6.1: without close_notify somebody may have cut the stream; the JDK tells it for requireCloseNotify only";
    private static final String NAMED =
            "unexpected_message, the alert that is sent, is an SSLProtocolException everywhere";

    static List<SideBySide> cases() {
        return List.of(
                same("a socket that never connected", SocketEndSideBySideTest::unconnected),
                same("closed before the handshake", SocketEndSideBySideTest::closedBeforeHandshake),
                same("closed", SocketEndSideBySideTest::closed),
                differs(
                        "reading when closed",
                        SocketEndSideBySideTest::readingWhenClosed,
                        "read -1; available 0",
                        "read SocketException; available SocketException",
                        NOBODY_HAS_ENDED_IT),
                same("a stream closed", SocketEndSideBySideTest::streamClosed),
                same("the peer closes in order", SocketEndSideBySideTest::peerCloses),
                same("output shut down", SocketEndSideBySideTest::outputShutDown),
                differs(
                        "output shut down before the handshake",
                        SocketEndSideBySideTest::outputShutDownEarly,
                        "shutdownOutput done",
                        "shutdownOutput SocketTimeoutException",
                        "the JDK cannot be used any more after that; here a client can say that it only listens, and then listen"),
                differs(
                        "input shut down",
                        SocketEndSideBySideTest::inputShutDown,
                        "shutdownInput SSLException; input shut down true; closed false; getInputStream SocketException; read -1; available 0; write done; peer reads 120; shutdownInput again done",
                        "shutdownInput done; input shut down true; closed false; getInputStream SocketException; read -1; available 0; write done; peer reads 120; shutdownInput again done",
                        "the program says itself that it wants no more, so nothing was cut; the JDK does it and throws too"),
                same("input shut down at its end", SocketEndSideBySideTest::inputShutDownAtItsEnd),
                same("input shut down in a read", SocketEndSideBySideTest::inputShutDownInRead),
                differs(
                        "the stream is cut",
                        SocketEndSideBySideTest::cut,
                        "read -1; closed false",
                        "read SSLException; closed false",
                        A_CUT_IS_NO_END),
                same("the stream is cut in the handshake", SocketEndSideBySideTest::cutInHandshake),
                byChance(
                        "closed in a read",
                        SocketEndSideBySideTest::closedInRead,
                        "read SocketException; closed true",
                        NOBODY_HAS_ENDED_IT),
                byChance(
                        "closed in the handshake",
                        SocketEndSideBySideTest::closedInHandshake,
                        "read SocketException; closed true; startHandshake SocketException",
                        "the peer has done nothing wrong; this end closed, and java.net.Socket promises a SocketException then"),
                differs(
                        "interrupted in a read",
                        SocketEndSideBySideTest::interruptedInRead,
                        "read SocketException; interrupted true; closed true; read again SSLException",
                        "read SocketException; interrupted true; closed true; read again SocketException",
                        "the socket is closed, as any operation says; its cause tells why"),
                byChance(
                        "a handshake that failed",
                        SocketEndSideBySideTest::failed,
                        "startHandshake SSLHandshakeException; peer reads SSLHandshakeException; closed true; suite SSL_NULL_WITH_NULL_NULL; startHandshake again SocketException; read SocketException; write SocketException; close done",
                        "the socket is closed, as any operation says; its cause tells why. The alert of the JDK is lost now and then: it closes with bytes unread, and TCP resets"),
                differs(
                        "a peer without TLS",
                        SocketEndSideBySideTest::noTls,
                        "startHandshake SSLException; closed true",
                        "startHandshake SSLProtocolException; closed true",
                        NAMED),
                same("a record that nobody can open", SocketEndSideBySideTest::badRecord),
                same("autoClose", trial -> layered(trial, true)),
                same("no autoClose", trial -> layered(trial, false)),
                same("no autoClose, closed below already", SocketEndSideBySideTest::layeredClosedBelow),
                differs(
                        "no autoClose, the stream is cut",
                        SocketEndSideBySideTest::layeredCut,
                        "read -1; closed below false",
                        "read SSLException; closed below false",
                        A_CUT_IS_NO_END),
                differs(
                        "no autoClose, the handshake fails",
                        SocketEndSideBySideTest::layeredFailed,
                        "startHandshake SSLException; closed true; closed below false",
                        "startHandshake SSLProtocolException; closed true; closed below false",
                        NAMED),
                same("no autoClose, used on in clear", SocketEndSideBySideTest::usedOn));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCallerSeesTheSameOrTheDifferenceIsKnown(SideBySide one) throws Exception {
        one.run();
    }

    private static void state(Trial trial, SSLSocket socket) {
        trial.see("connected", socket::isConnected);
        trial.see("closed", socket::isClosed);
        trial.see("input shut down", socket::isInputShutdown);
        trial.see("output shut down", socket::isOutputShutdown);
        trial.sees("getInputStream", socket::getInputStream);
        trial.sees("getOutputStream", socket::getOutputStream);
    }

    private static void unconnected(Trial trial) throws Exception {
        SSLSocket socket = (SSLSocket) trial.context().getSocketFactory().createSocket();
        state(trial, socket);
        trial.sees("startHandshake", socket::startHandshake);
        trial.see("suite", () -> socket.getSession().getCipherSuite());
        trial.see("protocol", () -> socket.getSession().getProtocol());
        trial.see("port", socket::getPort);
        trial.see("address", socket::getInetAddress);
        trial.sees("shutdownInput", socket::shutdownInput);
        trial.sees("shutdownOutput", socket::shutdownOutput);
        trial.sees("close", socket::close);
        trial.see("closed", socket::isClosed);
        trial.sees("setSoTimeout", () -> socket.setSoTimeout(1));
    }

    private static void closedBeforeHandshake(Trial trial) throws Exception {
        SSLSocket socket = trial.connected().mine();
        trial.sees("close", socket::close);
        state(trial, socket);
        trial.sees("startHandshake", socket::startHandshake);
        trial.see("suite", () -> socket.getSession().getCipherSuite());
    }

    private static void closed(Trial trial) throws Exception {
        SSLSocket socket = trial.client().mine();
        OutputStream out = socket.getOutputStream();
        trial.sees("close", socket::close);
        trial.sees("close again", socket::close);
        state(trial, socket);
        trial.sees("startHandshake", socket::startHandshake);
        trial.see("protocol", () -> socket.getSession().getProtocol());
        trial.sees("write", () -> out.write(1));
        trial.sees("shutdownOutput", socket::shutdownOutput);
        trial.sees("shutdownInput", socket::shutdownInput);
    }

    private static void readingWhenClosed(Trial trial) throws Exception {
        SSLSocket socket = trial.client().mine();
        InputStream in = socket.getInputStream();
        socket.close();
        trial.see("read", in::read);
        trial.see("available", in::available);
    }

    private static void streamClosed(Trial trial) throws Exception {
        SSLSocket one = trial.client().mine();
        one.getInputStream().close();
        trial.see("closed", one::isClosed);
        Trial.Ends<SSLSocket> other = trial.client();
        other.mine().getOutputStream().close();
        trial.see("closed", other.mine()::isClosed);
        trial.see("peer reads", other.peer().getInputStream()::read);
    }

    private static void peerCloses(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.client();
        InputStream in = ends.mine().getInputStream();
        ends.peer().shutdownOutput();
        trial.see("read", in::read);
        trial.see("read again", in::read);
        trial.see("available", in::available);
        trial.see("closed", ends.mine()::isClosed);
        trial.see("output shut down", ends.mine()::isOutputShutdown);
        trial.sees("write", () -> ends.mine().getOutputStream().write('x'));
        trial.see("peer reads", ends.peer().getInputStream()::read);
        trial.sees("close", ends.mine()::close);
        trial.see("peer reads", ends.peer().getInputStream()::read);
    }

    private static void outputShutDown(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.client();
        OutputStream out = ends.mine().getOutputStream();
        trial.sees("shutdownOutput", ends.mine()::shutdownOutput);
        trial.sees("shutdownOutput again", ends.mine()::shutdownOutput);
        trial.see("closed", ends.mine()::isClosed);
        trial.see("output shut down", ends.mine()::isOutputShutdown);
        trial.see("input shut down", ends.mine()::isInputShutdown);
        trial.sees("getOutputStream", ends.mine()::getOutputStream);
        trial.sees("write", () -> out.write(1));
        trial.see("peer reads", ends.peer().getInputStream()::read);
        ends.peer().getOutputStream().write('y');
        trial.see("read", ends.mine().getInputStream()::read);
        ends.peer().close();
        trial.see("read", ends.mine().getInputStream()::read);
    }

    private static void outputShutDownEarly(Trial trial) throws Exception {
        SSLSocket socket = trial.connected().mine();
        socket.setSoTimeout(50);
        trial.sees("shutdownOutput", socket::shutdownOutput);
    }

    private static void inputShutDown(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.client();
        InputStream in = ends.mine().getInputStream();
        trial.sees("shutdownInput", ends.mine()::shutdownInput);
        trial.see("input shut down", ends.mine()::isInputShutdown);
        trial.see("closed", ends.mine()::isClosed);
        trial.sees("getInputStream", ends.mine()::getInputStream);
        trial.see("read", in::read);
        trial.see("available", in::available);
        trial.sees("write", () -> ends.mine().getOutputStream().write('x'));
        trial.see("peer reads", ends.peer().getInputStream()::read);
        trial.sees("shutdownInput again", ends.mine()::shutdownInput);
    }

    private static void inputShutDownAtItsEnd(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.client();
        ends.peer().shutdownOutput();
        trial.see("read", ends.mine().getInputStream()::read);
        trial.sees("shutdownInput", ends.mine()::shutdownInput);
        trial.see("input shut down", ends.mine()::isInputShutdown);
    }

    private static void inputShutDownInRead(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.client();
        InputStream in = ends.mine().getInputStream();
        Future<@Nullable Void> reading = inRead(trial, "read", in);
        Future<@Nullable Void> shutting = trial.start(() -> {
            try {
                ends.mine().shutdownInput();
            } catch (SSLException tooEarly) {
                // The JDK has an opinion; that it is shut down all the same is what counts here.
                assertThat(ends.mine().isInputShutdown()).isTrue();
            }
            return null;
        });
        Trial.result(shutting);
        Trial.result(reading);
        trial.sees("write", () -> ends.mine().getOutputStream().write('x'));
    }

    private static void cut(Trial trial) throws Exception {
        Trial.Ends<Socket> ends = trial.plain();
        SSLSocket mine = trial.layered(ends.mine(), true);
        Trial.established(new Trial.Ends<>(mine, ends.peer()), trial);
        // What the peer does in TCP cannot be seen from here; the end of the stream is the same.
        ends.mine().shutdownInput();
        trial.see("read", mine.getInputStream()::read);
        trial.see("closed", mine::isClosed);
    }

    private static void cutInHandshake(Trial trial) throws Exception {
        var listener = trial.plainListener();
        SSLSocket mine = trial.connect(listener);
        Future<@Nullable Void> peer = trial.start(() -> {
            try (Socket accepted = listener.accept()) {
                accepted.getInputStream().read();
                accepted.shutdownOutput();
                accepted.getInputStream().readAllBytes();
            }
            return null;
        });
        trial.sees("startHandshake", mine::startHandshake);
        trial.see("closed", mine::isClosed);
        Trial.result(peer);
    }

    private static Future<@Nullable Void> inRead(Trial trial, String what, InputStream in) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Thread[] reader = new Thread[1];
        Future<@Nullable Void> reading = trial.start(() -> {
            reader[0] = Thread.currentThread();
            begun.countDown();
            trial.see(what, in::read);
            return null;
        });
        begun.await();
        // Parked in the read of the socket below.
        while (reader[0].getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return reading;
    }

    private static void closedInRead(Trial trial) throws Exception {
        SSLSocket mine = trial.client().mine();
        Future<@Nullable Void> reading = inRead(trial, "read", mine.getInputStream());
        mine.close();
        Trial.result(reading);
        trial.see("closed", mine::isClosed);
    }

    private static void closedInHandshake(Trial trial) throws Exception {
        SSLSocket mine = trial.connected().mine();
        Future<@Nullable Void> reading = inRead(trial, "read", mine.getInputStream());
        mine.close();
        Trial.result(reading);
        trial.see("closed", mine::isClosed);
        trial.sees("startHandshake", mine::startHandshake);
    }

    private static void interruptedInRead(Trial trial) throws Exception {
        SSLSocket mine = trial.client().mine();
        InputStream in = mine.getInputStream();
        CountDownLatch done = new CountDownLatch(1);
        Thread reader = Thread.ofVirtual().start(() -> {
            trial.see("read", in::read);
            trial.see("interrupted", Thread::interrupted);
            done.countDown();
        });
        while (reader.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        reader.interrupt();
        done.await();
        trial.see("closed", mine::isClosed);
        trial.see("read again", in::read);
    }

    private static void failed(Trial trial) throws Exception {
        var listener = trial.listener(Contexts.sun(new Pki("Stranger").keyManagers(Contexts.EC, "localhost"), null));
        SSLSocket mine = trial.connect(listener);
        Future<Integer> peer = trial.start(() -> {
            try (SSLSocket accepted = (SSLSocket) listener.accept()) {
                return accepted.getInputStream().read();
            }
        });
        InputStream in = mine.getInputStream();
        OutputStream out = mine.getOutputStream();
        trial.sees("startHandshake", mine::startHandshake);
        trial.see("peer reads", () -> cause(peer));
        trial.see("closed", mine::isClosed);
        trial.see("suite", () -> mine.getSession().getCipherSuite());
        trial.sees("startHandshake again", mine::startHandshake);
        trial.see("read", in::read);
        trial.sees("write", () -> out.write(1));
        trial.sees("close", mine::close);
    }

    /** What became of {@code future}, without the exception around its own. */
    private static Integer cause(Future<Integer> future) throws Exception {
        try {
            return Trial.result(future);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException network ? network : failed;
        }
    }

    private static void noTls(Trial trial) throws Exception {
        var listener = trial.plainListener();
        SSLSocket mine = trial.connect(listener);
        Future<@Nullable Void> peer = trial.start(() -> {
            try (Socket accepted = listener.accept()) {
                accepted.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                accepted.shutdownOutput();
                accepted.getInputStream().readAllBytes();
            }
            return null;
        });
        trial.sees("startHandshake", mine::startHandshake);
        Trial.result(peer);
        trial.see("closed", mine::isClosed);
    }

    private static void badRecord(Trial trial) throws Exception {
        ServerSocket listener = trial.plainListener();
        SSLSocket mine = trial.connect(listener);
        Socket far = trial.closing(listener.accept());
        SSLSocket peer = (SSLSocket) Contexts.sun().getSocketFactory().createSocket(far, null, false);
        Trial.established(new Trial.Ends<>(mine, peer), trial);
        byte[] record = new byte[5 + 30];
        System.arraycopy(new byte[] {23, 3, 3, 0, 30}, 0, record, 0, 5);
        far.getOutputStream().write(record);
        trial.see("read", mine.getInputStream()::read);
        trial.see("closed", mine::isClosed);
        trial.see("peer reads", peer.getInputStream()::read);
    }

    private static void layered(Trial trial, boolean autoClose) throws Exception {
        Trial.Ends<Socket> ends = trial.plain();
        SSLSocket mine = trial.layered(ends.mine(), autoClose);
        Trial.established(new Trial.Ends<>(mine, ends.peer()), trial);
        mine.close();
        trial.see("closed", mine::isClosed);
        trial.see("closed below", ends.mine()::isClosed);
        trial.see("peer reads", ends.peer().getInputStream()::read);
    }

    private static void layeredClosedBelow(Trial trial) throws Exception {
        Trial.Ends<Socket> ends = trial.plain();
        SSLSocket mine = trial.layered(ends.mine(), false);
        Trial.established(new Trial.Ends<>(mine, ends.peer()), trial);
        ends.mine().close();
        trial.sees("close", mine::close);
        trial.see("closed", mine::isClosed);
    }

    private static void layeredCut(Trial trial) throws Exception {
        Trial.Ends<Socket> ends = trial.plain();
        SSLSocket mine = trial.layered(ends.mine(), false);
        Trial.established(new Trial.Ends<>(mine, ends.peer()), trial);
        ends.mine().shutdownInput();
        trial.see("read", mine.getInputStream()::read);
        trial.see("closed below", ends.mine()::isClosed);
    }

    private static void layeredFailed(Trial trial) throws Exception {
        var listener = trial.plainListener();
        Socket plain = trial.closing(new Socket("localhost", listener.getLocalPort()));
        trial.closing(listener.accept()).getOutputStream().write("no TLS, but some text".getBytes(US_ASCII));
        SSLSocket mine = trial.layered(plain, false);
        trial.sees("startHandshake", mine::startHandshake);
        trial.see("closed", mine::isClosed);
        trial.see("closed below", plain::isClosed);
    }

    private static void usedOn(Trial trial) throws Exception {
        var listener = trial.plainListener();
        Socket plain = trial.closing(new Socket("localhost", listener.getLocalPort()));
        Socket far = trial.closing(listener.accept());
        SSLSocket peer = (SSLSocket) Contexts.sun().getSocketFactory().createSocket(far, null, false);
        SSLSocket mine = trial.layered(plain, false);
        Trial.established(new Trial.Ends<>(mine, peer), trial);
        peer.shutdownOutput();
        far.getOutputStream().write('c');
        trial.see("read", mine.getInputStream()::read);
        mine.close();
        trial.see("read in clear", plain.getInputStream()::read);
    }
}
