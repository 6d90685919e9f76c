package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.akushu.tls.identity.PeerKey;
import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server for several hosts shows each its own key without the certificate. RFC 7250. */
class RawPublicKeyFilesTest {
    private final TestPki pki = TestPki.create();
    private final Issued a = pki.leaf(TestKey.P256, "a.example");
    private final Issued b = pki.leaf(TestKey.P256, "b.example");

    @TempDir
    private Path folder;

    private IdentityFiles files;

    @BeforeEach
    void write() throws IOException, TlsException {
        Path ofA = Files.createDirectory(folder.resolve("a"));
        Path ofB = Files.createDirectory(folder.resolve("b"));
        files = IdentityFiles.builder()
                .add(a.writeChain(ofA), a.writeKey(ofA))
                .add(b.writeChain(ofB), b.writeKey(ofB))
                .rawPublicKeys(true)
                .interval(Duration.ofDays(1))
                .build();
    }

    @Test
    void theKeyIsThatOfTheHostThatWasAskedFor() throws TlsException {
        RawKeyTrust pinned = RawKeyTrust.pinned(List.of(publicKeyOf(b.identity())));
        TlsServer server = TlsServer.builder(files).build();
        TlsClient keysAlone = TlsClient.rawKeyBuilder(pinned).build();
        TlsClient either = TlsClient.builder(pki.trust()).rawServerKeys(pinned).build();

        for (TlsClient client : List.of(keysAlone, either)) {
            EnginePair ends = EnginePair.of(client.engine("b.example", 443), server.engine());
            ends.shakeHands();
            assertThat(ends.client().session().rawPublicKey())
                    .isEqualTo(b.identity().subjectPublicKeyInfo());
        }
    }

    @Test
    void aKeyWithoutItsCertificateStandsForTheSameHosts() throws TlsException {
        Identity raw = a.identity().withoutCertificates();

        assertThat(raw.serves("a.example")).isTrue();
        assertThat(raw.serves("b.example")).isFalse();
        assertThat(raw.names()).containsExactly("a.example");
        assertThat(raw.withoutCertificates().serves("b.example")).isFalse();
    }

    @Test
    void aKeyThatNeverHadACertificateIsGoodForAnyHost() throws TlsException {
        Identity certified = a.identity();
        Identity raw = Identity.ofRawKey(publicKeyOf(certified), certified.key());

        assertThat(raw.serves("b.example")).isTrue();
        assertThat(raw.withoutCertificates().serves("b.example")).isTrue();
    }

    @Test
    void theKeyIsTakenOutOfTheCertificateOnceAReading() throws TlsException {
        IdentitySource.Request request = new IdentitySource.Request(
                "b.example",
                List.of(SignatureScheme.ECDSA_SECP256R1_SHA256),
                List.of(SignatureScheme.ECDSA_SECP256R1_SHA256),
                List.of(),
                List.of(),
                List.of(CertificateType.RAW_PUBLIC_KEY));

        assertThat(files.choose(request).orElseThrow())
                .isSameAs(files.choose(request).orElseThrow());
    }

    private static PublicKey publicKeyOf(Identity identity) throws TlsException {
        return PeerKey.ofSubjectPublicKeyInfo(identity.subjectPublicKeyInfo()).publicKey();
    }
}
