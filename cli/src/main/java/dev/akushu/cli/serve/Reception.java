package dev.akushu.cli.serve;

import dev.akushu.cli.console.Audience;
import dev.akushu.cli.console.Console;
import dev.akushu.cli.console.Witness;
import dev.akushu.explain.Look;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.identity.HostNames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets clients in, each on a virtual thread of its own, as many as there are places, until it is stopped. */
final class Reception {
    /** How long clients have to take note of the end. */
    private static final Duration GOODBYE = Duration.ofSeconds(4);

    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofMillis(200);
    private static final int NARROWING = 8;

    private final ServerSocket door;
    private final TlsServer server;
    private final Treatment treatment;
    private final Journal journal;
    private final Audience audience;
    private final Set<Guest> guests = ConcurrentHashMap.newKeySet();
    private final Semaphore places;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long lastNumber;

    /** Each client has a configuration made from {@code server}, with its Ticket Keys and its replay guard, that only differs in who observes it. */
    Reception(ServerSocket door, TlsServer server, Treatment treatment, Journal journal, Audience audience) {
        this.door = door;
        this.server = server;
        this.treatment = treatment;
        this.journal = journal;
        this.audience = audience;
        places = new Semaphore(treatment.limits().connections());
    }

    /** Lets clients in until {@link #stop}, then says goodbye to those that are there. */
    void run() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(this::makeRounds);
            while (!isStopped()) {
                admitNext(threads);
            }
            sayGoodbye(threads);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes {@link #run} end soon. May be called by any thread, and more than once. */
    void stop() {
        stopped.countDown();
        // Whoever waits for a place or at the door looks up now.
        places.release();
        try {
            door.close();
        } catch (IOException failed) {
            journal.trouble(failed);
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void admitNext(ExecutorService threads) throws InterruptedException {
        places.acquire();
        try {
            Socket socket = door.accept();
            Guest guest = guest(socket);
            guests.add(guest);
            threads.execute(() -> host(guest));
        } catch (IOException failed) {
            places.release();
            if (!isStopped()) {
                // Too many open files, for instance: trying again at once would only repeat it.
                journal.trouble(failed);
                stopped.await(PAUSE_AFTER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private Guest guest(Socket socket) {
        InetSocketAddress from = (InetSocketAddress) socket.getRemoteSocketAddress();
        Visitor visitor =
                new Visitor(++lastNumber, HostNames.withPort(from.getAddress().getHostAddress(), from.getPort()));
        Witness witness = witness(visitor);
        TlsServer watched =
                server.toBuilder().observer(witness.observer(Role.SERVER)).build();
        return new Guest(visitor, socket, watched, treatment, journal, witness);
    }

    private Witness witness(Visitor visitor) {
        Console console = audience.console();
        Look look = console.lookOfOutput();
        // Lines of several stories stand between each other.
        String mark = "[" + visitor.number() + "] ";
        return audience.witness(
                visitor.number(), look.withWidth(look.width() - NARROWING), line -> console.print(mark + line));
    }

    private void host(Guest guest) {
        try {
            guest.run();
        } finally {
            guests.remove(guest);
            places.release();
        }
    }

    private void makeRounds() {
        try {
            while (!stopped.await(ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                guests.forEach(Guest::leaveIfStuck);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayGoodbye(ExecutorService threads) throws InterruptedException {
        guests.forEach(guest -> threads.execute(guest::leave));
        threads.shutdown();
        if (!threads.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
            threads.shutdownNow();
        }
    }
}
