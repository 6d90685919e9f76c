package dev.akushu.tls.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.RevocationRecipe;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bouncycastle.asn1.x509.CRLReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples that have to do with certificates do what the page says. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CertificateSamplesTest {
    private final TestPki pki = TestPki.create();
    private final Issued shop = pki.leaf(TestKey.P256, "shop.example", "localhost");
    private final Issued blog = pki.leaf(TestKey.P256, "blog.example");

    @TempDir
    private Path folder;

    private Path ca = Path.of("");
    private Path shopFiles = Path.of("");
    private Path blogFiles = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        ca = pki.root().writeAuthority(folder);
        shopFiles = written("shop", shop);
        blogFiles = written("blog", blog);
    }

    @Test
    void theServerSeesWhoTheClientIs() throws Exception {
        Path alice = written(
                "alice",
                pki.issue(
                        CertificateRecipe.host(TestKey.P256).subject("CN=alice").names()));
        TlsClient client = ClientCertificateSample.client(ca, alice.resolve("chain.pem"), alice.resolve("key.pem"));
        try (Loopback<String> server = askingForCertificates()) {
            assertThat(answer(client, server.port())).isEqualTo("welcome");
            assertThat(server.outcome()).isEqualTo("CN=alice");

            assertThat(answer(client, server.port())).isEqualTo("welcome, again");
            assertThat(server.outcome()).as("of a session that resumed").isEqualTo("CN=alice");
        }
    }

    @Test
    void aClientWithoutCertificateLearnsThatWhenItReads() throws Exception {
        try (Loopback<String> server = askingForCertificates();
                TlsConnection connection = newClient().connect("localhost", server.port())) {
            TlsException refused = catchThrowableOfType(
                    TlsException.class, () -> connection.input().read());
            assertThat(refused.problem()).isEqualTo(Problem.ALERT_RECEIVED);
            assertThat(refused.diagnosis().fact("alert")).isEqualTo("certificate_required");
            assertThat(catchThrowableOfType(TlsException.class, server::outcome).problem())
                    .isEqualTo(Problem.CLIENT_CERTIFICATE_REQUIRED);
        }
    }

    @Test
    void eachNameHasItsCertificate() throws Exception {
        try (Loopback<Void> server = Loopback.echo(ServerNamesSample.server(shop.identity(), blog.identity()))) {
            assertThat(shown(server, "blog.example")).isEqualTo(blog.der());
            assertThat(shown(server, "shop.example")).isEqualTo(shop.der());
            TlsException foreign = catchThrowableOfType(TlsException.class, () -> shown(server, "other.example"));
            assertThat(foreign.problem()).as("the first is shown").isEqualTo(Problem.HOST_NAME_MISMATCH);
            assertThat(foreign).hasMessageContaining("shop.example");
        }
    }

    @Test
    void aRenewedCertificateIsShownWithoutARestart() throws Exception {
        TlsServer watching = ServerNamesSample.watching(shopFiles, blogFiles, Duration.ZERO);
        try (Loopback<Void> server = Loopback.echo(watching)) {
            assertThat(shown(server, "blog.example")).isEqualTo(blog.der());
            Issued renewed = pki.leaf(TestKey.P384, "blog.example");
            written("blog", renewed);
            assertThat(shown(server, "blog.example")).isEqualTo(renewed.der());
            assertThat(shown(server, "shop.example")).isEqualTo(shop.der());
        }
    }

    @Test
    void aRevokedServerIsRefused() throws Exception {
        RevocationRecipe list = RevocationRecipe.by(pki.intermediate());
        TlsClient trusting = RevocationSample.client(ca, written(list));
        TlsClient knowing =
                RevocationSample.client(ca, written(list.revoking(shop.certificate(), CRLReason.keyCompromise)));
        try (Loopback<Void> server =
                Loopback.echo(TlsServer.builder(shop.identity()).build())) {
            trusting.connect("localhost", server.port()).close();
            assertThat(catchThrowableOfType(TlsException.class, () -> knowing.connect("localhost", server.port()))
                            .problem())
                    .isEqualTo(Problem.CERTIFICATE_REVOKED);
        }
    }

    private Loopback<String> askingForCertificates() throws TlsException {
        TlsServer server =
                ClientCertificateSample.server(shopFiles.resolve("chain.pem"), shopFiles.resolve("key.pem"), ca);
        return new Loopback<>(server, client -> {
            try (client) {
                String who = ClientCertificateSample.whoIs(client);
                boolean isResumed = client.session().orElseThrow().resumed();
                client.output().write((isResumed ? "welcome, again" : "welcome").getBytes(UTF_8));
                return who;
            }
        });
    }

    private static String answer(TlsClient client, int port) throws IOException {
        try (TlsConnection connection = client.connect("localhost", port)) {
            return new String(connection.input().readAllBytes(), UTF_8);
        }
    }

    /** The certificate that somebody sees who asks for {@code name}. */
    private Bytes shown(Loopback<Void> server, String name) throws TlsException {
        TlsClient client = newClient().toBuilder().serverName(name).build();
        try (TlsConnection connection = client.connect("localhost", server.port())) {
            return connection.session().orElseThrow().peerCertificates().getFirst();
        }
    }

    private TlsClient newClient() {
        return TlsClient.builder(pki.trust()).build();
    }

    private Path written(String name, Issued issued) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        issued.writeChain(place);
        issued.writeKey(place);
        return place;
    }

    private Path written(RevocationRecipe list) throws Exception {
        return Files.write(
                Files.createTempFile(folder, "list", ".crl"), list.list().getEncoded());
    }
}
