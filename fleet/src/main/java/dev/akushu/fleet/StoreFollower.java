package dev.akushu.fleet;

import dev.akushu.tls.Problem;
import dev.akushu.tls.TicketKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Looks at the store when it tells of a change, and every few seconds; connects again when it was away. All on one thread, which no handshake waits for; only the end of the last key is told by another. */
final class StoreFollower implements AutoCloseable {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** After a look, before one that the store asks for: whoever can write there may ask without end. */
    private static final Duration QUIET = Duration.ofMillis(200);

    private final StoreClient client;
    private final KeyBook book;
    private final KeyKeeper keeper;
    private final Faults faults;
    private final Duration pollEvery;
    private final RollOut rollOut;
    private final InstantSource clock;
    private final FleetObserver observer;

    private final ScheduledThreadPoolExecutor thread;
    private final ScheduledThreadPoolExecutor lapses;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final CountDownLatch joined = new CountDownLatch(1);

    private volatile @Nullable RedisLink link;
    private volatile boolean remembers;
    private volatile boolean clockDiffers;
    private long quietUntil = System.nanoTime();

    // Guarded by this.
    private boolean sharing;
    private Instant lapse = Instant.MIN;

    StoreFollower(
            StoreClient client,
            KeyBook book,
            KeyKeeper keeper,
            Faults faults,
            Duration pollEvery,
            RollOut rollOut,
            InstantSource clock,
            FleetObserver observer) {
        this.client = client;
        this.book = book;
        this.keeper = keeper;
        this.faults = faults;
        this.pollEvery = pollEvery;
        this.rollOut = rollOut;
        this.clock = clock;
        this.observer = observer;
        String name = "akushu-fleet-" + client.address().fleet();
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        lapses = new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().factory());
    }

    void start() {
        thread.execute(this::turn);
    }

    boolean awaitJoined(Duration limit) throws InterruptedException {
        return joined.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The store, if it is there and forgets nothing before its time. */
    @Nullable RedisLink rememberingLink() {
        RedisLink current = link;
        return current != null && remembers && current.isOpen() ? current : null;
    }

    /** Whether the clocks of this server and of the store differ by no more than is tolerated, as far as the last look tells. */
    boolean isInTime() {
        return !clockDiffers;
    }

    /** Called by other threads, too: something has happened at the store. */
    private void ask() {
        if (asked.compareAndSet(false, true)) {
            later(this::lookWhenQuiet, Duration.ZERO);
        }
    }

    private void later(Runnable what, Duration pause) {
        try {
            var _ = thread.schedule(what, pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            // It is closed.
        }
    }

    private void lookWhenQuiet() {
        Duration pause = Duration.ofNanos(quietUntil - System.nanoTime());
        if (pause.isPositive()) {
            later(this::lookWhenQuiet, pause);
            return;
        }
        // Before the look: what changes during it is looked at again.
        asked.set(false);
        if (!lookNow()) {
            ask();
        }
    }

    private void turn() {
        boolean there = false;
        try {
            there = lookNow();
        } finally {
            // Whatever was thrown: this server must go on to hear of keys.
            Duration pause = (there && book.isSurveyed()) || pollEvery.compareTo(RETRY) < 0 ? pollEvery : RETRY;
            later(this::turn, pause);
        }
    }

    private boolean lookNow() {
        boolean there = false;
        try {
            look();
            there = true;
        } catch (Exception | Error failed) {
            // The clients of some services throw checked exceptions that they do not declare.
            unlink();
            faults.stand(client.fault(failed));
        } finally {
            quietUntil = System.nanoTime() + (there ? QUIET : RETRY).toNanos();
            tellSharing();
        }
        return there;
    }

    private synchronized void tellSharing() {
        Instant now = clock.instant();
        List<TicketKey> keys = book.keys();
        boolean shares = rollOut.anySeals(keys, now);
        if (shares != sharing) {
            sharing = shares;
            observer.onSharing(shares);
        }
        if (shares) {
            joined.countDown();
            keys.stream()
                    .map(TicketKey::sealUntil)
                    .max(Comparator.naturalOrder())
                    .ifPresent(this::tellAgainAt);
        }
    }

    /** Not by the thread of the looks: that may wait, just then, for a store that does not answer. */
    private void tellAgainAt(Instant end) {
        if (end.equals(lapse)) {
            return;
        }
        lapse = end;
        try {
            var _ = lapses.schedule(
                    this::tellLapse, clock.instant().until(end, ChronoUnit.MILLIS) + 1, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // It is closed.
        }
    }

    private synchronized void tellLapse() {
        // A clock that was set back meanwhile makes it come once more.
        lapse = Instant.MIN;
        tellSharing();
    }

    private void look() throws IOException {
        RedisLink old = link;
        boolean goesOn = old != null && old.isOpen();
        if (!goesOn) {
            unlink();
        }
        RedisLink store = old != null && goesOn ? old : client.connect(this::ask);
        try {
            // First, because a look needs the scripts, which somebody may have taken away.
            examine(store);
            long begin = System.nanoTime();
            keep(store);
            observer.onLook(Duration.ofNanos(System.nanoTime() - begin));
        } catch (Throwable failed) {
            if (!goesOn) {
                store.close();
            }
            throw failed;
        }
        link = store;
        faults.end(Problem.Category.TRANSPORT);
        if (!goesOn) {
            faults.joined();
        }
    }

    private void keep(RedisLink store) throws IOException {
        Instant now = clock.instant();
        if (clockDiffers) {
            // The fleet's keys would seem to be over that are not, and the next one would begin when nobody expects it.
            book.follow(store, now);
        } else {
            lookAndMake(store, now);
        }
        if (book.isForeign(now)) {
            faults.stand(client.foreign());
        } else {
            faults.end(Problem.STORE_KEYS_FOREIGN);
        }
    }

    private void lookAndMake(RedisLink store, Instant now) throws IOException {
        try {
            keeper.look(store, now);
            faults.end(Problem.TICKET_KEY_NOT_WRAPPED);
        } catch (GeneralSecurityException notWrapped) {
            // The store is there, and its keys are known: only the next one is missing.
            faults.stand(client.notWrapped(notWrapped));
        }
    }

    /** What would let a copy of early data pass, or good tickets fail. */
    private void examine(RedisLink store) throws IOException {
        store.refresh();
        RedisLink.Clock compared = store.compare(clock, silence());
        remembers = store.evictionPolicy().isEmpty() && compared.isNoted();
        if (store.evictionPolicy().isPresent()) {
            faults.stand(Problem.STORE_FORGETS.with(
                    client.address().shown(),
                    "maxmemory-policy",
                    store.evictionPolicy().get()));
        } else {
            faults.end(Problem.STORE_FORGETS);
        }
        Duration tolerance = rollOut.clockDifference();
        Duration difference = compared.difference();
        clockDiffers = difference.compareTo(tolerance) > 0;
        if (clockDiffers) {
            faults.stand(Problem.STORE_CLOCK_DIFFERS.with(
                    client.address().shown(), Duration.ofSeconds(difference.toSeconds()), tolerance));
        } else {
            faults.end(Problem.STORE_CLOCK_DIFFERS);
        }
    }

    /** For how long no server may look at the store's clock, while one is linked at all: one look may fail, and another one take its time. */
    Duration silence() {
        return pollEvery.multipliedBy(2).plusSeconds(2);
    }

    private void unlink() {
        RedisLink old = link;
        link = null;
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            // A store that answers is done with in less. One that does not holds nobody up.
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        lapses.shutdownNow();
        unlink();
        client.close();
        book.close();
    }
}
