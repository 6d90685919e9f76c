package dev.akushu.bench.cold;

import dev.akushu.bench.stack.AkushuStack;
import dev.akushu.bench.stack.Scenario;
import dev.akushu.bench.stack.Servers;
import dev.akushu.bench.stack.Shaker;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** A program that shakes hands once, by Akushu, and ends. Arguments: {@code own} or {@code jdk} for the curves, the file of the server; the port to connect to, or both ends are here. */
final class ColdAkushu {
    private ColdAkushu() {}

    public static void main(String[] arguments) throws GeneralSecurityException, IOException {
        Crypto crypto = arguments[0].equals("own") ? Crypto.ownCurves() : Crypto.jdk();
        Servers servers = Servers.read(Path.of(arguments[1]), 1);
        if (arguments.length == 2) {
            new Shaker(
                            Scenario.SAME_SERVER,
                            new AkushuStack(crypto, false).open(Scenario.SAME_SERVER, servers, servers.root()),
                            0)
                    .run();
            return;
        }
        int port = Integer.parseInt(arguments[2]);
        TlsClient client = TlsClient.builder(Trust.anchors(List.of(servers.root()), "the benchmark"))
                .crypto(crypto)
                .build();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                TlsConnection connection = TlsConnection.overSocket(client, socket, Servers.HOST, port)) {
            Loopback.requireGreeting(connection.input().readAllBytes());
        }
    }
}
