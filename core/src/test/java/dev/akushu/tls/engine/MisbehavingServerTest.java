package dev.akushu.tls.engine;

import static dev.akushu.tls.AlertDescription.BAD_CERTIFICATE;
import static dev.akushu.tls.AlertDescription.DECODE_ERROR;
import static dev.akushu.tls.AlertDescription.DECRYPT_ERROR;
import static dev.akushu.tls.AlertDescription.ILLEGAL_PARAMETER;
import static dev.akushu.tls.AlertDescription.MISSING_EXTENSION;
import static dev.akushu.tls.AlertDescription.UNEXPECTED_MESSAGE;
import static dev.akushu.tls.AlertDescription.UNSUPPORTED_EXTENSION;
import static dev.akushu.tls.engine.Altered.inFront;
import static dev.akushu.tls.engine.Altered.raw;
import static dev.akushu.tls.engine.Altered.with;
import static dev.akushu.tls.engine.Altered.without;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExtensionType;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateEntry;
import dev.akushu.tls.wire.CertificateRequest;
import dev.akushu.tls.wire.CertificateVerify;
import dev.akushu.tls.wire.EncryptedExtensions;
import dev.akushu.tls.wire.EndOfEarlyData;
import dev.akushu.tls.wire.Extensions;
import dev.akushu.tls.wire.Finished;
import dev.akushu.tls.wire.HandshakeMessage;
import dev.akushu.tls.wire.SelectedProtocolName;
import dev.akushu.tls.wire.SelectedPsk;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a client must not let a server do in its encrypted messages. RFC 9846 sections 4.4 and 4.5. */
class MisbehavingServerTest {
    private static final Bytes CONTEXT = Bytes.fromHex("01");

    static final List<Deception> ENCRYPTED_EXTENSIONS = List.of(
            encrypted(
                    "adds a GREASE extension",
                    with(raw(ExtensionType.of(0x4a4a), "00")),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            encrypted(
                    "chooses an application protocol unasked",
                    with(protocol("h2")),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            encrypted(
                    "takes early data that nobody sent",
                    with(raw(ExtensionType.EARLY_DATA, "")),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            encrypted(
                    "chooses a certificate type unasked",
                    with(raw(ExtensionType.SERVER_CERTIFICATE_TYPE, "02")),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            encrypted(
                    "sends a share",
                    with(raw(ExtensionType.KEY_SHARE, "001d000155")),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            encrypted(
                    "names the version",
                    with(raw(ExtensionType.SUPPORTED_VERSIONS, "0304")),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            encrypted(
                    "takes a pre-shared key", with(new SelectedPsk(0)), Problem.MISPLACED_EXTENSION, ILLEGAL_PARAMETER),
            encrypted(
                    "lists signature schemes",
                    with(raw(ExtensionType.SIGNATURE_ALGORITHMS, "00020403")),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            encrypted(
                    "lists modes for pre-shared keys",
                    with(raw(ExtensionType.PSK_KEY_EXCHANGE_MODES, "0101")),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            encrypted(
                    "sends a cookie",
                    with(raw(ExtensionType.COOKIE, "000155")),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            encrypted(
                    "echoes the name",
                    with(raw(ExtensionType.SERVER_NAME, "00")),
                    Problem.TRAILING_BYTES,
                    DECODE_ERROR),
            encrypted(
                    "sends one extension twice",
                    extensions -> inFront(raw(ExtensionType.SERVER_NAME, ""))
                            .apply(with(raw(ExtensionType.SERVER_NAME, "")).apply(extensions)),
                    Problem.DUPLICATE_EXTENSION,
                    ILLEGAL_PARAMETER));

    static final List<Deception> APPLICATION_PROTOCOLS = List.of(
            encrypted(
                    "chooses one that was not offered",
                    with(protocol("h3")),
                    Problem.WRONG_ALPN_CHOSEN,
                    ILLEGAL_PARAMETER),
            encrypted("chooses one in capitals", with(protocol("H2")), Problem.WRONG_ALPN_CHOSEN, ILLEGAL_PARAMETER),
            encrypted(
                    "chooses two",
                    with(raw(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, "0006026832026833")),
                    Problem.TRAILING_BYTES,
                    DECODE_ERROR),
            encrypted(
                    "chooses none",
                    with(raw(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, "0000")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            encrypted(
                    "chooses one without a name",
                    with(raw(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION, "00020000")),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR));

    static final List<Deception> CERTIFICATE_REQUESTS = List.of(
            request(
                    "has a context",
                    request -> new CertificateRequest(CONTEXT, request.extensions()),
                    Problem.WRONG_CERTIFICATE_CONTEXT,
                    ILLEGAL_PARAMETER),
            request(
                    "names no scheme",
                    request -> new CertificateRequest(
                            Bytes.empty(),
                            without(ExtensionType.SIGNATURE_ALGORITHMS).apply(request.extensions())),
                    Problem.MISSING_EXTENSION,
                    MISSING_EXTENSION),
            request(
                    "holds an extension that belongs elsewhere",
                    request -> new CertificateRequest(
                            Bytes.empty(),
                            with(raw(ExtensionType.KEY_SHARE, "001d")).apply(request.extensions())),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            request(
                            "comes twice, in the place of the certificate",
                            request -> request,
                            Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                            UNEXPECTED_MESSAGE)
                    .in(Scenario.CLIENT_AUTHENTICATION::begin));

    static final List<Deception> CERTIFICATES = List.of(
            certificate(
                    "shows none",
                    honest -> new Certificate(Bytes.empty(), List.of()),
                    Problem.EMPTY_SERVER_CERTIFICATE,
                    DECODE_ERROR),
            certificate(
                    "answers a request that nobody made",
                    honest -> new Certificate(CONTEXT, honest.entries()),
                    Problem.WRONG_CERTIFICATE_CONTEXT,
                    ILLEGAL_PARAMETER),
            certificate(
                    "shows one of no bytes", honest -> shown(Bytes.empty()), Problem.LENGTH_OUT_OF_RANGE, DECODE_ERROR),
            certificate(
                    "shows what is no certificate",
                    honest -> shown(Bytes.fromHex("30030101ff")),
                    Problem.CERTIFICATE_UNPARSABLE,
                    BAD_CERTIFICATE),
            certificate(
                    "shows a certificate that is cut off",
                    honest -> shown(cut(honest.entries().getFirst().data())),
                    Problem.CERTIFICATE_UNPARSABLE,
                    BAD_CERTIFICATE),
            certificate(
                    "shows timestamps unasked",
                    honest -> extended(honest, with(raw(ExtensionType.SIGNED_CERTIFICATE_TIMESTAMP, "00040002abcd"))),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            certificate(
                    "adds a GREASE extension",
                    honest -> extended(honest, with(raw(ExtensionType.of(0x6a6a), ""))),
                    Problem.UNSOLICITED_EXTENSION,
                    UNSUPPORTED_EXTENSION),
            certificate(
                    "adds an extension that belongs elsewhere",
                    honest -> extended(honest, with(raw(ExtensionType.KEY_SHARE, "001d"))),
                    Problem.MISPLACED_EXTENSION,
                    ILLEGAL_PARAMETER),
            certificate(
                    "is left out",
                    honest -> new CertificateVerify(SignatureScheme.ECDSA_SECP256R1_SHA256, CONTEXT),
                    Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                    UNEXPECTED_MESSAGE),
            certificate(
                    "is left out for Finished",
                    honest -> new Finished(Bytes.wrap(new byte[32])),
                    Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                    UNEXPECTED_MESSAGE));

    static final List<Deception> PROOFS = List.of(
            proof(
                    "by SHA-1",
                    proof -> by(SignatureScheme.of(0x0203), proof),
                    Problem.WRONG_SIGNATURE_SCHEME,
                    ILLEGAL_PARAMETER),
            proof(
                    "by PKCS #1",
                    proof -> by(SignatureScheme.RSA_PKCS1_SHA256, proof),
                    Problem.WRONG_SIGNATURE_SCHEME,
                    ILLEGAL_PARAMETER),
            proof(
                    "by a GREASE scheme",
                    proof -> by(SignatureScheme.of(0x3a3a), proof),
                    Problem.WRONG_SIGNATURE_SCHEME,
                    ILLEGAL_PARAMETER),
            proof(
                    "by a scheme that exists but was not offered",
                    proof -> by(SignatureScheme.MLDSA44, proof),
                    Problem.WRONG_SIGNATURE_SCHEME,
                    ILLEGAL_PARAMETER),
            proof(
                    "by a scheme for another kind of key",
                    proof -> by(SignatureScheme.ED25519, proof),
                    Problem.SCHEME_DOES_NOT_FIT_KEY,
                    ILLEGAL_PARAMETER),
            // RFC 9846 4.3.3: unlike in TLS 1.2, the scheme names the curve.
            proof(
                    "by a scheme for another curve",
                    proof -> by(SignatureScheme.ECDSA_SECP384R1_SHA384, proof),
                    Problem.SCHEME_DOES_NOT_FIT_KEY,
                    ILLEGAL_PARAMETER),
            proof(
                    "with one bit changed",
                    proof -> signed(Altered.flipped(
                            proof.signature(), 8 * proof.signature().length() - 1)),
                    Problem.BAD_SIGNATURE,
                    DECRYPT_ERROR),
            proof(
                    "with its form broken",
                    proof -> signed(Altered.flipped(proof.signature(), 0)),
                    Problem.BAD_SIGNATURE,
                    DECRYPT_ERROR),
            proof(
                    "with a byte behind it",
                    proof -> signed(Bytes.fromHex(proof.signature().hex() + "00")),
                    Problem.BAD_SIGNATURE,
                    DECRYPT_ERROR),
            proof(
                    "of zero and zero",
                    proof -> signed(Bytes.fromHex("3006020100020100")),
                    Problem.BAD_SIGNATURE,
                    DECRYPT_ERROR),
            proof("of no bytes", proof -> signed(Bytes.empty()), Problem.BAD_SIGNATURE, DECRYPT_ERROR),
            proof(
                    "that is left out",
                    proof -> new Finished(Bytes.wrap(new byte[32])),
                    Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                    UNEXPECTED_MESSAGE));

    static final List<Deception> FINISHED = List.of(
            finished(
                    "with its first bit changed",
                    honest -> Altered.flipped(honest, 0),
                    Problem.BAD_FINISHED,
                    DECRYPT_ERROR),
            finished(
                    "with its last bit changed",
                    honest -> Altered.flipped(honest, 255),
                    Problem.BAD_FINISHED,
                    DECRYPT_ERROR),
            finished("of zeros", honest -> Bytes.wrap(new byte[32]), Problem.BAD_FINISHED, DECRYPT_ERROR),
            finished("of no bytes", honest -> Bytes.empty(), Problem.LENGTH_OUT_OF_RANGE, DECODE_ERROR),
            finished(
                    "of 12 bytes, as in TLS 1.2",
                    honest -> honest.slice(0, 12),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            finished("that lacks a byte", honest -> honest.slice(0, 31), Problem.LENGTH_OUT_OF_RANGE, DECODE_ERROR),
            finished(
                    "with a byte more",
                    honest -> Bytes.fromHex(honest.hex() + "00"),
                    Problem.LENGTH_OUT_OF_RANGE,
                    DECODE_ERROR),
            Deception.of(
                    "that is left out",
                    Finished.class,
                    honest -> new EndOfEarlyData(),
                    Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                    UNEXPECTED_MESSAGE));

    @ParameterizedTest
    @FieldSource("ENCRYPTED_EXTENSIONS")
    void onlyAnswersStandInEncryptedExtensions(Deception server) throws TlsException {
        server.mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @FieldSource("APPLICATION_PROTOCOLS")
    void theApplicationProtocolIsOneOfThoseOffered(Deception server) throws TlsException {
        server.in(Ends.speaking("h2", "http/1.1")).mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @FieldSource("CERTIFICATE_REQUESTS")
    void aRequestForACertificateNamesSchemesAndNoContext(Deception server) throws TlsException {
        server.mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @FieldSource("CERTIFICATES")
    void aServerShowsACertificateAndNothingUnasked(Deception server) throws TlsException {
        server.mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @FieldSource("PROOFS")
    void onlyAGoodSignatureByAnOfferedSchemeProvesTheKey(Deception server) throws TlsException {
        server.mustBeFoundBy(Role.CLIENT);
    }

    @ParameterizedTest
    @FieldSource("FINISHED")
    void finishedMustVerify(Deception server) throws TlsException {
        server.mustBeFoundBy(Role.CLIENT);
        server.in(Scenario.RETRY::begin).mustBeFoundBy(Role.CLIENT);
        server.in(Scenario.RESUMPTION::begin).mustBeFoundBy(Role.CLIENT);
    }

    @Test
    void aServerThatResumesMustNotAskForACertificate() throws TlsException {
        // RFC 9846 4.4.2.
        Deception.of(
                        "asks",
                        Finished.class,
                        finished -> anyRequest(),
                        Problem.UNEXPECTED_HANDSHAKE_MESSAGE,
                        UNEXPECTED_MESSAGE)
                .in(Scenario.RESUMPTION::begin)
                .mustBeFoundBy(Role.CLIENT);
    }

    private static Deception encrypted(
            String what, Function<Extensions, Extensions> change, Problem problem, AlertDescription alert) {
        return Deception.of(
                what,
                EncryptedExtensions.class,
                honest -> new EncryptedExtensions(change.apply(honest.extensions())),
                problem,
                alert);
    }

    private static Deception request(
            String what,
            Function<CertificateRequest, HandshakeMessage> change,
            Problem problem,
            AlertDescription alert) {
        return Deception.of(what, Certificate.class, certificate -> change.apply(anyRequest()), problem, alert);
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
            String what, Function<Bytes, Bytes> change, Problem problem, AlertDescription alert) {
        return Deception.of(
                what, Finished.class, honest -> new Finished(change.apply(honest.verifyData())), problem, alert);
    }

    private static CertificateRequest anyRequest() {
        return new CertificateRequest(
                Bytes.empty(), Extensions.of(raw(ExtensionType.SIGNATURE_ALGORITHMS, "00020403")));
    }

    private static Certificate shown(Bytes data) {
        return new Certificate(Bytes.empty(), List.of(new CertificateEntry(data, Extensions.none())));
    }

    private static Certificate extended(Certificate certificate, Function<Extensions, Extensions> change) {
        CertificateEntry own = certificate.entries().getFirst();
        Stream<CertificateEntry> entries = Stream.concat(
                Stream.of(new CertificateEntry(own.data(), change.apply(own.extensions()))),
                certificate.entries().stream().skip(1));
        return new Certificate(certificate.context(), entries.toList());
    }

    private static Bytes cut(Bytes certificate) {
        return certificate.slice(0, certificate.length() - 1);
    }

    private static CertificateVerify by(SignatureScheme scheme, CertificateVerify proof) {
        return new CertificateVerify(scheme, proof.signature());
    }

    private static CertificateVerify signed(Bytes signature) {
        return new CertificateVerify(SignatureScheme.ECDSA_SECP256R1_SHA256, signature);
    }

    private static SelectedProtocolName protocol(String name) {
        return new SelectedProtocolName(Bytes.ofAscii(name));
    }
}
