package dev.akushu.jsse;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root, an intermediate, and what they issue. */
final class Pki {
    private static final char[] PASSWORD = "for tests".toCharArray();

    private final KeyPair rootKey;
    private final X509Certificate root;
    private final KeyPair intermediateKey;
    private final X509Certificate intermediate;

    Pki(String name) throws Exception {
        rootKey = key("EC");
        root = certificate("CN=" + name + " Root", rootKey, "CN=" + name + " Root", rootKey, true);
        intermediateKey = key("EC");
        intermediate = certificate("CN=" + name + " Issuing", intermediateKey, "CN=" + name + " Root", rootKey, true);
    }

    X509Certificate root() {
        return root;
    }

    /** Key managers with one key of each of {@code kinds}, all for the hosts {@code names}. */
    KeyManager[] keyManagers(String[] kinds, String... names) throws Exception {
        return keyManagers(true, kinds, names);
    }

    /** As {@link #keyManagers(String[], String...)}, with or without the intermediate in the chain. */
    KeyManager[] keyManagers(boolean withIntermediate, String[] kinds, String... names) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (String kind : kinds) {
            KeyPair pair = key(kind);
            X509Certificate leaf = certificate(
                    "CN=" + kind + " leaf", pair, "CN=" + issuerName() + " Issuing", intermediateKey, false, names);
            Certificate[] chain = withIntermediate ? new Certificate[] {leaf, intermediate} : new Certificate[] {leaf};
            store.setKeyEntry(kind, pair.getPrivate(), PASSWORD, chain);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    /** The JDK's own trust managers for the root. */
    TrustManager[] trustManagers() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    private String issuerName() {
        return root.getSubjectX500Principal().getName().replaceAll("CN=(.*) Root", "$1");
    }

    private static KeyPair key(String kind) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        if (kind.equals("EC")) {
            generator.initialize(256);
        }
        if (kind.equals("RSA") || kind.equals("RSASSA-PSS")) {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
            String subject, KeyPair pair, String issuer, KeyPair issuerKey, boolean authority, String... names)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Principal(issuer),
                new BigInteger(63, new SecureRandom()),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                new X500Principal(subject),
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (names.length > 0) {
            GeneralName[] all = new GeneralName[names.length];
            for (int i = 0; i < names.length; i++) {
                boolean address = Character.isDigit(names[i].charAt(0));
                all[i] = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, names[i]);
            }
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey.getPrivate())));
    }
}
