package dev.akushu.interop.peer;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** A throwaway CA and what it signs: a server of each kind of key, for localhost and 127.0.0.1, and one client. */
public final class Certificates {
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private final Path folder;
    private final KeyPair caKey;
    private final X509Certificate ca;
    private final Path caPem;
    private final Map<String, Identity> identities = new ConcurrentHashMap<>();

    private Certificates(Path folder, KeyPair caKey, X509Certificate ca, Path caPem) {
        this.folder = folder;
        this.caKey = caKey;
        this.ca = ca;
        this.caPem = caPem;
    }

    /** Makes a CA with an EC key; its files and those of all it signs go into the folder. */
    public static Certificates in(Path folder) throws IOException {
        return in(folder, "CN=Interop CA");
    }

    /** The same with a {@code subject} of its own. */
    public static Certificates in(Path folder, String subject) throws IOException {
        try {
            KeyPair key = generate(KeyKind.EC_P256);
            X500Name name = new X500Name(subject);
            X509v3CertificateBuilder builder = builder(name, name, key.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            X509Certificate ca = sign(builder, key.getPrivate());
            Path pem = write(folder.resolve("ca.pem"), "CERTIFICATE", ca.getEncoded());
            return new Certificates(folder, key, ca, pem);
        } catch (GeneralSecurityException | OperatorCreationException failure) {
            throw new IOException(failure);
        }
    }

    public X509Certificate ca() {
        return ca;
    }

    public Path caPem() {
        return caPem;
    }

    /** The CA with its key, as {@link Identity#pkcs12}, under the alias {@code ca}. */
    Path caPkcs12() throws IOException {
        try {
            return store("ca", caKey.getPrivate(), ca);
        } catch (GeneralSecurityException failure) {
            throw new IOException(failure);
        }
    }

    public Path folder() {
        return folder;
    }

    /** A server for localhost and 127.0.0.1; the same one each time. */
    public Identity server(KeyKind kind) {
        return identities.computeIfAbsent("server-" + nickname(kind), name -> issue(name, "CN=localhost", kind));
    }

    /** The client {@code CN=client}, with an EC key. */
    public Identity client() {
        return identities.computeIfAbsent("client", name -> issue(name, "CN=client", KeyKind.EC_P256));
    }

    /**
     * A file with an OCSP response about {@code identity} in DER, signed by the CA and good for a day.
     *
     * @param revoked whether it says that the certificate was revoked
     */
    public Path ocspResponse(Identity identity, boolean revoked) throws IOException {
        Instant begin = Instant.now();
        Date now = Date.from(begin);
        Date tomorrow = Date.from(begin.plus(Duration.ofDays(1)));
        try {
            DigestCalculator sha1 =
                    new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
            CertificateID id = new CertificateID(
                    sha1,
                    new JcaX509CertificateHolder(ca),
                    identity.certificate().getSerialNumber());
            CertificateStatus status =
                    revoked ? new RevokedStatus(now, CRLReason.keyCompromise) : CertificateStatus.GOOD;
            // By name: GnuTLS does not find a responder by its key where the CA has no subjectKeyIdentifier.
            RespID responder = new RespID(new JcaX509CertificateHolder(ca).getSubject());
            BasicOCSPResp response = new BasicOCSPRespBuilder(responder)
                    .addResponse(id, status, now, tomorrow)
                    .build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(caKey.getPrivate()),
                            new X509CertificateHolder[0],
                            now);
            byte[] der = new OCSPRespBuilder()
                    .build(OCSPRespBuilder.SUCCESSFUL, response)
                    .getEncoded();
            return Files.write(folder.resolve(identity.name() + (revoked ? ".revoked.ocsp" : ".ocsp")), der);
        } catch (OCSPException | OperatorCreationException | GeneralSecurityException failure) {
            throw new IOException(failure);
        }
    }

    /** In lower case, as the JDK writes it into a PKCS#12 file. */
    private static String nickname(KeyKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Identity issue(String name, String subject, KeyKind kind) {
        try {
            KeyPair key = generate(kind);
            X509v3CertificateBuilder builder =
                    builder(new JcaX509CertificateHolder(ca).getSubject(), new X500Name(subject), key.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, usage(kind));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
            X509Certificate certificate = sign(builder, caKey.getPrivate());
            return new Identity(
                    name,
                    kind,
                    List.of(certificate),
                    key.getPrivate(),
                    write(folder.resolve(name + ".pem"), "CERTIFICATE", certificate.getEncoded()),
                    write(
                            folder.resolve(name + ".key"),
                            "PRIVATE KEY",
                            key.getPrivate().getEncoded()),
                    store(name, key.getPrivate(), certificate));
        } catch (GeneralSecurityException | OperatorCreationException | IOException failure) {
            throw new IllegalStateException("cannot make " + name, failure);
        }
    }

    /** NSS refuses a server's RSA certificate without keyEncipherment, also where nothing is enciphered. */
    private static KeyUsage usage(KeyKind kind) {
        int usage = KeyUsage.digitalSignature;
        return new KeyUsage(kind == KeyKind.RSA ? usage | KeyUsage.keyEncipherment : usage);
    }

    private static KeyPair generate(KeyKind kind) throws GeneralSecurityException {
        return switch (kind) {
            case EC_P256 -> generateEc("secp256r1");
            case EC_P384 -> generateEc("secp384r1");
            case EC_P521 -> generateEc("secp521r1");
            case RSA -> generateRsa("RSA");
            case RSA_PSS -> generateRsa("RSASSA-PSS");
            case ED25519 -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            case ED448 -> KeyPairGenerator.getInstance("Ed448").generateKeyPair();
        };
    }

    /** By BouncyCastle, which writes the public key into the private key's encoding: GnuTLS wants it there, the JDK omits it. */
    private static KeyPair generateEc(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BOUNCY_CASTLE);
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static KeyPair generateRsa(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(System.nanoTime()).shiftLeft(16).or(BigInteger.ONE),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(LIFETIME)),
                subject,
                key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey caKey)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(caKey)));
    }

    private static Path write(Path file, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }

    private Path store(String name, PrivateKey key, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = Identity.PASSWORD.toCharArray();
        store.setKeyEntry(name, key, password, new Certificate[] {certificate});
        Path file = folder.resolve(name + ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
        return file;
    }
}
