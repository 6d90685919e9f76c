package dev.akushu.cli.serve;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.ExitCode;
import dev.akushu.cli.console.Words;
import dev.akushu.cli.option.Seconds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import picocli.CommandLine.Option;

/** Where clients come in, and how many may be there for how long. */
final class DoorOptions {
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_CONNECTIONS = 10_000;
    private static final int BACKLOG = 128;

    @Option(names = "--port", paramLabel = "PORT")
    private int port = 4433;

    @Option(names = "--host", paramLabel = "ADDRESS")
    private String host = "127.0.0.1";

    @Option(names = "--max-connections", paramLabel = "NUMBER")
    private int mostConnections = 500;

    @Option(names = "--timeout", paramLabel = "SECONDS")
    private String timeout = "15";

    @Option(names = "--idle", paramLabel = "SECONDS")
    private String idle = "120";

    /** The address as it was typed. */
    String host() {
        return host;
    }

    Limits limits(Words words) throws CommandFailure {
        if (mostConnections < 1 || mostConnections > MOST_CONNECTIONS) {
            throw words.misuse("out_of_range", mostConnections, "--max-connections", 1, MOST_CONNECTIONS);
        }
        return new Limits(mostConnections, Seconds.of(timeout, "--timeout", words), Seconds.of(idle, "--idle", words));
    }

    /** Listens; port 0 takes a free one. */
    ServerSocket open(Words words) throws CommandFailure, IOException {
        if (port < 0 || port > HIGHEST_PORT) {
            throw words.misuse("out_of_range", port, "--port", 0, HIGHEST_PORT);
        }
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new CommandFailure(words.misuse("bad_address", host).failure(), unknown);
        }
        ServerSocket door = new ServerSocket();
        try {
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(address, port), BACKLOG);
            return door;
        } catch (IOException taken) {
            door.close();
            throw new CommandFailure(
                    words.failure(ExitCode.NETWORK, "cannot_listen", host, port, String.valueOf(taken.getMessage()))
                            .failure(),
                    taken);
        }
    }
}
