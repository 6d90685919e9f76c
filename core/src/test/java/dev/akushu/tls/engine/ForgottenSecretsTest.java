package dev.akushu.tls.engine;

import static dev.akushu.tls.engine.ForgedRecords.HANDSHAKE;
import static dev.akushu.tls.engine.ForgedRecords.clear;
import static dev.akushu.tls.engine.ForgedRecords.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.EarlyData;
import dev.akushu.tls.Identity;
import dev.akushu.tls.KeyOperation;
import dev.akushu.tls.NamedGroup;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsEngine;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Work;
import dev.akushu.tls.crypto.BadKeyShareException;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.KeyExchange;
import dev.akushu.tls.testing.EnginePair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A connection that has failed, wherever it stood, has no secrets any more. RFC 9846 section 6. */
class ForgottenSecretsTest {
    private static final byte[] MARK = "remember me not".getBytes(StandardCharsets.US_ASCII);
    private static final String KEY_UPDATE = "1800000100";

    @Test
    void aConnectionThatStandsHasSome() throws TlsException {
        EnginePair pair =
                EnginePair.connected(Ends.client().build(), Ends.server().build());
        assertThat(Remains.secrets(pair.client().engine())).isNotEmpty();
        assertThat(Remains.secrets(pair.server().engine())).isNotEmpty();
    }

    @Test
    void aServerThatWaitsForItsReplayGuard() throws TlsException {
        TlsClient client = Ends.client().build();
        TlsServer server = Ends.server()
                .earlyData(100)
                .replayGuard(hello -> new CompletableFuture<>())
                .replayGuardTimeout(Duration.ofMinutes(1))
                .build();
        EnginePair.connected(client, server);
        TlsEngine waiting = server.engine();
        requireNoneLeft(waiting, client.engine("localhost", 443, EarlyData.of(MARK)), Work.Kind.CHECK_REPLAY);
    }

    @Test
    void aServerThatWaitsForItsSignature() throws TlsException {
        TlsServer server = TlsServer.builder(neverSigning()).build();
        requireNoneLeft(server.engine(), Ends.client().build().engine("localhost", 443), Work.Kind.SIGN);
    }

    @Test
    void aClientThatWaitsForItsSignatureOrIdentity() throws TlsException {
        for (Work.Kind kind : List.of(Work.Kind.CHOOSE_IDENTITY, Work.Kind.VERIFY_PEER, Work.Kind.SIGN)) {
            TlsClient client = Ends.client().identity(neverSigning()).build();
            TlsServer server = Ends.server()
                    .clientAuthentication(ClientAuthentication.REQUIRED, Ends.PKI.trust())
                    .build();
            EnginePair pair = EnginePair.of(client.engine("localhost", 443), server.engine());
            pair.server().input(pair.client().output());
            requireNoneLeft(pair.client().engine(), pair.server().engine(), kind);
        }
    }

    @Test
    void aServerWhoseClientHasATicketAndABadShare() throws TlsException {
        SpoiledGroup group = new SpoiledGroup();
        TlsClient client = Ends.client()
                .crypto(Crypto.jdk().with(group))
                .policy(Ends.QUICK)
                .build();
        TlsServer server = Ends.server().build();
        EnginePair.connected(client, server);
        group.spoils = true;
        EnginePair pair = EnginePair.of(client, server);

        requireFailure(pair.server(), pair.client().output(), Problem.BAD_KEY_SHARE);
        assertThat(Remains.secrets(pair.server().engine())).isEmpty();
    }

    @Test
    void aClientThatFindsSomethingBehindTheServersFinished() throws TlsException {
        TappedPair tapped = new TappedPair(Ends.client(), Ends.server());
        tapped.server().input(tapped.client().output());
        byte[] flight = tapped.server().output();
        int last = lastRecord(flight);
        byte[] inner = tapped.handshake(Role.SERVER).openInner(Arrays.copyOfRange(flight, last, flight.length));
        byte[] longer = join(
                Arrays.copyOf(inner, inner.length - 1),
                Bytes.fromHex(KEY_UPDATE).toArray());
        byte[] forged =
                join(Arrays.copyOf(flight, last), tapped.handshake(Role.SERVER).seal(HANDSHAKE, longer));

        requireFailure(tapped.client(), forged, Problem.MESSAGE_ACROSS_KEY_CHANGE);
        assertThat(Remains.secrets(tapped.client().engine())).isEmpty();
    }

    @Test
    void earlyDataThatWasRead() throws TlsException {
        EnginePair pair = withEarlyData();
        TlsEngine server = pair.server().engine();
        assertThat(Remains.octets(server, MARK)).as("before").isNotEmpty();
        server.readEarlyData(ByteBuffer.allocate(MARK.length));
        assertThat(Remains.octets(server, MARK)).isEmpty();
    }

    @Test
    void earlyDataThatNobodyRead() throws TlsException {
        EnginePair pair = withEarlyData();
        TlsEngine server = pair.server().engine();
        requireFailure(pair.server(), clear(HANDSHAKE, KEY_UPDATE), Problem.UNEXPECTED_RECORD);
        assertThat(Remains.octets(server, MARK)).isEmpty();
        assertThat(Remains.secrets(server)).isEmpty();
        TlsException gone =
                catchThrowableOfType(TlsException.class, () -> server.readEarlyData(ByteBuffer.allocate(100)));
        assertThat(gone).isSameAs(server.failure().orElseThrow());
    }

    @Test
    void whoExportsFromAConnectionThatFailedHearsWhyItDid() throws TlsException {
        EnginePair pair = withEarlyData();
        TlsEngine server = pair.server().engine();
        assertThat(server.exportEarlyKeyingMaterial("EXPORTER-test", new byte[0], 16))
                .hasSize(16);
        requireFailure(pair.server(), clear(HANDSHAKE, KEY_UPDATE), Problem.UNEXPECTED_RECORD);
        TlsException failure = server.failure().orElseThrow();

        assertThat(catchThrowableOfType(
                        TlsException.class, () -> server.exportEarlyKeyingMaterial("EXPORTER-test", new byte[0], 16)))
                .isSameAs(failure);
        assertThat(catchThrowableOfType(
                        TlsException.class, () -> server.exportKeyingMaterial("EXPORTER-test", new byte[0], 16)))
                .isSameAs(failure);
    }

    @Test
    void exportingEarlyWhileTheConnectionEndsGivesMaterialOrTheReason() throws Exception {
        for (int round = 0; round < 100; round++) {
            TlsEngine server = withEarlyData().server().engine();
            AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
            CompletableFuture<Void> begun = new CompletableFuture<>();
            Thread exporting = Thread.ofPlatform().start(() -> end.set(exportUntilItEnds(server, begun)));
            begun.join();
            assertThat(catchThrowableOfType(TlsException.class, server::endOfInput))
                    .isNotNull();
            exporting.join();
            assertThat(end.get()).isSameAs(server.failure().orElseThrow());
        }
    }

    private static Throwable exportUntilItEnds(TlsEngine server, CompletableFuture<Void> begun) {
        try {
            while (true) {
                server.exportEarlyKeyingMaterial("EXPERIMENTAL test", new byte[0], 32);
                begun.complete(null);
            }
        } catch (TlsException | RuntimeException failed) {
            return failed;
        }
    }

    /** Gives {@code waiting} what {@code other} has to say, up to work of this kind; then the stream ends. */
    private static void requireNoneLeft(TlsEngine waiting, TlsEngine other, Work.Kind kind) throws TlsException {
        ByteBuffer received = ByteBuffer.wrap(new EnginePair.End(other).output());
        while (waiting.work().map(Work::kind).orElse(null) != kind) {
            waiting.work().ifPresent(Work::run);
            TlsEngine.Status status = waiting.receive(received, ByteBuffer.allocate(0));
            assertThat(status).isNotEqualTo(TlsEngine.Status.NEED_INPUT);
        }
        IdentityHashMap<Object, String> held = new IdentityHashMap<>();
        Remains.hold(waiting, held);
        waiting.work().orElseThrow().start();
        Remains.hold(waiting, held);
        assertThat(held).isNotEmpty();
        assertThat(catchThrowableOfType(TlsException.class, waiting::endOfInput))
                .isNotNull();
        // Each side forgets what is its own when it finds out.
        ByteBuffer nothing = ByteBuffer.allocate(0);
        assertThat(catchThrowableOfType(TlsException.class, () -> waiting.receive(nothing, nothing)))
                .isNotNull();
        assertThat(catchThrowableOfType(TlsException.class, () -> waiting.send(nothing, nothing)))
                .isNotNull();
        assertThat(Remains.secrets(waiting)).isEmpty();
        assertThat(Remains.notOverwritten(held)).isEmpty();
        assertThat(Remains.octets(waiting, MARK)).isEmpty();
    }

    private static void requireFailure(EnginePair.End end, byte[] bytes, Problem problem) throws TlsException {
        TappedPair.requireFailure(end, bytes, problem);
        end.output();
    }

    private static EnginePair withEarlyData() throws TlsException {
        TlsClient client = Ends.client().build();
        TlsServer server = Ends.server().earlyData(100).build();
        EnginePair.connected(client, server);
        EnginePair pair = EnginePair.of(client.engine("localhost", 443, EarlyData.of(MARK)), server.engine());
        pair.server().leaveEarlyDataUnread();
        pair.server().input(pair.client().output());
        assertThat(pair.server().engine().earlyDataAvailable()).isEqualTo(MARK.length);
        return pair;
    }

    private static Identity neverSigning() throws TlsException {
        Identity real = Ends.LEAF.identity();
        return Identity.of(real.chain(), new KeyOperation() {
            @Override
            public List<SignatureScheme> schemes() {
                return real.key().schemes();
            }

            @Override
            public CompletableFuture<Bytes> sign(SignatureScheme scheme, Bytes content) {
                return new CompletableFuture<>();
            }
        });
    }

    private static int lastRecord(byte[] flight) {
        int at = 0;
        while (true) {
            int next = at + 5 + ((flight[at + 3] & 0xff) << 8 | flight[at + 4] & 0xff);
            if (next == flight.length) {
                return at;
            }
            at = next;
        }
    }

    /** X25519, whose shares are not good any more once that is wanted. */
    private static final class SpoiledGroup implements KeyExchange {
        private final KeyExchange real = Objects.requireNonNull(Crypto.jdk().group(NamedGroup.X25519));
        private boolean spoils;

        @Override
        public NamedGroup group() {
            return real.group();
        }

        @Override
        public int clientShareLength() {
            return real.clientShareLength();
        }

        @Override
        public ClientShare generate(SecureRandom random) {
            ClientShare share = real.generate(random);
            return new ClientShare() {
                @Override
                public NamedGroup group() {
                    return share.group();
                }

                @Override
                public Bytes share() {
                    // RFC 7748 6.1: a point of small order gives a secret of zeros, which is refused.
                    return spoils ? Bytes.wrap(new byte[32]) : share.share();
                }

                @Override
                public byte[] agree(Bytes serverShare) throws BadKeyShareException {
                    return share.agree(serverShare);
                }

                @Override
                public void destroy() {
                    share.destroy();
                }
            };
        }

        @Override
        public ServerShare respond(Bytes clientShare, SecureRandom random) throws BadKeyShareException {
            return real.respond(clientShare, random);
        }
    }
}
