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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A server's part in a fleet. */
public final class SharedKeys implements AutoCloseable {
    /** A store that is there is joined in less; one that is known to be away holds nobody up. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Console console;
    private final Fleet fleet;
    private final Listener listener;
    private @Nullable State told;

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
            while (!fleet.awaitJoined(GLANCE)
                    && !listener.alone
                    && Instant.now().isBefore(end)) {
                // Looks again.
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return keys;
    }

    /** Called by threads of the fleet. */
    private static final class Listener implements FleetObserver {
        private final StoreFaults faults;
        private volatile boolean alone;
        private volatile boolean there;
        private volatile boolean foreign;
        private volatile Runnable onJoined = () -> {};
        private volatile Runnable onSharing = () -> {};

        Listener(StoreFaults faults) {
            this.faults = faults;
        }

        @Override
        public void onFault(TlsException fault) {
            if (fault.problem() == Problem.STORE_KEYS_FOREIGN) {
                foreign = true;
                alone = true;
            }
            if (fault.problem().category() == Problem.Category.TRANSPORT) {
                there = false;
                alone = true;
            }
            faults.tell(fault);
        }

        @Override
        public void onJoined() {
            there = true;
            onJoined.run();
        }

        @Override
        public void onSharing(boolean sharing) {
            if (sharing) {
                foreign = false;
            }
            onSharing.run();
        }
    }

    /** Gives {@code server} the fleet's keys and its replay guard. */
    public void join(TlsServer.Builder server) {
        var _ = fleet.join(server);
    }

    /** Says whether tickets open at the other servers, now and whenever that changes or the store comes back. */
    public void announce() {
        // First, so that no change is missed: who brings one waits until this is said.
        listener.onJoined = this::tell;
        listener.onSharing = this::tellIfNew;
        tellIfNew();
    }

    private synchronized void tellIfNew() {
        if (state() != told) {
            tell();
        }
    }

    /** Where tickets open, and why. */
    private enum State {
        SHARED,
        FOREIGN,
        /** The store answers, and no key of it seals here: somebody else is about to make one, or nobody can. */
        KEYLESS,
        ALONE
    }

    private State state() {
        if (fleet.isSharing(Instant.now())) {
            return State.SHARED;
        }
        if (listener.foreign) {
            return State.FOREIGN;
        }
        return listener.there ? State.KEYLESS : State.ALONE;
    }

    private synchronized void tell() {
        State state = state();
        told = state;
        console.event(JsonLine.event("ticket_keys").with("shared", state == State.SHARED));
        console.print(console.words().text("store." + state.name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public void close() {
        fleet.close();
    }
}
