package dev.akushu.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.testing.EnginePair;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identities whose files are replaced while they are in use. */
class IdentityFilesTest {
    private final TestPki pki = TestPki.create();
    private final Issued first = pki.leaf(TestKey.P256, "localhost");
    private final Issued renewed = pki.leaf(TestKey.P384, "localhost");
    private final List<TlsException> faults = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path chain = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void writeFirst() {
        chain = first.writeChain(folder);
        key = first.writeKey(folder);
    }

    @Test
    void renewedCertificateIsShownInTheNextHandshake() throws Exception {
        TlsServer server = TlsServer.builder(watching()).build();

        assertThat(seenBy(newClient(), server)).isEqualTo(first.chainDer());
        renewed.writeChain(folder);
        renewed.writeKey(folder);
        assertThat(seenBy(newClient(), server)).isEqualTo(renewed.chainDer());
        assertThat(faults).isEmpty();
    }

    @Test
    void oldPairStaysUntilBothFilesAreReplaced() throws Exception {
        IdentityFiles files = watching();

        renewed.writeChain(folder);
        assertThat(shown(files)).isEqualTo(first.chainDer());
        assertThat(faults).extracting(TlsException::problem).containsExactly(Problem.KEY_DOES_NOT_MATCH);
        renewed.writeKey(folder);
        assertThat(shown(files)).isEqualTo(renewed.chainDer());
        assertThat(faults).hasSize(1);
    }

    @Test
    void fileThatCannotBeUsedIsReportedOnceAndTheOldIdentityStays() throws Exception {
        IdentityFiles files = watching();

        Files.writeString(chain, "not a certificate");
        assertThat(shown(files)).isEqualTo(first.chainDer());
        assertThat(shown(files)).isEqualTo(first.chainDer());
        Files.delete(chain);
        assertThat(shown(files)).isEqualTo(first.chainDer());
        assertThat(shown(files)).isEqualTo(first.chainDer());

        assertThat(faults).extracting(TlsException::problem).containsExactly(Problem.NOT_PEM, Problem.FILE_UNREADABLE);
    }

    @Test
    void sameFaultIsReportedAgainAfterItWasMended() throws Exception {
        IdentityFiles files = watching();

        for (int i = 0; i < 2; i++) {
            Files.delete(chain);
            files.current();
            first.writeChain(folder);
            files.current();
        }

        assertThat(faults).hasSize(2);
    }

    @Test
    void fileThatWasReplacedByALinkIsRead() throws Exception {
        IdentityFiles files = watching();
        Path next = Files.createDirectory(folder.resolve("next"));
        renewed.writeKey(next);
        renewed.writeChain(next);
        // Kubernetes and certbot change links.
        for (Path file : List.of(chain, key)) {
            Files.delete(file);
            Files.createSymbolicLink(file, next.resolve(file.getFileName()));
        }

        assertThat(shown(files)).isEqualTo(renewed.chainDer());
    }

    @Test
    void filesThatLookTheSameAreNotReadAgain() throws Exception {
        Instant before = Instant.now().minus(Duration.ofHours(1));
        touch(before);
        IdentityFiles files = watching();
        Identity identity = files.current().getFirst();

        assertThat(files.current().getFirst()).isSameAs(identity);
        touch(before.plusSeconds(1));
        assertThat(files.current().getFirst()).isNotSameAs(identity);
    }

    @Test
    void nobodyLooksBeforeTheIntervalIsOver() throws Exception {
        IdentityFiles files = IdentityFiles.builder()
                .add(chain, key)
                .interval(Duration.ofDays(1))
                .onFault(faults::add)
                .build();

        Files.delete(chain);
        assertThat(shown(files)).isEqualTo(first.chainDer());
        assertThat(faults).isEmpty();
    }

    @Test
    void eachOfSeveralIsWatchedByItself() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Issued second = pki.leaf(TestKey.P256, "example.org");
        IdentityFiles files = IdentityFiles.builder()
                .add(chain, key)
                .add(second.writeChain(other), second.writeKey(other))
                .interval(Duration.ZERO)
                .onFault(faults::add)
                .build();
        Issued secondRenewed = pki.leaf(TestKey.P384, "example.org");

        Files.delete(key);
        secondRenewed.writeChain(other);
        secondRenewed.writeKey(other);

        assertThat(shown(files)).isEqualTo(first.chainDer());
        assertThat(files.choose(asking("example.org")).orElseThrow().chain()).isEqualTo(secondRenewed.chainDer());
        assertThat(faults).extracting(TlsException::problem).containsExactly(Problem.FILE_UNREADABLE);
    }

    @Test
    void atTheStartThereHasToBeAnIdentity() {
        Path nowhere = folder.resolve("nowhere.pem");

        assertThatThrownBy(() -> IdentityFiles.of(nowhere, key))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FILE_UNREADABLE));
        assertThatThrownBy(() -> IdentityFiles.builder().build()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> IdentityFiles.builder().interval(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** One that has no tickets yet. */
    private TlsClient newClient() {
        return TlsClient.builder(pki.trust()).build();
    }

    private static List<Bytes> seenBy(TlsClient client, TlsServer server) throws TlsException {
        return EnginePair.connected(client, server).client().session().peerCertificates();
    }

    private IdentityFiles watching() throws TlsException {
        return IdentityFiles.builder()
                .add(chain, key)
                .interval(Duration.ZERO)
                .onFault(faults::add)
                .build();
    }

    private static List<Bytes> shown(IdentityFiles files) throws TlsException {
        return files.choose(asking("localhost")).orElseThrow().chain();
    }

    private static IdentitySource.Request asking(String name) {
        return new IdentitySource.Request(
                name, List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.ECDSA_SECP384R1_SHA384));
    }

    private void touch(Instant time) throws IOException {
        for (Path file : List.of(chain, key)) {
            Files.setLastModifiedTime(file, FileTime.from(time));
        }
    }
}
