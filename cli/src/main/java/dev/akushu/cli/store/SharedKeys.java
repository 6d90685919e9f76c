package dev.akushu.cli.store;

import dev.akushu.cli.console.CommandFailure;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.JsonLine;
import dev.akushu.cli.option.StoreOptions;
import dev.akushu.fleet.Fleet;
import dev.akushu.fleet.FleetObserver;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A server's part in a fleet. */
public final class SharedKeys implements AutoCloseable {
    /** A store that is there is joined in less; one that is known to be away holds nobody up. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Console console;
    private final Fleet fleet;
    private final Listener listener;

    private SharedKeys(Console console, Fleet fleet, Listener listener) {
        this.console = console;
        this.fleet = fleet;
        this.listener = listener;
    }

    /** Joins the fleet at {@code address}, or goes on trying to if the store is away. */
    public static SharedKeys at(String address, StoreOptions options, Console console)
            throws CommandFailure, TlsException {
        Entrance entrance = Entrance.of(address, options, console);
        Listener listener = new Listener(new StoreFaults(console));
        Fleet fleet = Fleet.at(entrance.address(), entrance.wrapping())
                .access(entrance.access())
                .observer(listener)
                .start();
        SharedKeys keys = new SharedKeys(console, fleet, listener);
        try {
            Instant end = Instant.now().plus(PATIENCE);
            while (!fleet.awaitJoined(GLANCE) && !listener.away && Instant.now().isBefore(end)) {
                // Looks again.
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return keys;
    }

    /** Called by the fleet's thread. */
    private static final class Listener implements FleetObserver {
        private final StoreFaults faults;
        private volatile boolean away;
        private volatile @Nullable Runnable onJoined;

        Listener(StoreFaults faults) {
            this.faults = faults;
        }

        @Override
        public void onFault(TlsException fault) {
            away |= fault.problem() == Problem.STORE_UNREACHABLE || fault.problem() == Problem.STORE_REFUSED;
            faults.tell(fault);
        }

        @Override
        public void onJoined() {
            Runnable next = onJoined;
            if (next != null) {
                next.run();
            }
        }
    }

    /** Gives {@code server} the fleet's keys and its replay guard. */
    public void join(TlsServer.Builder server) {
        var _ = fleet.join(server);
    }

    /** Says whether tickets open at the other servers, now and whenever the store comes back. */
    public void announce() {
        tell();
        listener.onJoined = this::tell;
    }

    private void tell() {
        boolean shared = fleet.isSharing(Instant.now());
        console.event(JsonLine.event("ticket_keys").with("shared", shared));
        console.print(console.words().text(shared ? "store.shared" : "store.alone"));
    }

    @Override
    public void close() {
        fleet.close();
    }
}
