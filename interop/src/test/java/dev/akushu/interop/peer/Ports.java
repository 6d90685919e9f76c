package dev.akushu.interop.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/** Ports of servers that do not say which one they took, or refuse to choose. */
public final class Ports {
    private static final String LISTENING = "0A";

    private Ports() {}

    /** A port that was free a moment ago; whoever uses it must be ready to try another. */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The IPv4 port on which a process listens, by the tables of Linux. */
    public static OptionalInt listening(long pid) throws IOException {
        Set<String> sockets = sockets(pid);
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/tcp"))) {
            String[] fields = line.trim().split("\\s+", -1); // sl local_address rem_address st ... inode is the tenth
            if (fields.length > 9 && fields[3].equals(LISTENING) && sockets.contains("socket:[" + fields[9] + "]")) {
                return OptionalInt.of(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
            }
        }
        return OptionalInt.empty();
    }

    private static Set<String> sockets(long pid) throws IOException {
        Set<String> links = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    links.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException closedMeanwhile) {
                    // one that is gone listens nowhere
                }
            }
        }
        return links;
    }
}
