package dev.akushu.tls.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.CertificateCheck;
import dev.akushu.tls.CertificateCheck.Kind;
import dev.akushu.tls.Problem;
import dev.akushu.tls.Revocation;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.Trust.PeerChain;
import dev.akushu.tls.testing.CertificateRecipe;
import dev.akushu.tls.testing.Issued;
import dev.akushu.tls.testing.RevocationRecipe;
import dev.akushu.tls.testing.TestKey;
import dev.akushu.tls.testing.TestPki;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

/** Revocation by asking the responder that a certificate names. */
class OcspNetworkTest {
    private final TestPki pki = TestPki.create();
    private final RevocationRecipe issuer = RevocationRecipe.by(pki.intermediate());

    @Test
    void responderSaysWhetherTheCertificateIsGood() throws Exception {
        assertThat(verify(leaf -> issuer.good(leaf.certificate())))
                .contains(new CertificateCheck(Kind.REVOCATION, "CN=example.org", "OCSP / CRL"));
        assertThatThrownBy(() -> verify(leaf -> issuer.revoked(leaf.certificate())))
                .isInstanceOfSatisfying(
                        TlsException.class,
                        e -> assertThat(e.diagnosis())
                                .isEqualTo(Problem.CERTIFICATE_REVOKED.diagnosis(
                                        "CN=example.org", RevocationRecipe.REVOKED, "keyCompromise")));
    }

    /** Nobody says until when its answer holds. */
    @Test
    void responderIsAskedInEachVerification() throws Exception {
        assertThat(verify(2, leaf -> issuer.good(leaf.certificate())))
                .noneMatch(check -> check.kind() == Kind.REMEMBERED);
    }

    @Test
    void answerOfNobodyIsNoAnswer() {
        assertThatThrownBy(() -> verify(leaf -> Bytes.fromHex("3000")))
                .isInstanceOfSatisfying(
                        TlsException.class, e -> assertThat(e.problem()).isEqualTo(Problem.REVOCATION_UNKNOWN));
    }

    private List<CertificateCheck> verify(Function<Issued, Bytes> answer) throws Exception {
        return verify(1, answer);
    }

    /** What comes of a certificate whose responder is asked so many times. */
    private List<CertificateCheck> verify(int times, Function<Issued, Bytes> answer) throws Exception {
        try (ServerSocket responder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Issued leaf = pki.issue(CertificateRecipe.host(TestKey.P256, "example.org")
                    .extension(Extension.authorityInfoAccess, false, place(responder.getLocalPort())));
            byte[] response = answer.apply(leaf).toArray();
            // Nothing here waits for ever, not even if nobody asks.
            responder.setSoTimeout(30_000);
            CompletableFuture<Void> served = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < times; i++) {
                            serveOnce(responder, response);
                        }
                    },
                    Thread::startVirtualThread);
            Trust trust = Trust.anchors(
                    pki.anchors(), "test roots", Revocation.network().forOwnCertificateOnly());
            PeerChain peer = new PeerChain(Role.SERVER, leaf.chainDer(), "example.org", null);
            try {
                for (int i = 1; i < times; i++) {
                    trust.verify(peer);
                }
                return trust.verify(peer);
            } finally {
                served.join();
            }
        }
    }

    private static AuthorityInformationAccess place(int port) {
        GeneralName place = new GeneralName(GeneralName.uniformResourceIdentifier, "http://127.0.0.1:" + port + "/");
        return new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, place);
    }

    /** The request of a client that asks by GET has no body. */
    private static void serveOnce(ServerSocket responder, byte[] response) {
        try (Socket client = responder.accept()) {
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            String line = request.readLine();
            while (line != null && !line.isEmpty()) {
                line = request.readLine();
            }
            OutputStream out = client.getOutputStream();
            String head = "HTTP/1.1 200 OK\r\nContent-Type: application/ocsp-response\r\nContent-Length: "
                    + response.length + "\r\nConnection: close\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(response);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
