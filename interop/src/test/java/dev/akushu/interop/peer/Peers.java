package dev.akushu.interop.peer;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** All peers there are, and the rule about those that are absent. */
public final class Peers {
    private Peers() {}

    /** In the order of the matrix: the ones that always run come first. */
    public static List<Peer> all() {
        Path programs = Path.of(System.getProperty("akushu.root", ".."), "interop", "peers")
                .toAbsolutePath();
        return List.of(
                JssePeer.sunJsse(),
                JssePeer.bouncyCastle(),
                JssePeer.conscrypt(),
                new NettyPeer(),
                ContractPeer.go(programs),
                ContractPeer.rustls(programs),
                ContractPeer.node(programs),
                new OpenSslPeer(),
                new GnuTlsPeer(),
                new NssPeer(),
                new CurlPeer(),
                new ChromiumPeer());
    }

    /** Skips the test if the peer is absent, or fails it where the system property {@code akushu.interop.required} is 1 or true. */
    public static void require(Peer peer) {
        peer.absence().ifPresent(reason -> {
            String message = "peer " + peer.name() + " is absent: " + reason;
            if (List.of("1", "true").contains(System.getProperty("akushu.interop.required", ""))) {
                Assertions.fail(message);
            }
            System.out.println("interop: skipped, " + message);
            Assumptions.abort(message);
        });
    }
}
