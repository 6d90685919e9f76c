package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SignatureAlgorithm;
import dev.akushu.tls.identity.PeerKey;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityTest {
    private static final Crypto CRYPTO = Crypto.jdk();

    private final TestPki pki = TestPki.create();

    @ParameterizedTest
    @EnumSource
    void identitySignsWithEverySchemeItNames(TestKey kind) throws Exception {
        Identity identity = pki.leaf(kind, "example.org").identity();
        Bytes content = Bytes.ofAscii("what is signed");

        assertThat(identity.schemes()).isNotEmpty();
        for (SignatureScheme scheme : identity.schemes()) {
            Bytes signature =
                    identity.key().sign(scheme, content).toCompletableFuture().join();
            assertThat(CRYPTO.signature(scheme).verify(publicKey(identity), content.toArray(), signature.toArray()))
                    .isTrue();
        }
    }

    @Test
    void identityIsReadFromPemFiles(@TempDir Path folder) throws Exception {
        Issued leaf = pki.leaf(TestKey.P384, "example.org", "*.example.org", "192.0.2.1");

        Identity identity = Identity.pem(leaf.writeChain(folder), leaf.writeKey(folder));

        assertThat(identity.chain()).isEqualTo(leaf.chainDer()).hasSize(2);
        assertThat(identity.schemes()).containsExactly(SignatureScheme.ECDSA_SECP384R1_SHA384);
        assertThat(identity.names()).containsExactly("example.org", "*.example.org", "192.0.2.1");
        assertThat(identity.subject()).isEqualTo("CN=example.org");
    }

    @Test
    void identityServesTheNamesInItsCertificateAndNoOthers() {
        Identity identity = pki.leaf(TestKey.P256, "example.org", "*.example.org", "192.0.2.1")
                .identity();

        assertThat(identity.serves("EXAMPLE.org")).isTrue();
        assertThat(identity.serves("www.example.org")).isTrue();
        assertThat(identity.serves("192.0.2.1")).isTrue();
        assertThat(identity.serves("a.www.example.org")).isFalse();
        assertThat(identity.serves("192.0.2.2")).isFalse();
        assertThat(identity.serves("somebody")).isFalse();
    }

    @Test
    void keyOfAnotherKindDoesNotMatch() {
        assertMismatch(TestKey.P256, TestKey.RSA_2048.shared().getPrivate(), "EC P-256", "RSA 2048 bits");
        assertMismatch(TestKey.P256, TestKey.P384.shared().getPrivate(), "EC P-256", "EC P-384");
        assertMismatch(
                TestKey.RSA_2048, TestKey.ED25519.shared().getPrivate(), "RSA 2048 bits", "EdDSA, but not this one");
    }

    @Test
    void anotherKeyOfTheSameKindDoesNotMatch() {
        assertMismatch(TestKey.P256, TestKey.P256.fresh().getPrivate(), "EC P-256", "EC P-256, but another key");
        assertMismatch(
                TestKey.RSA_2048,
                TestKey.RSA_2048.fresh().getPrivate(),
                "RSA 2048 bits",
                "RSA 2048 bits, but another key");
    }

    @Test
    void keyThatCannotBeExportedIsProvedByItsSignature() throws Exception {
        Issued leaf = pki.leaf(TestKey.P256, "example.org");
        Crypto token = CRYPTO.with(new Token(CRYPTO.signature(SignatureScheme.ECDSA_SECP256R1_SHA256)));

        assertThat(Identity.of(leaf.chain(), new TokenKey(leaf.key()), token).schemes())
                .containsExactly(SignatureScheme.ECDSA_SECP256R1_SHA256);
        PrivateKey another = new TokenKey(TestKey.P256.fresh().getPrivate());
        assertProblem(
                () -> Identity.of(leaf.chain(), another, token),
                Problem.KEY_DOES_NOT_MATCH,
                "CN=example.org",
                "EC P-256",
                "EC, but not this one");
    }

    @Test
    void tokenThatFailsIsNotTakenForAKeyThatDoesNotMatch() {
        Issued leaf = pki.leaf(TestKey.P256, "example.org");
        Crypto token = CRYPTO.with(new Token(CRYPTO.signature(SignatureScheme.ECDSA_SECP256R1_SHA256)));

        assertProblem(
                () -> Identity.of(leaf.chain(), new TokenKey(null), token),
                Problem.SIGNING_FAILED,
                SignatureScheme.ECDSA_SECP256R1_SHA256,
                "the token was removed");
    }

    @Test
    void schemesOfAnExternalKeyAreThoseThatTheCertificateFits() throws TlsException {
        Issued leaf = pki.leaf(TestKey.RSA_2048, "example.org");
        KeyOperation key = external(
                SignatureScheme.RSA_PKCS1_SHA256,
                SignatureScheme.RSA_PSS_RSAE_SHA512,
                SignatureScheme.RSA_PSS_PSS_SHA256,
                SignatureScheme.RSA_PSS_RSAE_SHA256);

        assertThat(Identity.of(leaf.chainDer(), key).schemes())
                .containsExactly(SignatureScheme.RSA_PSS_RSAE_SHA512, SignatureScheme.RSA_PSS_RSAE_SHA256);
    }

    @Test
    void externalKeyWithoutAFittingSchemeDoesNotMatch() {
        Issued leaf = pki.leaf(TestKey.P256, "example.org");
        assertProblem(
                () -> Identity.of(leaf.chainDer(), external(SignatureScheme.ED25519)),
                Problem.KEY_DOES_NOT_MATCH,
                "CN=example.org",
                "EC P-256",
                "one for [ed25519]");
    }

    @Test
    void certificateThatMayNotSignIsRefusedBeforeAPeerDoes() {
        Issued leaf = pki.issue(
                CertificateRecipe.host(TestKey.RSA_2048, "example.org").keyUsage(KeyUsage.keyEncipherment));
        assertProblem(
                () -> Identity.of(leaf.chain(), leaf.key(), CRYPTO),
                Problem.CERTIFICATE_USAGE,
                "CN=example.org",
                "digitalSignature",
                List.of("keyEncipherment"));
    }

    @Test
    void chainWithoutACertificateIsAFaultOfTheCaller() {
        assertThatThrownBy(() -> Identity.of(List.of(), external(SignatureScheme.ED25519)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void signatureWithASchemeOfAnotherKeyFails() {
        Identity identity = pki.leaf(TestKey.P256, "example.org").identity();

        CompletableFuture<Bytes> signature = identity.key()
                .sign(SignatureScheme.ED25519, Bytes.ofAscii("what is signed"))
                .toCompletableFuture();

        assertThat(signature.isCompletedExceptionally()).isTrue();
        assertThat(signature.exceptionNow())
                .isInstanceOfSatisfying(
                        TlsException.class,
                        e -> assertThat(e.diagnosis())
                                .isEqualTo(Problem.SIGNING_FAILED.diagnosis(
                                        SignatureScheme.ED25519, "this key signs with [ecdsa_secp256r1_sha256] only")));
    }

    @Test
    void textOfAnIdentityDoesNotShowTheKey() {
        assertThat(pki.leaf(TestKey.P256, "example.org").identity())
                .hasToString("Identity[CN=example.org, [ecdsa_secp256r1_sha256]]");
    }

    private void assertMismatch(TestKey certificateKind, PrivateKey key, String certificateKey, String privateKey) {
        Issued leaf = pki.leaf(certificateKind, "example.org");
        assertProblem(
                () -> Identity.of(leaf.chain(), key, CRYPTO),
                Problem.KEY_DOES_NOT_MATCH,
                "CN=example.org",
                certificateKey,
                privateKey);
    }

    private static void assertProblem(ThrowingCallable call, Problem problem, Object... facts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.diagnosis()).isEqualTo(problem.diagnosis(facts)));
    }

    private static PublicKey publicKey(Identity identity) throws TlsException {
        return PeerKey.of(identity.chain().getFirst()).publicKey();
    }

    private static KeyOperation external(SignatureScheme... schemes) {
        return new KeyOperation() {
            @Override
            public List<SignatureScheme> schemes() {
                return List.of(schemes);
            }

            @Override
            public CompletionStage<Bytes> sign(SignatureScheme scheme, Bytes content) {
                return CompletableFuture.failedStage(new UnsupportedOperationException("not asked here"));
            }
        };
    }

    /** A key that only its token can use; null if the token is gone. */
    private record TokenKey(PrivateKey inside) implements PrivateKey {
        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return null;
        }

        @Override
        public byte[] getEncoded() {
            return null;
        }
    }

    /** Signs with the keys in a token, by {@code algorithm}. */
    private record Token(SignatureAlgorithm algorithm) implements SignatureAlgorithm {
        @Override
        public SignatureScheme scheme() {
            return algorithm.scheme();
        }

        @Override
        public byte[] sign(PrivateKey key, byte[] content) throws InvalidKeyException, SignatureException {
            if (((TokenKey) key).inside() == null) {
                throw new ProviderException("the token was removed");
            }
            return algorithm.sign(((TokenKey) key).inside(), content);
        }

        @Override
        public boolean verify(PublicKey key, byte[] content, byte[] signature) throws InvalidKeyException {
            return algorithm.verify(key, content, signature);
        }
    }
}
