package dev.akushu.interop.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** All peers there are, and the one rule about what is absent: its tests are skipped, or fail where the system property {@code akushu.interop.required} is 1 or true. */
public final class Peers {
    private static final Path PROGRAMS =
            Path.of(System.getProperty("akushu.root", ".."), "interop", "peers").toAbsolutePath();

    /** In the order of the matrix: the ones that always run come first. */
    public static List<Peer> all() {
        return List.of(
                JssePeer.sunJsse(),
                JssePeer.bouncyCastle(),
                JssePeer.conscrypt(),
                new NettyPeer(),
                ContractPeer.go(PROGRAMS),
                ContractPeer.rustls(PROGRAMS),
                ContractPeer.node(PROGRAMS),
                new OpenSslPeer(),
                new GnuTlsPeer(),
                new NssPeer(),
                new CurlPeer(),
                new ChromiumPeer());
    }

    private Peers() {}

    /** The test needs {@code peer}. */
    public static void require(Peer peer) {
        peer.absence().ifPresent(reason -> absent("peer " + peer.name() + " is absent: " + reason));
    }

    /** The test needs {@code program}, which is on the PATH where it is installed. */
    public static void requireProgram(String program) {
        if (ExternalProcess.find(program).isEmpty()) {
            absent("there is no " + program + " on the PATH");
        }
    }

    /** The program {@code name} that {@code interop/peers/build} makes, which the test needs. */
    public static String requireBuilt(String name) {
        Path program = PROGRAMS.resolve("target").resolve(name);
        if (!Files.isExecutable(program)) {
            absent("interop/peers/build has not made " + program);
        }
        return program.toString();
    }

    private static void absent(String message) {
        if (List.of("1", "true").contains(System.getProperty("akushu.interop.required", ""))) {
            Assertions.fail(message);
        }
        System.out.println("interop: skipped, " + message);
        Assumptions.abort(message);
    }
}
