package dev.akushu.bench.cold;

import dev.akushu.bench.stack.JsseStack;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.Servers;
import dev.akushu.bench.stack.Shaker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Security;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A program that shakes hands once, by SunJSSE, and ends. Arguments: the file of the server; the port to connect to, or both ends are here. */
final class ColdSun {
    private ColdSun() {}

    public static void main(String[] arguments) throws GeneralSecurityException, IOException {
        Servers servers = Servers.read(Path.of(arguments[0]), 1);
        if (arguments.length == 1) {
            new Shaker(
                            Scenario.SAME_SERVER,
                            new JsseStack(JsseStack.Kind.SUN, Security.getProvider("SunJSSE"))
                                    .open(Scenario.SAME_SERVER, servers, servers.root()),
                            0)
                    .run();
            return;
        }
        int port = Integer.parseInt(arguments[1]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(Servers.trustStore(servers.root()));
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trust.getTrustManagers(), null);
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
                SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(plain, Servers.HOST, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            Loopback.requireGreeting(socket.getInputStream().readAllBytes());
        }
    }
}
