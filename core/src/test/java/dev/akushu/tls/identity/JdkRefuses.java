package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.testing.TestKey;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that are well-formed, but that the JDK's CertificateFactory does not take. */
final class JdkRefuses {
    private JdkRefuses() {}

    /** For {@code example.org}, self-signed, with an empty subject and a subjectAltName that is not critical. */
    static Bytes certificate() throws IOException {
        return certificate(TestKey.P256.shared(), "CN=Somebody");
    }

    static Bytes certificate(KeyPair keys, String issuer) throws IOException {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.ONE,
                    Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                    Date.from(Instant.parse("2100-01-01T00:00:00Z")),
                    new X500Name(""),
                    SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
            GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, "example.org"));
            builder.addExtension(Extension.subjectAlternativeName, false, names);
            return Bytes.wrap(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
