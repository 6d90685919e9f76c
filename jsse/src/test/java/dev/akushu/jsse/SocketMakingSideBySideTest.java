package dev.akushu.jsse;

import static dev.akushu.jsse.SideBySide.differs;
import static dev.akushu.jsse.SideBySide.same;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How sockets are made, and what they have from where, side by side with the JDK's. */
@Timeout(60)
class SocketMakingSideBySideTest {
    private static final String NAME = "peer.example.test";
    private static final String SUN_TO_LOCALHOST =
            "client true; names set null; peer's name localhost; peer's port true; asked for []";
    private static final String AKUSHU_TO_LOCALHOST =
            "client true; names set [type=host_name (0), value=localhost]; peer's name localhost; peer's port true;"
                    + " asked for [type=host_name (0), value=localhost]";
    private static final String ONE_LABEL_IS_A_NAME =
            "hosts in a local network have names without a dot too, and a server may have a certificate for one";

    static List<SideBySide> cases() {
        return List.of(
                differs(
                        "to a name without a dot",
                        trial -> named(trial, (f, l) -> f.createSocket("localhost", l.getLocalPort())),
                        SUN_TO_LOCALHOST,
                        AKUSHU_TO_LOCALHOST,
                        ONE_LABEL_IS_A_NAME),
                differs(
                        "to no name",
                        trial -> named(trial, (f, l) -> f.createSocket((String) null, l.getLocalPort())),
                        SUN_TO_LOCALHOST,
                        AKUSHU_TO_LOCALHOST,
                        ONE_LABEL_IS_A_NAME),
                same("to an address", SocketMakingSideBySideTest::address),
                same("to an address with a name", SocketMakingSideBySideTest::addressWithName),
                same("from an address", SocketMakingSideBySideTest::bound),
                same("connected later", SocketMakingSideBySideTest::later),
                same("connected later to an address", SocketMakingSideBySideTest::laterToAddress),
                same("over a socket", SocketMakingSideBySideTest::overSocket),
                same("over a socket, no name", SocketMakingSideBySideTest::overSocketWithoutName),
                same("over a socket that is not connected", SocketMakingSideBySideTest::overUnconnected),
                same("over a channel's socket", SocketMakingSideBySideTest::overChannel),
                same("over a socket that is connected again", SocketMakingSideBySideTest::connectedAgain),
                same("a server over a socket", SocketMakingSideBySideTest::consumed),
                same("a server over a socket, nothing consumed", SocketMakingSideBySideTest::nothingConsumed),
                same("what a listener passes on", SocketMakingSideBySideTest::passedOn),
                same("a listener for clients", SocketMakingSideBySideTest::clientListener),
                same("a listener that is not bound", SocketMakingSideBySideTest::unboundListener));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCallerSeesTheSameOrTheDifferenceIsKnown(SideBySide one) throws Exception {
        one.run();
    }

    /** Makes a socket to a listener. */
    @FunctionalInterface
    private interface Making {
        Socket make(SSLSocketFactory factory, ServerSocket listener) throws Exception;
    }

    /** What the server is asked for, and what the client takes for its peer's name. */
    private static void named(Trial trial, Making making) throws Exception {
        SSLServerSocket listener = trial.listener(Contexts.sun());
        SSLSocket mine = (SSLSocket) trial.closing(making.make(trial.context().getSocketFactory(), listener));
        SSLSocket peer = (SSLSocket) trial.closing(listener.accept());
        trial.see("client", mine::getUseClientMode);
        trial.see("names set", () -> mine.getSSLParameters().getServerNames());
        Trial.established(new Trial.Ends<>(mine, peer), trial);
        trial.see("peer's name", () -> mine.getSession().getPeerHost());
        trial.see("peer's port", () -> mine.getSession().getPeerPort() == listener.getLocalPort());
        trial.see("asked for", () -> ((ExtendedSSLSession) peer.getSession()).getRequestedServerNames());
    }

    private static void address(Trial trial) throws Exception {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        named(trial, (factory, listener) -> factory.createSocket(address, listener.getLocalPort()));
    }

    /** An address to which the program has given the name, so that nobody has to look it up. */
    private static InetAddress addressOfName() throws Exception {
        return InetAddress.getByAddress(NAME, new byte[] {127, 0, 0, 1});
    }

    private static void addressWithName(Trial trial) throws Exception {
        InetAddress address = addressOfName();
        named(trial, (factory, listener) -> factory.createSocket(address, listener.getLocalPort()));
    }

    private static void bound(Trial trial) throws Exception {
        InetAddress local = InetAddress.getLoopbackAddress();
        InetAddress address = addressOfName();
        named(trial, (factory, listener) -> factory.createSocket(address, listener.getLocalPort(), local, 0));
        named(trial, (factory, listener) -> factory.createSocket(address, listener.getLocalPort(), null, 0));
    }

    private static void later(Trial trial) throws Exception {
        InetAddress address = addressOfName();
        named(trial, (factory, listener) -> {
            Socket socket = factory.createSocket();
            socket.connect(new InetSocketAddress(address, listener.getLocalPort()), 1000);
            return socket;
        });
    }

    private static void laterToAddress(Trial trial) throws Exception {
        named(trial, (factory, listener) -> {
            Socket socket = factory.createSocket();
            InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            socket.connect(new InetSocketAddress(address, listener.getLocalPort()));
            return socket;
        });
    }

    private static void overSocket(Trial trial) throws Exception {
        over(trial, NAME);
    }

    /** Then the socket's own peer is whom it is about: the name that the program connected it to. */
    private static void overSocketWithoutName(Trial trial) throws Exception {
        over(trial, null);
        over(trial, "");
    }

    private static void over(Trial trial, @Nullable String host) throws Exception {
        InetAddress address = addressOfName();
        named(trial, (factory, listener) -> {
            Socket plain = trial.closing(new Socket(address, listener.getLocalPort()));
            return factory.createSocket(plain, host, listener.getLocalPort(), true);
        });
    }

    @SuppressWarnings("NullAway") // what null does is what is looked at
    private static void overUnconnected(Trial trial) throws Exception {
        SSLSocketFactory factory = trial.context().getSocketFactory();
        trial.sees("client", () -> factory.createSocket(new Socket(), "localhost", 443, true));
        trial.sees("server", () -> factory.createSocket(new Socket(), null, true));
        trial.sees("null", () -> factory.createSocket((Socket) null, "localhost", 443, true));
        trial.sees("null", () -> factory.createSocket((Socket) null, null, true));
    }

    private static void overChannel(Trial trial) throws Exception {
        SSLServerSocket listener = trial.listener(Contexts.sun());
        SocketChannel channel = trial.closing(SocketChannel.open(listener.getLocalSocketAddress()));
        SSLSocket mine = trial.layered(channel.socket(), true);
        trial.see("channel", () -> mine.getChannel() == channel);
        SSLSocket peer = (SSLSocket) trial.closing(listener.accept());
        Trial.established(new Trial.Ends<>(mine, peer), trial);
        trial.see("protocol", () -> mine.getSession().getProtocol());
        mine.close();
        trial.see("open", channel::isOpen);
    }

    private static void connectedAgain(Trial trial) throws Exception {
        Trial.Ends<Socket> ends = trial.plain();
        SSLSocket mine = trial.layered(ends.mine(), true);
        trial.sees("connect", () -> mine.connect(ends.mine().getRemoteSocketAddress()));
        trial.see("connected", mine::isConnected);
    }

    private static void consumed(Trial trial) throws Exception {
        ServerSocket listener = trial.plainListener();
        SSLSocket peer = trial.peerTo(listener);
        Socket plain = trial.closing(listener.accept());
        Future<?> talk = trial.start(() -> {
            peer.startHandshake();
            return null;
        });
        byte[] first = plain.getInputStream().readNBytes(9);
        SSLSocket mine = (SSLSocket) trial.closing(
                trial.context().getSocketFactory().createSocket(plain, new ByteArrayInputStream(first), true));
        trial.see("client", mine::getUseClientMode);
        trial.sees("startHandshake", mine::startHandshake);
        Trial.result(talk);
        trial.see("peer's name", () -> mine.getSession().getPeerHost());
        peer.getOutputStream().write('x');
        trial.see("read", mine.getInputStream()::read);
        peer.close();
        trial.see("read", mine.getInputStream()::read);
        trial.see("closed below", plain::isClosed);
    }

    private static void nothingConsumed(Trial trial) throws Exception {
        ServerSocket listener = trial.plainListener();
        SSLSocket peer = trial.peerTo(listener);
        Socket plain = trial.closing(listener.accept());
        SSLSocket mine = (SSLSocket) trial.context().getSocketFactory().createSocket(plain, null, false);
        Trial.established(new Trial.Ends<>(mine, peer), trial);
        trial.see("protocol", () -> mine.getSession().getProtocol());
    }

    private static void passedOn(Trial trial) throws Exception {
        SSLServerSocket listener = trial.listener(trial.context());
        SSLParameters parameters = listener.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"one", "two"});
        parameters.setUseCipherSuitesOrder(true);
        listener.setSSLParameters(parameters);
        listener.setNeedClientAuth(true);
        listener.setEnableSessionCreation(false);
        listener.setEnabledCipherSuites(new String[] {"TLS_AES_256_GCM_SHA384"});
        listener.setEnabledProtocols(new String[] {"TLSv1.3"});
        Socket peer = trial.closing(new Socket("localhost", listener.getLocalPort()));
        SSLSocket mine = (SSLSocket) trial.closing(listener.accept());
        listener.setNeedClientAuth(false);
        listener.setEnableSessionCreation(true);
        trial.see("client", mine::getUseClientMode);
        trial.see("need", mine::getNeedClientAuth);
        trial.see("want", mine::getWantClientAuth);
        trial.see("new sessions", mine::getEnableSessionCreation);
        trial.see("suites", () -> Arrays.toString(mine.getEnabledCipherSuites()));
        trial.see("protocols", () -> Arrays.toString(mine.getEnabledProtocols()));
        trial.see("ALPN", () -> Arrays.toString(mine.getSSLParameters().getApplicationProtocols()));
        trial.see("order", () -> mine.getSSLParameters().getUseCipherSuitesOrder());
        trial.see("port", () -> mine.getPort() == peer.getLocalPort());
        trial.see("connected", mine::isConnected);
        trial.see("timeout", mine::getSoTimeout);
    }

    private static void clientListener(Trial trial) throws Exception {
        SSLServerSocket listener = trial.listener(trial.context());
        listener.setUseClientMode(true);
        trial.see("listener", listener::getUseClientMode);
        trial.closing(new Socket("localhost", listener.getLocalPort()));
        SSLSocket mine = (SSLSocket) trial.closing(listener.accept());
        trial.see("accepted", mine::getUseClientMode);
    }

    private static void unboundListener(Trial trial) throws Exception {
        SSLServerSocket listener = (SSLServerSocket)
                trial.closing(trial.context().getServerSocketFactory().createServerSocket());
        trial.see("bound", listener::isBound);
        trial.sees("accept", listener::accept);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        trial.see("bound", listener::isBound);
        listener.close();
        trial.sees("accept", listener::accept);
        trial.sees("setSoTimeout", () -> listener.setSoTimeout(1));
    }
}
