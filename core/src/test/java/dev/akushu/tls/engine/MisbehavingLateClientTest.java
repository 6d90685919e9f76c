package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.DECRYPT_ERROR;
import static dev.akushu.tls.AlertDescription.ILLEGAL_PARAMETER;
import static dev.akushu.tls.AlertDescription.MISSING_EXTENSION;
import static dev.akushu.tls.AlertDescription.UNEXPECTED_MESSAGE;
import static dev.akushu.tls.AlertDescription.UNSUPPORTED_EXTENSION;
import static dev.akushu.tls.engine.Altered.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateEntry;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.CertificateVerify;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.Finished;
import dev.akushu.tls.wire.HandshakeCodec;
import dev.akushu.tls.wire.KeyUpdate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the two ends of a request after the handshake must not let each other do. RFC 9846 section 4.7.2. */
class MisbehavingLateClientTest {
    private static final Bytes OTHER = Bytes.fromHex("0102");

    static final List<Deception> ANSWERS = List.of(
            Deception.of(
                    "answers another request than there was",
                    Certificate.class,
                    shown -> shown.context().isEmpty() ? shown : new Certificate(OTHER, shown.entries()),
                    Problem.WRONG_CERTIFICATE_CONTEXT,
                    ILLEGAL_PARAMETER),
            Deception.of(
                    "answers without a context",
                    Certificate.class,
                    shown -> new Certificate(Bytes.empty(), shown.entries()),
                    Problem.WRONG_CERTIFICATE_CONTEXT,
                    ILLEGAL_PARAMETER),
            Deception.of(
                    "puts an extension beside its certificate",
                    Certificate.class,
                    shown -> new Certificate(
                            shown.context(),
                            List.of(new CertificateEntry(
                                    shown.entries().getFirst().data(),
                                    Extensions.of(raw(ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP, "0004000201ff"))))),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            Deception.of(
                    "signs something else",
                    CertificateVerify.class,
                    proof -> new CertificateVerify(proof.algorithm(), Altered.flipped(proof.signature(), 77)),
                    Problem.BAD_SIGNATURE,
                    DECRYPT_ERROR),
            Deception.of(
                    "leaves its proof out",
                    CertificateVerify.class,
                    proof -> new Finished(Bytes.wrap(new byte[32])),
                    Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                    UNEXPECTED_MESSAGE),
            Deception.of(
                    "changes its keys in the middle",
                    CertificateVerify.class,
                    proof -> new KeyUpdate(false),
                    Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                    UNEXPECTED_MESSAGE));

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nothingComesBetweenTheMessagesOfAnAnswer(int messages) throws TlsException {
        // RFC 9846 4.7.2: all messages of an answer MUST appear consecutively.
        TappedPair tapped = new TappedPair(
                Ends.client().identity(Ends.LEAF.identity()).postHandshakeAuthentication(true),
                Ends.server()
                        .clientAuthentication(ClientAuthentication.NONE, Ends.PKI.trust())
                        .ticketsPerHandshake(0));
        tapped.shakeHands();
        var _ = tapped.server().engine().requestClientCertificate();
        tapped.client().input(tapped.server().output());
        byte[] answer =
                tapped.application(Role.CLIENT).openInner(tapped.client().output());
        int end = 0;
        for (int i = 0; i < messages; i++) {
            end += 4 + ((answer[end + 1] & 0xff) << 16 | (answer[end + 2] & 0xff) << 8 | answer[end + 3] & 0xff);
        }
        ForgedRecords forged = tapped.application(Role.CLIENT);
        tapped.server().input(forged.seal(ForgedRecords.HANDSHAKE, Arrays.copyOf(answer, end)));

        tapped.requireFailure(
                Role.SERVER,
                forged.seal(ForgedRecords.APPLICATION_DATA, new byte[1]),
                Problem.UNEXPECTED_RECORD,
                UNEXPECTED_MESSAGE);
    }

    @ParameterizedTest(name = "a client that {0}")
    @FieldSource("ANSWERS")
    void aServerHoldsTheClientToItsRequest(Deception misbehaving) throws TlsException {
        misbehaving.in(MisbehavingLateClientTest::asked).mustBeFoundBy(Role.SERVER);
    }

    @Test
    void theFinishedOfAnAnswerIsVerified() throws TlsException {
        for (Scenario scenario : List.of(Scenario.LATE_AUTHENTICATION, Scenario.LATE_REFUSAL)) {
            new Deception(
                            "sends a wrong Finished",
                            () -> asked(scenario),
                            Deception.Change.of(
                                    Finished.class,
                                    finished -> new Finished(Altered.flipped(finished.verifyData(), 3))),
                            Problem.BAD_FINISHED,
                            DECRYPT_ERROR)
                    .mustBeFoundBy(Role.SERVER);
        }
    }

    @Test
    void anAnswerIsGoodOnce() throws TlsException {
        Talk talk = asked();
        byte[] request = talk.intercept(Role.CLIENT);
        talk.give(Role.CLIENT, request);
        byte[] certificate = talk.intercept(Role.SERVER);
        talk.give(Role.SERVER, certificate);
        talk.finish();

        TlsException failed = catchThrowableOfType(TlsException.class, () -> talk.give(Role.SERVER, certificate));
        // RFC 9846 4: a message out of order, whole or in pieces.
        assertThat(failed.problem()).isEqualTo(Problem.UNEXPECTED_HANDSHAKE_MESSAGE);
    }

    @Test
    void anUnaskedCertificateIsNotTaken() throws TlsException {
        Talk talk = Scenario.FULL.begin();
        talk.finish();
        Certificate unasked = new Certificate(OTHER, List.of());

        TlsException failed =
                catchThrowableOfType(TlsException.class, () -> talk.give(Role.SERVER, HandshakeCodec.encode(unasked)));
        assertThat(failed.problem()).isEqualTo(Problem.UNEXPECTED_HANDSHAKE_MESSAGE);
    }

    @Test
    void aClientThatDidNotOfferItIsNotToBeAsked() throws TlsException {
        // RFC 9846 4.7.2: MUST send an unexpected_message fatal alert.
        for (Scenario scenario : List.of(Scenario.FULL, Scenario.EXTERNAL_PSK)) {
            Talk talk = scenario.begin();
            talk.finish();
            assertThat(failureOf(talk, new CertificateRequest(OTHER, schemes())))
                    .isEqualTo(Problem.UNEXPECTED_HANDSHAKE_MESSAGE);
        }
    }

    @Test
    void aRequestNamesSchemes() throws TlsException {
        Talk talk = Scenario.LATE_AUTHENTICATION.begin();
        talk.finish();
        Problem problem = failureOf(talk, new CertificateRequest(OTHER, Extensions.none()));

        assertThat(problem).isEqualTo(Problem.MISSING_EXTENSION);
        assertThat(problem.alert()).isEqualTo(MISSING_EXTENSION);
    }

    private static Problem failureOf(Talk talk, CertificateRequest request) {
        return catchThrowableOfType(TlsException.class, () -> talk.give(Role.CLIENT, HandshakeCodec.encode(request)))
                .problem();
    }

    private static Extensions schemes() {
        return Extensions.of(raw(ExtensionType.SIGNATURE_ALGORITHMS, "00020403"));
    }

    private static Talk asked() throws TlsException {
        return asked(Scenario.LATE_AUTHENTICATION);
    }

    /** A pair that has shaken hands, with the request on its way. */
    private static Talk asked(Scenario scenario) throws TlsException {
        Talk talk = scenario.begin();
        talk.finishHandshake();
        var _ = talk.end(Role.SERVER).requestClientCertificate();
        return talk;
    }
}
