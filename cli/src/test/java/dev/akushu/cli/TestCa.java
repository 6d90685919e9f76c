package dev.akushu.cli;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** An authority whose certificates and keys are PEM files in a folder, good ones and bad ones. */
final class TestCa {
    private static final Duration DAY = Duration.ofDays(1);

    private final Path folder;
    private final KeyPair keys = ecKeys();
    private final String title;
    private final X500Name name;

    private TestCa(Path folder, String title) {
        this.folder = folder;
        this.title = title;
        this.name = new X500Name("CN=" + title);
    }

    /** One whose own certificate is {@code ca.pem} in {@code folder}. */
    static TestCa in(Path folder) throws IOException {
        return in(folder, "Test CA");
    }

    /** One that is called {@code title}. */
    static TestCa in(Path folder, String title) throws IOException {
        TestCa authority = new TestCa(folder, title);
        Instant now = Instant.now();
        write(
                authority.file("ca"),
                authority.certify(
                        authority.name, authority.keys, now.minus(DAY), now.plus(DAY), true, authority.title));
        return authority;
    }

    /** The authority's certificate. */
    String certificate() {
        return file("ca").toString();
    }

    /** A certificate for {@code host}, good for a day, with these extensions beside the usual ones, and its key in one file called {@code id}. */
    String issue(String id, String host, Extension... more) throws IOException {
        return issue(id, host, ecKeys(), Instant.now().minus(DAY), Instant.now().plus(DAY), more);
    }

    /** A certificate for a key of RSA. */
    String issueRsa(String id, String host) throws IOException {
        return issue(
                id, host, rsaKeys(), Instant.now().minus(DAY), Instant.now().plus(DAY));
    }

    /** Puts the key of the certificate called {@code id} into a file of its own, called as that and {@code .key}. */
    void split(String id) throws IOException {
        String both = Files.readString(file(id));
        int key = both.indexOf("-----BEGIN PRIVATE");
        Files.writeString(file(id + ".key"), both.substring(key));
        Files.writeString(file(id), both.substring(0, key));
    }

    /** A certificate that is good until {@code end}. */
    String issueUntil(Instant end, String id, String host) throws IOException {
        return issue(id, host, ecKeys(), Instant.now().minus(DAY), end);
    }

    /** A certificate that is valid from an hour on. */
    String issueEarly(String id, String host) throws IOException {
        return issue(
                id,
                host,
                ecKeys(),
                Instant.now().plus(Duration.ofHours(1)),
                Instant.now().plus(DAY));
    }

    /** A certificate that expired an hour ago. */
    String issueExpired(String id, String host) throws IOException {
        return issue(id, host, ecKeys(), Instant.now().minus(DAY), Instant.now().minus(Duration.ofHours(1)));
    }

    /** A file with a revocation list, good for a day, that has the certificates called {@code ids} on it. */
    String revocationList(String... ids) throws IOException {
        try {
            X509v2CRLBuilder list = new X509v2CRLBuilder(name, Date.from(Instant.now()));
            list.setNextUpdate(Date.from(Instant.now().plus(DAY)));
            for (String id : ids) {
                list.addCRLEntry(certificate(id).getSerialNumber(), Date.from(Instant.now()), CRLReason.keyCompromise);
            }
            byte[] der = list.build(signer()).getEncoded();
            return Files.write(folder.resolve("revoked.crl"), der).toString();
        } catch (OperatorCreationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A file with an OCSP response, good for a day, that says "good" of the certificate called {@code id}. */
    String ocspResponse(String id) throws IOException {
        return ocspResponse(id, CertificateStatus.GOOD);
    }

    /** One that says {@code status}. */
    String ocspResponse(String id, CertificateStatus status) throws IOException {
        try {
            DigestCalculator sha1 =
                    new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
            CertificateID certificate = new CertificateID(
                    sha1,
                    new JcaX509CertificateHolder(certificate("ca")),
                    certificate(id).getSerialNumber());
            BasicOCSPResp basic = new JcaBasicOCSPRespBuilder(keys.getPublic(), sha1)
                    .addResponse(
                            certificate,
                            status,
                            Date.from(Instant.now()),
                            Date.from(Instant.now().plus(DAY)))
                    .build(signer(), null, Date.from(Instant.now()));
            byte[] der = new OCSPRespBuilder()
                    .build(OCSPRespBuilder.SUCCESSFUL, basic)
                    .getEncoded();
            return Files.write(folder.resolve(id + ".ocsp"), der).toString();
        } catch (GeneralSecurityException | OCSPException | OperatorCreationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private X509Certificate certificate(String id) throws IOException {
        try (InputStream pem = Files.newInputStream(file(id))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    }

    /** The file called {@code id}. */
    Path file(String id) {
        return folder.resolve(id + ".pem");
    }

    private String issue(String id, String host, KeyPair own, Instant from, Instant until, Extension... more)
            throws IOException {
        X509Certificate certificate = certify(new X500Name("CN=" + host), own, from, until, false, host, more);
        String key = pem("PRIVATE KEY", own.getPrivate().getEncoded());
        write(file(id), certificate);
        Files.writeString(file(id), Files.readString(file(id)) + key);
        return file(id).toString();
    }

    private X509Certificate certify(
            X500Name subject,
            KeyPair subjectKeys,
            Instant from,
            Instant until,
            boolean authority,
            String host,
            Extension... more) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(System.nanoTime()),
                            Date.from(from),
                            Date.from(until),
                            subject,
                            subjectKeys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, host.replace(' ', '-'))));
            for (Extension extension : more) {
                builder.addExtension(extension);
            }
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
        } catch (IOException | GeneralSecurityException | OperatorCreationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void write(Path file, X509Certificate certificate) throws IOException {
        try {
            Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private static KeyPair ecKeys() {
        return keyPair("EC", new ECGenParameterSpec("secp256r1"));
    }

    private static KeyPair rsaKeys() {
        return keyPair("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    }

    private static KeyPair keyPair(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
