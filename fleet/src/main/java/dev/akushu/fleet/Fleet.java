package dev.akushu.fleet;

import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TicketKeySource;
import dev.akushu.tls.TicketKeys;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What servers need to be one to their clients: the same Ticket Keys, and a replay guard that they share, in a store of Redis or Valkey. A ticket that one server sealed opens at all; early data that one has taken, no other takes.
 *
 * <p>The store never holds up a handshake and never fails one. Tickets are sealed and opened with keys at hand; when the store is away, with the last ones, and when it was never there, or its keys do not open here, with a key of this
 * server alone. Early data waits for the store, for the deadline at most, and is refused where it does not answer: the handshake goes on.
 *
 * {@snippet :
 * try (Fleet fleet = Fleet.at("redis://store:6379/shop", KeyEncryptionKey.file(path)).start()) {
 *     fleet.awaitJoined(Duration.ofSeconds(2));
 *     TlsServer server = fleet.join(TlsServer.builder(identity)).earlyData(16384).build();
 * }
 * }
 *
 * <p>Safe for use by many threads. Has one thread of its own, a virtual one for what comes at a certain time, and a few of Lettuce's.
 */
public final class Fleet implements AutoCloseable {
    private final RollOut rollOut;
    private final InstantSource clock;
    private final FleetKeys keys;
    private final SharedReplayGuard guard;
    private final StoreFollower follower;

    private Fleet(Builder builder) throws TlsException {
        rollOut = builder.rollOut;
        clock = builder.clock;
        FleetObserver observer = new HeededObserver(builder.observer);
        StoreClient client = StoreClient.of(builder.address, builder.access);
        String name = client.address().fleet();
        Faults faults = new Faults(client.address().shown(), observer, builder.clock);
        KeyBook book = new KeyBook(name, client.address().shown(), builder.wrapping, rollOut, faults::report);
        KeyKeeper keeper = new KeyKeeper(name, book, rollOut, builder.wrapping, builder.random);
        follower = new StoreFollower(client, book, keeper, faults, builder.pollEvery, rollOut, builder.clock, observer);
        keys = new FleetKeys(
                book::keys,
                TicketKeys.rotating(builder.clock, builder.random, rollOut.every(), rollOut.ticketLifetime()));
        guard = new SharedReplayGuard(
                follower::rememberingLink,
                follower::isInTime,
                builder.replayDeadline,
                rollOut.clockDifference(),
                follower.silence(),
                clock,
                observer);
        follower.start();
    }

    /**
     * Begins a fleet.
     *
     * @param address {@code redis://[USER:PASSWORD@]HOST[:PORT]/NAME}, {@code rediss://} over TLS, {@code redis-sentinel://HOST:PORT,HOST:PORT/NAME#MASTER}; servers with the same NAME share
     * @param wrapping encrypts the keys for the store; the same at all servers
     */
    public static Builder at(String address, KeyWrapping wrapping) {
        return new Builder(address, wrapping);
    }

    /** Gives {@code server} the fleet's keys, its replay guard and the lifetime of its tickets. */
    public TlsServer.Builder join(TlsServer.Builder server) {
        return server.ticketKeys(keys).replayGuard(guard).ticketLifetime(rollOut.ticketLifetime());
    }

    /** The keys; tickets must not live longer than {@link RollOut#ticketLifetime}. */
    public TicketKeySource ticketKeys() {
        return keys;
    }

    /**
     * The replay guard. It cannot tell whether a ClientHello is fresh, and early data is refused, until the store has been there for twice the freshness window and six times the clocks' tolerance: when it is new, has been started anew, or
     * another one has taken over; nor while the clocks of this server and of the store differ by more than is tolerated.
     */
    public ReplayGuard replayGuard() {
        return guard;
    }

    /** Waits until the store answers and there is a key of the fleet's; false if it does not in time. Servers need not wait, but tickets that they seal before open only where they were sealed. */
    public boolean awaitJoined(Duration limit) throws InterruptedException {
        return follower.awaitJoined(limit);
    }

    /** Whether this server seals with a key of the fleet's now: not while the store has never been there, has been away for too long, or holds keys in use that do not open here ({@link FleetObserver#onFault} hears why). */
    public boolean isSharing(Instant now) {
        return keys.sharedSealingKey(now) != null;
    }

    /** For how long the fleet's key that seals here has done so; empty if this server seals with one of its own. */
    Optional<Duration> keyAge() {
        Instant now = clock.instant();
        return Optional.ofNullable(keys.sharedSealingKey(now)).map(key -> Duration.between(key.notBefore(), now));
    }

    /** Ends the connections to the store, and overwrites the keys: what was sealed opens here no more. */
    @Override
    public void close() {
        follower.close();
    }

    /** Collects the settings of a {@link Fleet}; every setter returns this builder. */
    public static final class Builder {
        private final String address;
        private final KeyWrapping wrapping;
        private StoreAccess access = StoreAccess.DEFAULT;
        private RollOut rollOut = RollOut.DEFAULT;
        private Duration pollEvery = Duration.ofSeconds(10);
        private Duration replayDeadline = Duration.ofMillis(5);
        private FleetObserver observer = new FleetObserver() {};
        private InstantSource clock = InstantSource.system();
        private SecureRandom random = new SecureRandom();

        private Builder(String address, KeyWrapping wrapping) {
            this.address = address;
            this.wrapping = wrapping;
        }

        /** Other ways to prove each other's identity than {@link StoreAccess#DEFAULT}. */
        public Builder access(StoreAccess value) {
            access = value;
            return this;
        }

        /** Other times than {@link RollOut#DEFAULT}; the same at all servers. */
        public Builder rollOut(RollOut value) {
            rollOut = value;
            return this;
        }

        /** How often the store is asked for new keys, besides whenever it tells of some; 10 seconds unless set. Shorter than keys are published ahead. ClientHellos with early data are remembered for twice as long beyond their time, so all servers must have the same. */
        public Builder pollEvery(Duration value) {
            pollEvery = value;
            return this;
        }

        /** How long a handshake with early data waits for the store; 5 milliseconds unless set, more than zero and at most a second. */
        public Builder replayDeadline(Duration value) {
            if (!value.isPositive() || value.compareTo(Duration.ofSeconds(1)) > 0) {
                throw new IllegalArgumentException("the deadline must be more than 0 and at most 1 second: " + value);
            }
            replayDeadline = value;
            return this;
        }

        /** Tells {@code value} of what happens; faults are logged in any case. */
        public Builder observer(FleetObserver value) {
            observer = value;
            return this;
        }

        /** Another clock than the system's. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /** Other randomness for keys than the JDK's. */
        public Builder random(SecureRandom value) {
            random = value;
            return this;
        }

        /**
         * Begins to follow the store; does not wait for it.
         *
         * @throws TlsException what is wrong with the address, or with a file of the {@linkplain #access access}
         * @throws IllegalArgumentException if a key could begin to seal before a server has asked for it
         */
        public Fleet start() throws TlsException {
            if (!pollEvery.isPositive() || pollEvery.compareTo(rollOut.hearingTime()) >= 0) {
                throw new IllegalArgumentException("The store is asked every " + pollEvery
                        + ", but a server must hear of a key within " + rollOut.hearingTime());
            }
            return new Fleet(this);
        }
    }
}
