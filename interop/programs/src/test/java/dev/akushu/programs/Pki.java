package dev.akushu.programs;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** One root that signs everybody in these tests, and the stores and files that programs want it in. */
final class Pki {
    /** Of every key store here. */
    static final String PASSWORD = "for tests";

    /** The only one there is: all programs of a test run trust it. */
    static final Pki SHARED = create();

    private final KeyPair rootKey;
    private final X509Certificate root;

    private Pki() throws GeneralSecurityException, OperatorCreationException, IOException {
        rootKey = key("EC");
        root = certificate("CN=Akushu programs root", rootKey.getPublic(), true);
    }

    private static Pki create() {
        try {
            return new Pki();
        } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    X509Certificate root() {
        return root;
    }

    /** A key and the chain for it, without the root. */
    record Identity(PrivateKey key, List<X509Certificate> chain) {
        X509Certificate leaf() {
            return chain.getFirst();
        }

        /** The key as PKCS #8 in PEM. */
        String keyPem() {
            return pem("PRIVATE KEY", key.getEncoded());
        }

        String chainPem() throws CertificateEncodingException {
            StringBuilder all = new StringBuilder();
            for (X509Certificate certificate : chain) {
                all.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            return all.toString();
        }

        /** A PKCS #12 store with this entry alone, by the alias {@code alias}. */
        KeyStore keyStore(String alias) throws GeneralSecurityException, IOException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(alias, key, PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
            return store;
        }
    }

    /** For localhost and 127.0.0.1, with an ECDSA key. */
    Identity server() throws Exception {
        return identity("EC", "CN=server", "localhost", "127.0.0.1");
    }

    /** For a client. */
    Identity client() throws Exception {
        return identity("EC", "CN=client");
    }

    /**
     * A new key and its certificate.
     *
     * @param kind P-384, or a name for KeyPairGenerator: EC is P-256, RSA has 2048 bits
     * @param names DNS names and IP addresses of the host
     */
    Identity identity(String kind, String subject, String... names) throws Exception {
        KeyPair pair = key(kind);
        return new Identity(pair.getPrivate(), List.of(certificate(subject, pair.getPublic(), false, names)));
    }

    /** A PKCS #12 store that trusts the root. */
    KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root);
        return store;
    }

    String rootPem() throws CertificateEncodingException {
        return pem("CERTIFICATE", root.getEncoded());
    }

    /** Writes {@code store} as a file. */
    static Path write(KeyStore store, Path file) throws GeneralSecurityException, IOException {
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static String pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private static KeyPair key(String kind) throws GeneralSecurityException {
        if (kind.equals("P-384")) {
            return curve("secp384r1");
        }
        if (kind.equals("EC")) {
            return curve("secp256r1");
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        if (kind.equals("RSA")) {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private static KeyPair curve(String name) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(name));
        return generator.generateKeyPair();
    }

    private X509Certificate certificate(String subject, java.security.PublicKey key, boolean authority, String... names)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Principal("CN=Akushu programs root"),
                new BigInteger(63, new SecureRandom()),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                new X500Principal(subject),
                key);
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
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(rootKey.getPrivate())));
    }
}
