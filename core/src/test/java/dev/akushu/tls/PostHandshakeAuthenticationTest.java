package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** A server that asks who the client is after the handshake. RFC 9846 section 4.7.2. */
class PostHandshakeAuthenticationTest {
    private static final TestPki PKI = TestPki.create();
    private static final Identity SERVER = PKI.leaf(TestKey.P256, "localhost").identity();
    private static final Identity CLIENT = PKI.leaf(TestKey.P256, "client").identity();

    private final TlsServer server = TlsServer.builder(SERVER)
            .clientAuthentication(ClientAuthentication.NONE, PKI.trust())
            .build();
    private final TlsClient client = TlsClient.builder(PKI.trust())
            .identity(CLIENT)
            .postHandshakeAuthentication(true)
            .build();

    @Test
    void theClientShowsItsCertificateWhenItIsAsked() throws TlsException {
        EnginePair pair = EnginePair.connected(client, server);
        assertThat(pair.server().session().peerCertificates()).isEmpty();

        CompletableFuture<List<Bytes>> answer = ask(pair);
        pair.shakeHands();

        assertThat(answer).isCompletedWithValue(CLIENT.chain());
        talk(pair);
    }

    @Test
    void severalRequestsAreAnsweredEachByItsOwnProof() throws TlsException {
        EnginePair pair = EnginePair.connected(client, server);
        List<CompletableFuture<List<Bytes>>> answers = List.of(ask(pair), ask(pair), ask(pair));

        pair.shakeHands();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(CLIENT.chain()));
        talk(pair);
    }

    @Test
    void noMoreThanSixteenRequestsAreUnanswered() throws TlsException {
        EnginePair pair = EnginePair.connected(client, server);
        for (int i = 0; i < 16; i++) {
            var _ = ask(pair);
        }

        assertThatThrownBy(() -> ask(pair))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("16");
        pair.shakeHands();
        assertThat(ask(pair)).isNotDone();
    }

    @Test
    void keysMayBeUpdatedBetweenQuestionAndAnswer() throws TlsException {
        // The Finished is made with the keys in force when it is sent.
        EnginePair pair = EnginePair.connected(client, server);
        CompletableFuture<List<Bytes>> answer = ask(pair);
        pair.client().input(pair.server().output());
        pair.client().engine().updateKeys(true);

        pair.shakeHands();

        assertThat(answer).isCompletedWithValue(CLIENT.chain());
        talk(pair);
    }

    @Test
    void whoHasSaidAllAnswersNoMoreAndComesToAnEnd() throws TlsException {
        EnginePair pair = EnginePair.connected(client, server);
        pair.client().engine().closeOutput();
        byte[] farewell = pair.client().output();
        CompletableFuture<List<Bytes>> answer = ask(pair);

        pair.client().input(pair.server().output());
        ByteBuffer network = ByteBuffer.allocate(TlsEngine.NETWORK_BUFFER_SIZE);
        pair.client().engine().send(ByteBuffer.allocate(0), network);

        assertThat(network.position()).isZero();
        assertThat(pair.client().engine().hasOutput()).isFalse();
        assertThat(pair.client().engine().send(ByteBuffer.allocate(0), network)).isEqualTo(TlsEngine.Status.CLOSED);
        pair.server().input(farewell);
        assertThat(answer).isCompletedExceptionally();
    }

    @Test
    void whatWasAnsweredBeforeTheCloseGoesOutBeforeIt() throws TlsException {
        EnginePair pair = EnginePair.connected(client, server);
        CompletableFuture<List<Bytes>> answer = ask(pair);
        pair.client().input(pair.server().output());
        pair.client().engine().closeOutput();

        pair.shakeHands();

        assertThat(answer).isCompletedWithValue(CLIENT.chain());
        assertThat(pair.server().engine().isInputClosed()).isTrue();
    }

    @Test
    void aResumedSessionMayBeAskedToo() throws TlsException {
        EnginePair.connected(client, server);
        EnginePair pair = EnginePair.connected(client, server);
        assertThat(pair.server().session().resumed()).isTrue();

        CompletableFuture<List<Bytes>> answer = ask(pair);
        pair.shakeHands();

        assertThat(answer).isCompletedWithValue(CLIENT.chain());
    }

    @Test
    void aClientWithoutCertificateDeclines() throws TlsException {
        TlsClient nobody =
                TlsClient.builder(PKI.trust()).postHandshakeAuthentication(true).build();
        EnginePair pair = EnginePair.connected(nobody, server);

        CompletableFuture<List<Bytes>> answer = ask(pair);
        pair.shakeHands();

        assertThat(answer).isCompletedWithValue(List.of());
        talk(pair);
    }

    @Test
    void aClientMayChooseToDecline() throws TlsException {
        TlsClient shy =
                client.toBuilder().identities(request -> Optional.empty()).build();
        EnginePair pair = EnginePair.connected(shy, server);

        CompletableFuture<List<Bytes>> answer = ask(pair);
        pair.shakeHands();

        assertThat(answer).isCompletedWithValue(List.of());
    }

    @Test
    void aChainThatIsNotTrustedEndsTheConnectionAndTheStage() throws TlsException {
        Identity stranger = TestPki.create().leaf(TestKey.P256, "client").identity();
        EnginePair pair =
                EnginePair.connected(client.toBuilder().identity(stranger).build(), server);
        CompletableFuture<List<Bytes>> answer = ask(pair);

        TlsException failed = Failures.ofServer(pair, Problem.CERTIFICATE_SIGNATURE_INVALID);

        assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class).hasCause(failed);
    }

    @Test
    void theStageEndsWithTheConnection() throws TlsException {
        EnginePair pair = EnginePair.connected(client, server);
        CompletableFuture<List<Bytes>> answer = ask(pair);
        pair.client().engine().closeOutput();
        pair.server().input(pair.client().output());

        TlsException reason = (TlsException)
                catchThrowableOfType(CompletionException.class, answer::join).getCause();
        assertThat(reason.problem()).isEqualTo(Problem.CLIENT_CERTIFICATE_NOT_SHOWN);
    }

    @Test
    void aClientThatDoesNotOfferItCannotBeAsked() throws TlsException {
        EnginePair pair = EnginePair.connected(
                client.toBuilder().postHandshakeAuthentication(false).build(), server);

        assertCannotBeAsked(pair);
    }

    @Test
    void aServerWithoutTrustForClientsAsksNobody() throws TlsException {
        assertCannotBeAsked(
                EnginePair.connected(client, TlsServer.builder(SERVER).build()));
    }

    @Test
    void aClientThatCameByAnExternalKeyCannotBeAsked() throws TlsException {
        ExternalPsk lamp = ExternalPsk.of("lamp", new byte[32]);
        assertCannotBeAsked(EnginePair.connected(
                client.toBuilder().externalPsks(lamp).build(),
                server.toBuilder().externalPsks(PskSource.of(List.of(lamp))).build()));
    }

    @Test
    void aClientAsksNobody() throws TlsException {
        EnginePair pair = EnginePair.connected(client, server);

        TlsException failed =
                catchThrowableOfType(TlsException.class, pair.client().engine()::requestClientCertificate);
        assertThat(failed.problem()).isEqualTo(Problem.CLIENT_CANNOT_BE_ASKED);
    }

    @Test
    void nobodyIsAskedBeforeTheHandshakeIsDone() throws TlsException {
        EnginePair pair = EnginePair.of(client, server);

        TlsException failed =
                catchThrowableOfType(TlsException.class, pair.server().engine()::requestClientCertificate);
        assertThat(failed.problem()).isEqualTo(Problem.NOT_CONNECTED);
    }

    @Test
    void oneEndMaySendWhileTheOtherWaitsForASignature() throws TlsException {
        CompletableFuture<Bytes> signature = new CompletableFuture<>();
        Identity slow = Identity.of(CLIENT.chain(), new KeyOperation() {
            @Override
            public List<SignatureScheme> schemes() {
                return CLIENT.key().schemes();
            }

            @Override
            public CompletableFuture<Bytes> sign(SignatureScheme scheme, Bytes content) {
                CLIENT.key().sign(scheme, content).thenAccept(signature::complete);
                return CompletableFuture.completedFuture(signature.join());
            }
        });
        EnginePair pair = EnginePair.connected(client.toBuilder().identity(slow).build(), server);
        CompletableFuture<List<Bytes>> answer = ask(pair);
        byte[] request = pair.server().output();
        java.nio.ByteBuffer network = java.nio.ByteBuffer.wrap(request);
        java.nio.ByteBuffer application = java.nio.ByteBuffer.allocate(TlsEngine.APPLICATION_BUFFER_SIZE);
        TlsEngine engine = pair.client().engine();

        while (engine.receive(network, application) == TlsEngine.Status.OK) {}
        assertThat(engine.work()).isPresent();
        assertThat(engine.receive(network, application)).isEqualTo(TlsEngine.Status.NEED_WORK);
        pair.server().input(pair.client().seal("meanwhile"));
        assertThat(pair.server().received()).isEqualTo("meanwhile");
        assertThat(answer).isNotDone();
        while (engine.work().isPresent()) {
            engine.work().orElseThrow().run();
            engine.resume();
        }
        pair.shakeHands();
        assertThat(answer).isCompletedWithValue(CLIENT.chain());
    }

    private static CompletableFuture<List<Bytes>> ask(EnginePair pair) throws TlsException {
        return pair.server().engine().requestClientCertificate().toCompletableFuture();
    }

    private static void talk(EnginePair pair) throws TlsException {
        pair.server().input(pair.client().seal("up"));
        pair.client().input(pair.server().seal("down"));
        assertThat(pair.server().received()).isEqualTo("up");
        assertThat(pair.client().received()).isEqualTo("down");
    }

    private static void assertCannotBeAsked(EnginePair pair) {
        TlsException failed =
                catchThrowableOfType(TlsException.class, pair.server().engine()::requestClientCertificate);
        assertThat(failed).isNotNull();
        assertThat(failed.problem()).isEqualTo(Problem.CLIENT_CANNOT_BE_ASKED);
        assertThat(pair.server().engine().failure()).isEmpty();
    }
}
