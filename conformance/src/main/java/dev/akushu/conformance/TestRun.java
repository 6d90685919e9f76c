package dev.akushu.conformance;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.EarlyDataOutcome;
import dev.akushu.tls.Problem;
import dev.akushu.tls.ReplayGuard;
import dev.akushu.tls.TicketKeys;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One test: a connection, and as many more as the flags want that resume the one before. */
final class TestRun {
    /** Less than the runner's patience, so that a test that hangs says where. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private static final Set<Problem> OLDER_VERSION = Set.of(
            Problem.CLIENT_TOO_OLD,
            Problem.INAPPROPRIATE_FALLBACK,
            Problem.SERVER_TOO_OLD,
            Problem.WRONG_LEGACY_VERSION);

    private final Flags flags;
    private final Crypto crypto;
    private final ShimClock clock = new ShimClock();
    private final ShimTickets tickets = new ShimTickets();
    private final Set<Bytes> seenHellos = new HashSet<>();
    private final TicketKeys ticketKeys = TicketKeys.rotating(clock, new SecureRandom());
    private final CurrentSocket socket;

    TestRun(Flags flags, Crypto crypto, CurrentSocket socket) {
        this.flags = flags;
        this.crypto = crypto;
        this.socket = socket;
    }

    Verdict run() {
        try {
            flags.initial().requireTls13();
            flags.resumed().requireTls13();
            flags.retried().requireTls13();
            connect(flags.initial(), false);
            for (long left = flags.initial().number(Flag.RESUME_COUNT, 0); left > 0; left--) {
                tickets.turn();
                connect(flags.resumed(), true);
            }
            return Verdict.passed();
        } catch (OutOfScope reason) {
            return Verdict.outOfScope(reason);
        } catch (Unmet reason) {
            return Verdict.unmet(reason);
        } catch (TlsException failure) {
            return Verdict.failed(failure);
        } catch (IOException | RuntimeException failure) {
            return Verdict.broken(failure);
        }
    }

    private void connect(Options options, boolean resumes) throws TlsException, IOException, OutOfScope, Unmet {
        ShimIdentities identities = ShimIdentities.of(options, crypto);
        Observed observed = new Observed();
        Endpoint endpoint = new Endpoint(options, flags.retried(), identities, observed, crypto);
        if (resumes && !options.isServer() && !tickets.hasOffer()) {
            throw new Unmet("there is no session to offer");
        }
        TlsEngine engine =
                options.isServer() ? endpoint.server(ticketKeys, this::check, clock) : endpoint.client(tickets, clock);
        try (Socket open = dial(options)) {
            Peer peer = new Peer(engine, open, options.has(Flag.ASYNC));
            try {
                converse(options, resumes, peer, observed, identities);
            } catch (TlsException failure) {
                refuseOlderVersion(options, failure);
                throw failure;
            } finally {
                partFrom(peer, open);
            }
        }
        clock.advance(Duration.ofSeconds(options.number(Flag.RESUMPTION_DELAY, 0)));
    }

    private void converse(Options asked, boolean resumes, Peer peer, Observed observed, ShimIdentities identities)
            throws TlsException, IOException, Unmet {
        peer.begin();
        if (!asked.has(Flag.IMPLICIT_HANDSHAKE)) {
            peer.handshake();
            if (asked.has(Flag.HANDSHAKE_NEVER_DONE)) {
                throw new Unmet("the handshake was done");
            }
        }
        boolean answersEarly = peer.takesEarlyData();
        boolean refused = !asked.isServer() && asked.has(Flag.EXPECT_REJECT_EARLY_DATA);
        if (refused && peer.engine().earlyData().equals(Optional.of(EarlyDataOutcome.ACCEPTED))) {
            throw new Unmet("early data was accepted");
        }
        // What comes after a refusal has flags of its own, as if it were another connection.
        Options options = refused ? flags.retried() : asked;
        Expectation expected =
                () -> Expectations.of(options, peer.engine(), resumes).check(observed, identities);
        if (!options.has(Flag.IMPLICIT_HANDSHAKE) && !answersEarly) {
            expected.check();
        }
        Exchange exchange =
                new Exchange(options, peer, observed.earlyDataOffered() && !refused, observed.trafficSecrets());
        exchange.run();
        if (answersEarly) {
            expected.check();
        }
        if (!options.isServer()) {
            checkTicket(options, peer);
        }
        exchange.shutDown();
    }

    private void checkTicket(Options options, Peer peer) throws Unmet {
        // Akushu keeps no tickets of sessions by an external key.
        boolean byKey = peer.engine().session().stream().anyMatch(session -> session.externalPsk() != null);
        boolean expected = !byKey && !options.has(Flag.EXPECT_NO_SESSION) && !options.has(Flag.SHIM_SHUTS_DOWN);
        Unmet.unlessEqual("ticket received", expected, tickets.hasReceived());
        if (expected) {
            Unmet.unlessEqual(
                    "ticket allows early data",
                    options.has(Flag.EXPECT_TICKET_SUPPORTS_EARLY_DATA),
                    tickets.allowsEarlyData());
        }
    }

    /** The replay guard of this test's server, which has not been there before. */
    private CompletionStage<ReplayGuard.Answer> check(ReplayGuard.Hello hello) {
        boolean first = seenHellos.add(hello.id());
        return CompletableFuture.completedFuture(first ? ReplayGuard.Answer.FRESH : ReplayGuard.Answer.SEEN);
    }

    /** Something to be checked once the session is there. */
    @FunctionalInterface
    private interface Expectation {
        void check() throws Unmet, IOException;
    }

    /** In a test that leaves the version open the runner may play an older one; then the test is not about TLS 1.3. */
    private static void refuseOlderVersion(Options options, TlsException failure) throws OutOfScope {
        Problem problem = failure.problem();
        boolean byPeer = problem == Problem.ALERT_RECEIVED
                && failure.diagnosis().fact("alert").equals("protocol_version");
        boolean older = byPeer || OLDER_VERSION.contains(problem);
        if (older && !options.permitsOnlyTls13()) {
            throw new OutOfScope("a peer of an older version than TLS 1.3");
        }
    }

    private Socket dial(Options options) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral(options.has(Flag.IPV6) ? "::1" : "127.0.0.1");
        Socket open = new Socket();
        socket.is(open);
        open.setTcpNoDelay(true);
        open.setSoTimeout((int) PATIENCE.toMillis());
        open.connect(new InetSocketAddress(loopback, (int) options.number(Flag.PORT, 0)));
        byte[] id = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(options.number(Flag.SHIM_ID, 0))
                .array();
        open.getOutputStream().write(id);
        return open;
    }

    /** Sends the last alert and waits for the runner to close: a reset would take the alert from it. */
    private static void partFrom(Peer peer, Socket open) {
        try {
            peer.flush();
            open.shutdownOutput();
            open.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException alreadyOver) {
            // The runner has closed first, or a failed engine throws again what it threw before; the verdict stands.
            return;
        }
    }
}
