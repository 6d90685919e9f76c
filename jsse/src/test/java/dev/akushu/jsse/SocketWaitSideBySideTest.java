package dev.akushu.jsse;

import static dev.akushu.jsse.SideBySide.differs;
import static dev.akushu.jsse.SideBySide.same;

import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Time limits, streams and listeners of sockets, side by side with the JDK's. */
@Timeout(60)
class SocketWaitSideBySideTest {
    static List<SideBySide> cases() {
        return List.of(
                same("timeouts are the socket's below", SocketWaitSideBySideTest::timeoutBelow),
                same("a timeout that is not one", SocketWaitSideBySideTest::badTimeout),
                same("a read that times out", SocketWaitSideBySideTest::readTimesOut),
                same("a handshake that times out", SocketWaitSideBySideTest::handshakeTimesOut),
                differs(
                        "a session that is not there in time",
                        SocketWaitSideBySideTest::sessionTimesOut,
                        "suite SSL_NULL_WITH_NULL_NULL; closed true",
                        "suite SSL_NULL_WITH_NULL_NULL; closed false",
                        "nothing is lost by the wait, so the handshake can go on, as after startHandshake"),
                same("a listener that times out", SocketWaitSideBySideTest::acceptTimesOut),
                same("a connect that is refused", SocketWaitSideBySideTest::refused),
                same("available", SocketWaitSideBySideTest::available),
                same("reads of nothing and out of bounds", SocketWaitSideBySideTest::bounds),
                same("skip", SocketWaitSideBySideTest::skip),
                same("the handshake again", SocketWaitSideBySideTest::again),
                same("listeners", SocketWaitSideBySideTest::listeners),
                differs(
                        "urgent data",
                        SocketWaitSideBySideTest::urgent,
                        "sendUrgentData SocketException; setOOBInline SocketException; getOOBInline SocketException",
                        "sendUrgentData SocketException; setOOBInline SocketException; getOOBInline false",
                        "whether it is on has an answer: it never is"),
                same("TCP's options", SocketWaitSideBySideTest::options),
                same("protocols while and after the handshake", SocketWaitSideBySideTest::protocols));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCallerSeesTheSameOrTheDifferenceIsKnown(SideBySide one) throws Exception {
        one.run();
    }

    private static void timeoutBelow(Trial trial) throws Exception {
        Trial.Ends<Socket> ends = trial.plain();
        ends.mine().setSoTimeout(40);
        SSLSocket mine = trial.layered(ends.mine(), true);
        trial.see("timeout", mine::getSoTimeout);
        trial.sees("startHandshake", mine::startHandshake);
        mine.setSoTimeout(50);
        trial.see("timeout below", ends.mine()::getSoTimeout);
        ends.mine().setSoTimeout(60);
        trial.see("timeout", mine::getSoTimeout);
        trial.sees("startHandshake", mine::startHandshake);
        mine.close();
        trial.see("timeout", mine::getSoTimeout);
    }

    private static void badTimeout(Trial trial) throws Exception {
        SSLSocket mine = trial.connected().mine();
        trial.sees("setSoTimeout", () -> mine.setSoTimeout(-1));
        trial.see("timeout", mine::getSoTimeout);
    }

    private static void readTimesOut(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.client();
        InputStream in = ends.mine().getInputStream();
        ends.mine().setSoTimeout(30);
        trial.see("read", in::read);
        trial.see("closed", ends.mine()::isClosed);
        trial.sees("write", () -> ends.mine().getOutputStream().write('x'));
        trial.see("peer reads", ends.peer().getInputStream()::read);
        ends.peer().getOutputStream().write('y');
        ends.mine().setSoTimeout(0);
        trial.see("read", in::read);
    }

    private static void handshakeTimesOut(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.connected();
        ends.mine().setSoTimeout(30);
        trial.sees("startHandshake", ends.mine()::startHandshake);
        trial.see("closed", ends.mine()::isClosed);
        trial.see("read", ends.mine().getInputStream()::read);
        trial.sees("write", () -> ends.mine().getOutputStream().write(1));
        ends.mine().setSoTimeout(0);
        Trial.established(ends, trial);
        trial.see("protocol", () -> ends.mine().getSession().getProtocol());
    }

    private static void sessionTimesOut(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.connected();
        ends.mine().setSoTimeout(30);
        trial.see("suite", () -> ends.mine().getSession().getCipherSuite());
        trial.see("closed", ends.mine()::isClosed);
    }

    private static void acceptTimesOut(Trial trial) throws Exception {
        SSLServerSocket listener = trial.listener(trial.context());
        listener.setSoTimeout(30);
        trial.sees("accept", listener::accept);
        trial.see("closed", listener::isClosed);
        SSLSocket peer = trial.peerTo(listener);
        SSLSocket mine = (SSLSocket) trial.closing(listener.accept());
        trial.see("timeout", mine::getSoTimeout);
        Trial.established(new Trial.Ends<>(mine, peer), trial);
        listener.close();
        trial.sees("accept", listener::accept);
        trial.see("protocol", () -> mine.getSession().getProtocol());
    }

    private static void refused(Trial trial) throws Exception {
        int port;
        try (ServerSocket once = trial.plainListener()) {
            port = once.getLocalPort();
        }
        var factory = trial.context().getSocketFactory();
        trial.sees("createSocket", () -> factory.createSocket("localhost", port));
        trial.sees("no such host", () -> factory.createSocket("no-such-host.invalid", port));
        trial.sees("no port", () -> factory.createSocket("localhost", 70_000));
    }

    private static void available(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.connected();
        InputStream in = ends.mine().getInputStream();
        trial.see("before", in::available);
        Trial.established(ends, trial);
        trial.see("after", in::available);
        ends.peer().getOutputStream().write(new byte[] {1, 2, 3});
        trial.see("read", in::read);
        trial.see("rest", in::available);
        trial.see("read", () -> in.readNBytes(2).length);
        trial.see("rest", in::available);
    }

    @SuppressWarnings("NullAway") // what null does is what is looked at
    private static void bounds(Trial trial) throws Exception {
        SSLSocket mine = trial.connected().mine();
        mine.setSoTimeout(30);
        InputStream in = mine.getInputStream();
        trial.see("none", () -> in.read(new byte[0]));
        trial.see("null", () -> in.read(null, 0, 1));
        trial.see("outside", () -> in.read(new byte[2], 1, 2));
        trial.see("negative", () -> in.read(new byte[2], 0, -1));
        trial.sees("write none", () -> mine.getOutputStream().write(new byte[0]));
        trial.sees("write null", () -> mine.getOutputStream().write(null, 0, 1));
        trial.sees("write outside", () -> mine.getOutputStream().write(new byte[2], 1, 2));
    }

    private static void skip(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.client();
        ends.peer().getOutputStream().write(new byte[] {1, 2, 3, 4});
        trial.see("skipped", () -> ends.mine().getInputStream().skip(3));
        trial.see("read", ends.mine().getInputStream()::read);
        trial.see("skipped none", () -> ends.mine().getInputStream().skip(-1));
        trial.see("mark", ends.mine().getInputStream()::markSupported);
    }

    private static void again(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.client();
        String id = ends.mine().getSession().toString();
        trial.sees("startHandshake", ends.mine()::startHandshake);
        trial.see("the same session", () -> ends.mine().getSession().toString().equals(id));
        ends.peer().getOutputStream().write('x');
        trial.see("read", ends.mine().getInputStream()::read);
        trial.sees("setUseClientMode", () -> ends.mine().setUseClientMode(false));
        trial.sees("setNeedClientAuth", () -> ends.mine().setNeedClientAuth(true));
        trial.see("need", ends.mine()::getNeedClientAuth);
        trial.sees("setWantClientAuth", () -> ends.mine().setWantClientAuth(true));
        trial.see("need", ends.mine()::getNeedClientAuth);
        trial.see("want", ends.mine()::getWantClientAuth);
    }

    @SuppressWarnings("NullAway") // what null does is what is looked at
    private static void listeners(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.connected();
        SSLSocket mine = ends.mine();
        trial.sees("null", () -> mine.addHandshakeCompletedListener(null));
        trial.sees("remove null", () -> mine.removeHandshakeCompletedListener(null));
        trial.sees("remove unknown", () -> mine.removeHandshakeCompletedListener(event -> {}));
        CompletableFuture<Thread> first = new CompletableFuture<>();
        CompletableFuture<HandshakeCompletedEvent> second = new CompletableFuture<>();
        mine.addHandshakeCompletedListener(event -> first.complete(Thread.currentThread()));
        mine.addHandshakeCompletedListener(second::complete);
        Trial.established(ends, trial);
        trial.see("on this thread", () -> Trial.result(first) == Thread.currentThread());
        HandshakeCompletedEvent event = Trial.result(second);
        trial.see("its socket", () -> event.getSocket() == mine);
        trial.see(
                "its suite",
                () -> event.getCipherSuite().equals(mine.getSession().getCipherSuite()));
        trial.see(
                "its peer",
                () -> event.getPeerPrincipal().equals(mine.getSession().getPeerPrincipal()));
    }

    private static void urgent(Trial trial) throws Exception {
        SSLSocket mine = trial.client().mine();
        trial.sees("sendUrgentData", () -> mine.sendUrgentData(1));
        trial.sees("setOOBInline", () -> mine.setOOBInline(true));
        trial.see("getOOBInline", mine::getOOBInline);
    }

    private static void options(Trial trial) throws Exception {
        SSLSocket mine = trial.client().mine();
        mine.setTcpNoDelay(true);
        trial.see("noDelay", mine::getTcpNoDelay);
        mine.setSoLinger(true, 3);
        trial.see("linger", mine::getSoLinger);
        mine.setKeepAlive(true);
        trial.see("keepAlive", mine::getKeepAlive);
        mine.setReuseAddress(true);
        trial.see("reuse", mine::getReuseAddress);
        trial.see("options", () -> mine.supportedOptions().contains(java.net.StandardSocketOptions.TCP_NODELAY));
        trial.see("noDelay", () -> mine.getOption(java.net.StandardSocketOptions.TCP_NODELAY));
        trial.sees("connect", () -> mine.connect(mine.getRemoteSocketAddress()));
        trial.sees("bind", () -> mine.bind(null));
        trial.see("bound", mine::isBound);
    }

    private static void protocols(Trial trial) throws Exception {
        Trial.Ends<SSLSocket> ends = trial.connected();
        trial.see("before", ends.mine()::getApplicationProtocol);
        trial.see("handshake's", ends.mine()::getHandshakeApplicationProtocol);
        trial.see("handshake session", ends.mine()::getHandshakeSession);
        for (SSLSocket one : List.of(ends.mine(), ends.peer())) {
            var parameters = one.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            one.setSSLParameters(parameters);
        }
        Trial.established(ends, trial);
        trial.see("agreed", ends.mine()::getApplicationProtocol);
        trial.see("handshake's", ends.mine()::getHandshakeApplicationProtocol);
        trial.see("handshake session", ends.mine()::getHandshakeSession);
        SSLSocket none = trial.client().mine();
        trial.see("none agreed", () -> "[" + none.getApplicationProtocol() + "]");
    }
}
