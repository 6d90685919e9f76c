package dev.akushu.programs;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.akushu.programs.Pki.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** With AkushuCurves as the first provider of a JVM, programs compute with its curves, and none is changed for it. */
class CurvesProviderTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final CountedCurves curves = new CountedCurves();

    /** It would go to BouncyCastle by name, as other tests here have it on their class path. */
    @BeforeAll
    static void letSshUseWhatIsInstalled() {
        System.setProperty("org.apache.sshd.security.provider.BC.enabled", "false");
    }

    @BeforeEach
    void beTheFirst() {
        assertThat(Security.insertProviderAt(curves, 1)).isEqualTo(1);
    }

    @AfterEach
    void beGone() {
        Security.removeProvider(curves.getName());
    }

    @ParameterizedTest
    @CsvSource({
        "x25519,    EC,      KeyAgreement.XDH,  SHA256withECDSA",
        "secp256r1, EC,      KeyAgreement.ECDH,   SHA256withECDSA",
        "secp384r1, P-384,   KeyAgreement.ECDH,   SHA384withECDSA",
        "x25519,    Ed25519, KeyAgreement.XDH,  Ed25519"
    })
    void sunJsseShakesHands(String group, String key, String agreement, String signature) throws Exception {
        Identity server = Pki.SHARED.identity(key, "CN=server", "localhost");
        String certificateSignature = "Signature.SHA256withECDSA";
        curves.asked().clear();

        try (SSLServerSocket listening = listen(server, group)) {
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> serve(listening));
            try (SSLSocket client = connect(listening.getLocalPort(), group)) {
                client.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
                assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
                assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
            }
            serving.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }

        // Each end agrees, one signs and one verifies; the client verifies the chain too.
        assertThat(curves.asked()).containsKeys(agreement, certificateSignature, "Signature." + signature);
        assertThat(curves.asked().get(agreement)).isGreaterThanOrEqualTo(2);
        requireOurs(signature, server.leaf().getPublicKey());
        requireOurs("SHA256withECDSA", Pki.SHARED.root().getPublicKey());
    }

    @Test
    void pathsAreValidated() throws Exception {
        Identity server = Pki.SHARED.identity("EC", "CN=server", "localhost");
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(Pki.SHARED.root(), null)));
        parameters.setRevocationEnabled(false);
        curves.asked().clear();

        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(server.chain()), parameters);

        assertThat(curves.asked()).containsKey("Signature.SHA256withECDSA");
    }

    @ParameterizedTest
    @CsvSource({
        "EC, ES256, P-256, Signature.SHA256withECDSAinP1363Format",
        "P-384, ES384, P-384, Signature.SHA384withECDSAinP1363Format"
    })
    void tokensAreSignedAndVerified(String key, String algorithm, String curve, String asked) throws Exception {
        Identity issuer = Pki.SHARED.identity(key, "CN=issuer");
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.parse(algorithm)),
                new JWTClaimsSet.Builder().subject("somebody").build());
        curves.asked().clear();

        token.sign(new ECDSASigner((ECPrivateKey) issuer.key(), Curve.parse(curve)));
        SignedJWT received = SignedJWT.parse(token.serialize());

        assertThat(received.verify(new ECDSAVerifier((ECPublicKey) issuer.leaf().getPublicKey())))
                .isTrue();
        Identity other = Pki.SHARED.identity(key, "CN=other");
        assertThat(received.verify(new ECDSAVerifier((ECPublicKey) other.leaf().getPublicKey())))
                .isFalse();
        assertThat(curves.asked().toString()).contains(asked.substring(0, asked.indexOf("in")));
    }

    @ParameterizedTest
    @EnumSource(names = {"curve25519", "ecdhp256", "ecdhp384"})
    void sshConnects(BuiltinDHFactories exchange) throws Exception {
        Identity host = Pki.SHARED.identity("EC", "CN=host");
        KeyPair hostKey = new KeyPair(host.leaf().getPublicKey(), host.key());
        curves.asked().clear();

        try (SshServer server = SshServer.setUpDefaultServer();
                SshClient client = SshClient.setUpDefaultClient()) {
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
            server.setPasswordAuthenticator((user, password, session) -> password.equals(Pki.PASSWORD));
            server.setKeyExchangeFactories(List.of(ServerBuilder.DH2KEX.apply(exchange)));
            server.start();
            client.setServerKeyVerifier((session, address, key) -> key.equals(hostKey.getPublic()));
            client.start();
            try (ClientSession session = client.connect("somebody", "127.0.0.1", server.getPort())
                    .verify(LIMIT)
                    .getSession()) {
                session.addPasswordIdentity(Pki.PASSWORD);
                session.auth().verify(LIMIT);
                assertThat(session.isAuthenticated()).isTrue();
            }
        }

        String agreement = exchange == BuiltinDHFactories.curve25519 ? "X" : "ECDH";
        assertThat(curves.asked().keySet())
                .anySatisfy(asked -> assertThat(asked).startsWith("KeyAgreement." + agreement))
                .contains("Signature.SHA256withECDSA");
    }

    /** That the JCA stays with AkushuCurves for this key, and does not move on to another provider. */
    private void requireOurs(String algorithm, PublicKey key) throws Exception {
        Signature signature = Signature.getInstance(algorithm);
        signature.initVerify(key);
        assertThat(signature.getProvider()).isSameAs(curves);
    }

    private static SSLServerSocket listen(Identity identity, String group) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(Contexts.keyManagers(identity), new TrustManager[0], null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setNamedGroups(new String[] {group});
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static void serve(SSLServerSocket listening) {
        try (SSLSocket accepted = (SSLSocket) listening.accept();
                InputStream in = accepted.getInputStream()) {
            accepted.getOutputStream().write(in.readNBytes(4));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLSocket connect(int port, String group) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(null, new TrustManager[] {Contexts.trust()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setNamedGroups(new String[] {group});
        socket.setSSLParameters(parameters);
        return socket;
    }
}
