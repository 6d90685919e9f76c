package dev.akushu.bench.stack;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes servers: keys, and certificates for them. */
public final class ServerMaker {
    private static final int CERTIFICATES = KeyUsage.keyCertSign | KeyUsage.cRLSign;

    private ServerMaker() {}

    /** Makes {@code count} of them. */
    public static Servers create(int count) throws GeneralSecurityException, IOException {
        KeyPair rootKey = keys();
        KeyPair authorityKey = keys();
        X509Certificate root = certificate("CN=Root", rootKey, "CN=Root", rootKey, true);
        X509Certificate authority = certificate("CN=Authority", authorityKey, "CN=Root", rootKey, true);
        List<Servers.Server> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            KeyPair key = keys();
            X509Certificate own = certificate("CN=server " + i, key, "CN=Authority", authorityKey, false);
            all.add(new Servers.Server(key.getPrivate(), List.of(own, authority)));
        }
        return new Servers(root, List.copyOf(all));
    }

    /** Another root of the same name, which has signed none of them. */
    public static X509Certificate strangeRoot() throws GeneralSecurityException, IOException {
        KeyPair key = keys();
        return certificate("CN=Root", key, "CN=Root", key, true);
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
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
                Extension.keyUsage, true, new KeyUsage(isAuthority ? CERTIFICATES : KeyUsage.digitalSignature));
        if (!isAuthority) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, Servers.HOST)));
        }
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
