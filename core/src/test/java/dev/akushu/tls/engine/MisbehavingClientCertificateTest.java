package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.BAD_CERTIFICATE;
import static dev.akushu.tls.AlertDescription.CERTIFICATE_REQUIRED;
import static dev.akushu.tls.AlertDescription.DECODE_ERROR;
import static dev.akushu.tls.AlertDescription.DECRYPT_ERROR;
import static dev.akushu.tls.AlertDescription.ILLEGAL_PARAMETER;
import static dev.akushu.tls.AlertDescription.UNEXPECTED_MESSAGE;
import static dev.akushu.tls.AlertDescription.UNSUPPORTED_EXTENSION;
import static dev.akushu.tls.engine.Altered.raw;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateEntry;
import dev.akushu.tls.wire.CertificateVerify;
import dev.akushu.tls.wire.EndOfEarlyData;
import dev.akushu.tls.wire.Extension;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.Finished;
import dev.akushu.tls.wire.HandshakeMessage;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a server must not let a client do when it says who it is. RFC 9846 section 4.5. */
class MisbehavingClientCertificateTest {
    private static final Bytes CONTEXT = Bytes.fromHex("01");
    private static final Finished WRONG = new Finished(Bytes.wrap(new byte[32]));

    static final List<Deception> CERTIFICATES = List.of(
            certificate(
                    "shows none where one is required",
                    honest -> new Certificate(Bytes.empty(), List.of()),
                    Problem.CLIENT_CERTIFICATE_REQUIRED,
                    CERTIFICATE_REQUIRED),
            certificate(
                    "answers another request",
                    honest -> new Certificate(CONTEXT, honest.entries()),
                    Problem.WRONG_CERTIFICATE_CONTEXT,
                    ILLEGAL_PARAMETER),
            certificate(
                    "shows one of no bytes", honest -> shown(Bytes.empty()), Problem.LENGTH_OUT_OF_RANGE, DECODE_ERROR),
            certificate(
                    "shows what is no certificate",
                    honest -> shown(Bytes.fromHex("0400")),
                    Problem.CERTIFICATE_UNPARSABLE,
                    BAD_CERTIFICATE),
            certificate(
                    "adds a GREASE extension",
                    honest -> shown(honest, raw(ExtensionType.of(0x2a2a), "")),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            certificate(
                    "staples unasked",
                    honest -> shown(honest, raw(ExtensionType.STATUS_REQUEST, "0100000155")),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            certificate(
                    "sends timestamps unasked",
                    honest -> shown(honest, raw(ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP, "0003000155")),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            certificate(
                    "adds an extension that belongs elsewhere",
                    honest -> shown(honest, raw(ExtensionType.COOKIE, "000155")),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            certificate("leaves it out", honest -> WRONG, Problem.UNEXPECTED_HANDSHAKE_MESSAGE, UNEXPECTED_MESSAGE));

    static final List<Deception> PROOFS = List.of(
            proof(
                    "by PKCS #1",
                    proof -> by(SignatureScheme.RSA_PKCS1_SHA256, proof),
                    Problem.WRONG_SIGNATURE_SCHEME,
                    ILLEGAL_PARAMETER),
            proof(
                    "by SHA-1",
                    proof -> by(SignatureScheme.of(0x0203), proof),
                    Problem.WRONG_SIGNATURE_SCHEME,
                    ILLEGAL_PARAMETER),
            proof(
                    "by a scheme that was not asked for",
                    proof -> by(SignatureScheme.MLDSA65, proof),
                    Problem.WRONG_SIGNATURE_SCHEME,
                    ILLEGAL_PARAMETER),
            proof(
                    "by a scheme for another kind of key",
                    proof -> by(SignatureScheme.RSA_PSS_RSAE_SHA256, proof),
                    Problem.SCHEME_DOES_NOT_FIT_KEY,
                    ILLEGAL_PARAMETER),
            proof(
                    "by a scheme for another curve",
                    proof -> by(SignatureScheme.ECDSA_SECP521R1_SHA512, proof),
                    Problem.SCHEME_DOES_NOT_FIT_KEY,
                    ILLEGAL_PARAMETER),
            proof(
                    "with one bit changed",
                    proof -> new CertificateVerify(proof.algorithm(), Altered.flipped(proof.signature(), 100)),
                    Problem.BAD_SIGNATURE,
                    DECRYPT_ERROR),
            proof(
                    "of no bytes",
                    proof -> new CertificateVerify(proof.algorithm(), Bytes.empty()),
                    Problem.BAD_SIGNATURE,
                    DECRYPT_ERROR),
            proof("that is left out", proof -> WRONG, Problem.UNEXPECTED_HANDSHAKE_MESSAGE, UNEXPECTED_MESSAGE));

    static final List<Deception> FINISHED = List.of(
            finished(
                    "with one bit changed",
                    honest -> new Finished(Altered.flipped(honest.verifyData(), 77)),
                    Problem.BAD_FINISHED,
                    DECRYPT_ERROR),
            finished("of zeros", honest -> WRONG, Problem.BAD_FINISHED, DECRYPT_ERROR),
            finished(
                    "of 12 bytes, as in TLS 1.2",
                    honest -> new Finished(honest.verifyData().slice(0, 12)),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            finished("of no bytes", honest -> new Finished(Bytes.empty()), Problem.LENGTH_OUT_OF_RANGE, DECODE_ERROR),
            finished(
                    "of 48 bytes, as with SHA-384",
                    honest -> new Finished(Bytes.wrap(new byte[48])),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            finished(
                    "behind an end of early data that nobody took",
                    honest -> new EndOfEarlyData(),
                    Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                    UNEXPECTED_MESSAGE));

    @ParameterizedTest
    @FieldSource("CERTIFICATES")
    void aClientAnswersTheRequestAndNothingElse(Deception client) throws TlsException {
        client.in(Scenario.CLIENT_AUTHENTICATION::begin).mustBeFoundBy(Role.SERVER);
    }

    @ParameterizedTest
    @FieldSource("PROOFS")
    void onlyAGoodSignatureByAnAcceptedSchemeProvesTheKey(Deception client) throws TlsException {
        client.in(Scenario.CLIENT_AUTHENTICATION::begin).mustBeFoundBy(Role.SERVER);
    }

    @ParameterizedTest(name = "a Finished {0}")
    @FieldSource("FINISHED")
    void finishedMustVerify(Deception client) throws TlsException {
        for (Scenario scenario : Scenario.all()) {
            client.in(scenario::begin).mustBeFoundBy(Role.SERVER);
        }
    }

    @Test
    void aCertificateThatNobodyAskedForIsUnexpected() throws TlsException {
        finished("is a certificate", honest -> shown(CONTEXT), Problem.UNEXPECTED_HANDSHAKE_MESSAGE, UNEXPECTED_MESSAGE)
                .mustBeFoundBy(Role.SERVER);
    }

    @Test
    void nobodyProvesTheKeyOfNoCertificate() throws TlsException {
        Deception.Beginning wanting = () -> new Talk(
                Ends.client().build(),
                Ends.server()
                        .clientAuthentication(ClientAuthentication.WANTED, Ends.PKI.trust())
                        .build());

        finished(
                        "is a proof",
                        honest -> new CertificateVerify(SignatureScheme.ED25519, CONTEXT),
                        Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                        UNEXPECTED_MESSAGE)
                .in(wanting)
                .mustBeFoundBy(Role.SERVER);
    }

    private static Deception certificate(
            String what, Function<Certificate, HandshakeMessage> change, Problem problem, AlertDescription alert) {
        return Deception.of(what, Certificate.class, change, problem, alert);
    }

    private static Deception proof(
            String what,
            Function<CertificateVerify, HandshakeMessage> change,
            Problem problem,
            AlertDescription alert) {
        return Deception.of(what, CertificateVerify.class, change, problem, alert);
    }

    private static Deception finished(
            String what, Function<Finished, HandshakeMessage> change, Problem problem, AlertDescription alert) {
        return Deception.of(what, Finished.class, change, problem, alert);
    }

    private static Certificate shown(Bytes data) {
        return new Certificate(Bytes.empty(), List.of(new CertificateEntry(data, Extensions.none())));
    }

    private static Certificate shown(Certificate honest, Extension extension) {
        Bytes own = honest.entries().getFirst().data();
        return new Certificate(Bytes.empty(), List.of(new CertificateEntry(own, Extensions.of(extension))));
    }

    private static CertificateVerify by(SignatureScheme scheme, CertificateVerify proof) {
        return new CertificateVerify(scheme, proof.signature());
    }
}
