package dev.akushu.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** TLS 1.3 between two engines of SunJSSE: ECDSA on P-256, a root, an intermediate, and many servers below it. */
final class SunJsseHandshake {
    private static final int SERVERS = 200;
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final List<SSLContext> servers = new ArrayList<>();
    private final SSLContext client;
    private int next;

    private SunJsseHandshake(SSLContext client) {
        this.client = client;
    }

    static SunJsseHandshake create() throws GeneralSecurityException, IOException {
        KeyPair rootKey = keys();
        KeyPair authorityKey = keys();
        X509Certificate root = certificate("CN=Root", rootKey, "CN=Root", rootKey, true);
        X509Certificate authority = certificate("CN=Authority", authorityKey, "CN=Root", rootKey, true);
        SunJsseHandshake handshake = new SunJsseHandshake(client(root));
        for (int i = 0; i < SERVERS; i++) {
            KeyPair key = keys();
            X509Certificate leaf = certificate("CN=server", key, "CN=Authority", authorityKey, false);
            handshake.servers.add(server(key.getPrivate(), leaf, authority));
        }
        return handshake;
    }

    /** With the next of the servers, which the client has no session with. */
    void full() throws SSLException {
        next = (next + 1) % SERVERS;
        shakeHands(servers.get(next).createSSLEngine(), client.createSSLEngine());
    }

    /** With the first server, from the second time on by its last ticket. */
    void resumed() throws SSLException {
        shakeHands(servers.getFirst().createSSLEngine(), client.createSSLEngine("server", 443));
    }

    private static void shakeHands(SSLEngine server, SSLEngine client) throws SSLException {
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        client.setSSLParameters(parameters);
        server.setUseClientMode(false);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        ByteBuffer nothing = ByteBuffer.allocate(1 << 15);
        client.beginHandshake();
        server.beginHandshake();
        boolean isBusy = true;
        while (isBusy) {
            isBusy = turn(client, toClient, toServer, nothing);
            isBusy |= turn(server, toServer, toClient, nothing);
        }
        if (client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                || server.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            throw new SSLException("the handshake did not end");
        }
    }

    /** Goes on until the engine has to wait for the other; whether it had anything to do. */
    private static boolean turn(SSLEngine engine, ByteBuffer in, ByteBuffer out, ByteBuffer nothing)
            throws SSLException {
        boolean isBusy = false;
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
                default -> {
                    in.flip();
                    int consumed = in.hasRemaining()
                            ? engine.unwrap(in, nothing.clear()).bytesConsumed()
                            : 0;
                    in.compact();
                    if (consumed == 0) {
                        return isBusy;
                    }
                }
            }
            isBusy = true;
        }
    }

    static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    static X509Certificate certificate(
            String subject, KeyPair key, String issuer, KeyPair issuerKey, boolean isAuthority)
            throws GeneralSecurityException, IOException {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(30))),
                new X500Name(subject),
                key.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "server")));
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static SSLContext client(X509Certificate root) throws GeneralSecurityException, IOException {
        KeyStore store = store();
        store.setCertificateEntry("root", root);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLSv1.3", "SunJSSE");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static SSLContext server(PrivateKey key, Certificate... chain)
            throws GeneralSecurityException, IOException {
        KeyStore store = store();
        store.setKeyEntry("server", key, PASSWORD, chain);
        // The one of PKIX would open the store anew in each handshake, and derive a key from the password for that.
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLSv1.3", "SunJSSE");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
