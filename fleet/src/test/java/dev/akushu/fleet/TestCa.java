package dev.akushu.fleet;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
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

/** An authority whose certificates and keys are PEM files in a folder. */
final class TestCa {
    private static final Duration DAY = Duration.ofDays(1);

    private final Path folder;
    private final KeyPair keys = keyPair();
    private final X500Name name = new X500Name("CN=Test CA");

    private TestCa(Path folder) {
        this.folder = folder;
    }

    /** One whose own certificate is {@code ca.pem} in {@code folder}. */
    static TestCa in(Path folder) throws IOException {
        TestCa authority = new TestCa(folder);
        Instant now = Instant.now();
        write(
                authority.file("ca"),
                authority.certify(authority.name, authority.keys, now.minus(DAY), now.plus(DAY), true, "Test CA"));
        return authority;
    }

    /** The authority's certificate. */
    Path certificate() {
        return file("ca");
    }

    /** A certificate for {@code host}, good for a day, and its key, in two files. */
    void issue(String id, String host) throws IOException {
        issue(id, host, Instant.now().minus(DAY), Instant.now().plus(DAY));
    }

    /** The file with the key of {@code id}. */
    Path key(String id) {
        return folder.resolve(id + ".key");
    }

    /** The file called {@code id}. */
    Path file(String id) {
        return folder.resolve(id + ".pem");
    }

    private void issue(String id, String host, Instant from, Instant until) throws IOException {
        KeyPair own = keyPair();
        X509Certificate certificate = certify(new X500Name("CN=" + host), own, from, until, false, host);
        write(file(id), certificate);
        Files.writeString(key(id), pem("PRIVATE KEY", own.getPrivate().getEncoded()));
    }

    private X509Certificate certify(
            X500Name subject, KeyPair subjectKeys, Instant from, Instant until, boolean authority, String host) {
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
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
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

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
