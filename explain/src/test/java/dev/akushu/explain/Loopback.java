package dev.akushu.explain;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Identity;
import dev.akushu.tls.RawKeyTrust;
import dev.akushu.tls.Role;
import dev.akushu.tls.TlsClient;
import dev.akushu.tls.TlsConnection;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.TlsListener;
import dev.akushu.tls.TlsServer;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** A real client and a real server on the loopback interface, both observed by one story. */
final class Loopback {
    private static final X500Principal CA = new X500Principal("CN=Test CA");

    private final List<X509Certificate> authorities;
    private final Identity identity;
    private final PublicKey publicKey;
    private final KeyPair caKeys;

    private Loopback(List<X509Certificate> authorities, Identity identity, PublicKey publicKey, KeyPair caKeys) {
        this.authorities = authorities;
        this.identity = identity;
        this.publicKey = publicKey;
        this.caKeys = caKeys;
    }

    /** With a CA and a server's certificate made for the occasion. */
    static Loopback create() throws GeneralSecurityException, IOException, OperatorCreationException {
        return create(false);
    }

    /** The same; the certificate demands an OCSP response if it {@code mustStaple}. RFC 7633. */
    static Loopback create(boolean mustStaple) throws GeneralSecurityException, IOException, OperatorCreationException {
        KeyPair caKeys = keyPair();
        KeyPair keys = keyPair();
        X509Certificate authority = issue(
                builder(CA, caKeys).addExtension(Extension.basicConstraints, true, new BasicConstraints(true)), caKeys);
        X509v3CertificateBuilder wanted = builder(new X500Principal("CN=localhost"), keys)
                .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        if (mustStaple) {
            wanted.addExtension(
                    new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24"), false, new DERSequence(new ASN1Integer(5)));
        }
        X509Certificate own = issue(wanted, caKeys);
        return new Loopback(
                List.of(authority),
                Identity.of(List.of(own), keys.getPrivate(), Crypto.jdk()),
                keys.getPublic(),
                caKeys);
    }

    /** What the CA says of the certificate: that it is good, since {@code begin} and for an hour. */
    Bytes ocspResponse(Instant begin) throws Exception {
        X509CertificateHolder issuer =
                new X509CertificateHolder(authorities.getFirst().getEncoded());
        CertificateID id = new CertificateID(
                new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                issuer,
                new X509CertificateHolder(identity.chain().getFirst().toArray()).getSerialNumber());
        BasicOCSPResp content = new BasicOCSPRespBuilder(new RespID(issuer.getSubject()))
                .addResponse(id, CertificateStatus.GOOD, Date.from(begin), Date.from(begin.plus(Duration.ofHours(1))))
                .build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(caKeys.getPrivate()),
                        new X509CertificateHolder[0],
                        Date.from(begin));
        return Bytes.wrap(
                new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, content).getEncoded());
    }

    /** The server's key, with or without its certificate. */
    Identity identity() {
        return identity;
    }

    /** Takes that key alone. */
    RawKeyTrust rawKeyTrust() {
        return RawKeyTrust.pinned(List.of(publicKey));
    }

    Trust trust() {
        return Trust.anchors(authorities, "test");
    }

    TlsServer.Builder server() {
        return TlsServer.builder(identity).applicationProtocols("http/1.1");
    }

    TlsClient.Builder client(Trust trust) {
        return TlsClient.builder(trust).applicationProtocols("http/1.1");
    }

    /** Connects, says a word, hears it again and closes; returns the steps of the story by both ends. */
    static List<Step> tell(TlsServer.Builder server, TlsClient client, StoryReader reader)
            throws IOException, InterruptedException {
        return tell(server, client, reader, 1).getFirst();
    }

    /** The same several times, one after the other, at the same port: what one connection left the next may use. */
    static List<List<Step>> tell(TlsServer.Builder server, TlsClient client, StoryReader reader, int connections)
            throws IOException, InterruptedException {
        return tell(server, client, reader, connections, "hello".getBytes(StandardCharsets.US_ASCII));
    }

    /** The same with another {@code word} to say. */
    static List<List<Step>> tell(
            TlsServer.Builder server, TlsClient client, StoryReader reader, int connections, byte[] word)
            throws IOException, InterruptedException {
        AtomicReference<Story> story = new AtomicReference<>();
        TlsServer observedServer =
                server.observers(() -> story.get().observer(Role.SERVER)).build();
        TlsClient observedClient = client.toBuilder()
                .observers(() -> story.get().observer(Role.CLIENT))
                .build();
        List<List<Step>> stories = new ArrayList<>();
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (TlsListener listener = observedServer.listen(anyPort)) {
            for (int i = 0; i < connections; i++) {
                List<Step> steps = new ArrayList<>();
                story.set(bothEnds(steps, reader));
                Thread serving = Thread.ofVirtual().start(() -> serve(listener, word.length));
                converse(observedClient, listener.localAddress().getPort(), word);
                serving.join();
                story.get().end();
                stories.add(steps);
            }
        }
        return stories;
    }

    private static Story bothEnds(List<Step> steps, StoryReader reader) {
        Story story = new Story(step -> {
            steps.add(step);
            reader.read(step);
        });
        // The story must know that it has two ends before either begins.
        for (Role role : Role.values()) {
            story.observer(role);
        }
        return story;
    }

    private static void converse(TlsClient client, int port, byte[] word) throws IOException {
        try (TlsConnection connection = client.connect("localhost", port)) {
            connection.output().write(word);
            connection.output().flush();
            connection.input().readNBytes(word.length);
        } catch (TlsException refused) {
            // The story has the failure; whether it should be there is for the test to say.
            return;
        }
    }

    private static void serve(TlsListener listener, int length) {
        try (TlsConnection connection = listener.accept().orElseThrow()) {
            connection.handshake();
            connection.output().write(connection.input().readNBytes(length));
            connection.output().flush();
            connection.input().readAllBytes();
        } catch (IOException refused) {
            // As with the client: the story has it.
            return;
        }
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(X500Principal subject, KeyPair keys) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                CA,
                BigInteger.valueOf(subject.hashCode()).abs().add(BigInteger.ONE),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                subject,
                keys.getPublic());
    }

    private static X509Certificate issue(X509v3CertificateBuilder builder, KeyPair issuer)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    }
}
