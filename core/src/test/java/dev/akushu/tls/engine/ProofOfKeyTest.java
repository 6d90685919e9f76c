package dev.akushu.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.AlertDescription;
import dev.akushu.tls.Bytes;
import dev.akushu.tls.ClientAuthentication;
import dev.akushu.tls.Identity;
import dev.akushu.tls.KeyOperation;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Role;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.wire.Certificate;
import dev.akushu.tls.wire.CertificateEntry;
import dev.akushu.tls.wire.Extensions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A signature proves the key for one role in one handshake. RFC 9846 section 4.5.2. */
class ProofOfKeyTest {
    private static final Deception.Change NONE = message -> message;

    @ParameterizedTest
    @EnumSource(Role.class)
    void aSignatureMadeForTheOtherRoleProvesNothing(Role signer) throws TlsException {
        requireBadSignature(signer, Ends.LEAF, Ends.LEAF, ProofOfKeyTest::forTheOtherRole);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aSignatureOfAnotherHandshakeProvesNothing(Role signer) throws TlsException {
        AtomicReference<Bytes> first = new AtomicReference<>();
        UnaryOperator<Bytes> replay = content -> first.compareAndSet(null, content) ? content : first.get();

        assertThat(fate(signer, Ends.LEAF, Ends.LEAF, replay)).isNull();
        requireBadSignature(signer, Ends.LEAF, Ends.LEAF, replay);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aSignatureByAnotherKeyProvesNothing(Role signer) throws TlsException {
        Issued other = Ends.PKI.issue(
                CertificateRecipe.host(TestKey.P256, "other.example").keys(TestKey.P256.fresh()));

        requireBadSignature(signer, Ends.LEAF, other, content -> content);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aSignatureOverTheHashAloneProvesNothing(Role signer) throws TlsException {
        requireBadSignature(signer, Ends.LEAF, Ends.LEAF, content -> content.slice(content.length() - 32, 32));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aKeyThatMayNotSignProvesNothing(Role signer) throws TlsException {
        // RFC 9846 4.5.1.2: whatever the trust says, digitalSignature must be set if there is a keyUsage.
        Issued other =
                Ends.PKI.issue(CertificateRecipe.host(TestKey.P256, "localhost").keyUsage(KeyUsage.keyAgreement));
        Certificate shown =
                new Certificate(Bytes.empty(), List.of(new CertificateEntry(other.der(), Extensions.none())));

        Deception.of(
                        "shows a certificate for another use of its key",
                        Certificate.class,
                        honest -> shown,
                        Problem.CERTIFICATE_USAGE,
                        AlertDescription.UNSUPPORTED_CERTIFICATE)
                .in(Scenario.CLIENT_AUTHENTICATION::begin)
                .mustBeFoundBy(signer == Role.CLIENT ? Role.SERVER : Role.CLIENT);
    }

    private static void requireBadSignature(Role signer, Issued shown, Issued signing, UnaryOperator<Bytes> content)
            throws TlsException {
        assertThat(fate(signer, shown, signing, content))
                .isNotNull()
                .returns(Problem.BAD_SIGNATURE, TlsException::problem);
    }

    /** What the other end makes of a {@code signer} that shows one certificate and signs by the key of another. */
    private static @Nullable TlsException fate(Role signer, Issued shown, Issued signing, UnaryOperator<Bytes> content)
            throws TlsException {
        Identity forger =
                Identity.of(shown.chainDer(), new Forger(signing.identity().key(), content));
        if (signer == Role.SERVER) {
            TlsServer server = TlsServer.builder(forger).build();
            return NONE.fate(Role.CLIENT, new Talk(Ends.client().build(), server));
        }
        TlsServer asking = Ends.server()
                .clientAuthentication(ClientAuthentication.REQUIRED, Ends.PKI.trust())
                .build();
        TlsClient client = Ends.client().identity(forger).build();
        return NONE.fate(Role.SERVER, new Talk(client, asking));
    }

    private static Bytes forTheOtherRole(Bytes content) {
        String text = new String(content.toArray(), StandardCharsets.ISO_8859_1);
        String other = text.contains("TLS 1.3, server")
                ? text.replace("TLS 1.3, server", "TLS 1.3, client")
                : text.replace("TLS 1.3, client", "TLS 1.3, server");
        assertThat(other).isNotEqualTo(text);
        return Bytes.wrap(other.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A key that signs something else than it is asked to. */
    private record Forger(KeyOperation key, UnaryOperator<Bytes> content) implements KeyOperation {
        @Override
        public List<SignatureScheme> schemes() {
            return key.schemes();
        }

        @Override
        public CompletionStage<Bytes> sign(SignatureScheme scheme, Bytes honest) {
            return key.sign(scheme, content.apply(honest));
        }
    }
}
