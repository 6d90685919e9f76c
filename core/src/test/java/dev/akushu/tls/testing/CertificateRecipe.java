package dev.akushu.tls.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** How a certificate for a test is made: what a good one has, unless a step says otherwise. Every step returns this recipe. */
public final class CertificateRecipe {
    private final TestKey kind;
    private KeyPair keys;
    private String subject;
    private List<GeneralName> names = new ArrayList<>();
    private Instant notBefore = Instant.now().minus(Duration.ofDays(1));
    private Instant notAfter = Instant.now().plus(Duration.ofDays(30));
    private BigInteger serialNumber = BigInteger.valueOf(4711);
    private List<KeyPurposeId> purposes = List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth);
    private int keyUsage = KeyUsage.digitalSignature;
    private String signature = "";
    private final List<Extension> extensions = new ArrayList<>();

    private CertificateRecipe(TestKey kind, String subject) {
        this.kind = kind;
        this.subject = subject;
        keys = kind.shared();
    }

    /** Of a certificate for the hosts {@code names}, DNS names and IP addresses. */
    public static CertificateRecipe host(TestKey kind, String... names) {
        return new CertificateRecipe(kind, names.length == 0 ? "CN=somebody" : "CN=" + names[0].replace("*", "any"))
                .names(names);
    }

    /** Of a certificate authority, with a key of its own. */
    public static CertificateRecipe authority(TestKey kind, String subject) {
        CertificateRecipe recipe = new CertificateRecipe(kind, subject)
                .purposes()
                .keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)
                .extension(Extension.basicConstraints, true, new BasicConstraints(true));
        recipe.keys = kind.fresh();
        return recipe;
    }

    /** Another subject; empty for none. */
    public CertificateRecipe subject(String value) {
        subject = value;
        return this;
    }

    /** Other names than those of {@link #host}. */
    public CertificateRecipe names(String... values) {
        names = new ArrayList<>();
        Stream.of(values)
                .map(name -> new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .forEach(names::add);
        return this;
    }

    /** Valid from then on; a day ago unless set. */
    public CertificateRecipe notBefore(Instant value) {
        notBefore = value;
        return this;
    }

    /** Valid until then; in 30 days unless set. */
    public CertificateRecipe notAfter(Instant value) {
        notAfter = value;
        return this;
    }

    /** These purposes only; none leaves the extension out. */
    public CertificateRecipe purposes(KeyPurposeId... values) {
        purposes = List.of(values);
        return this;
    }

    /** These bits of BouncyCastle's {@link KeyUsage}; 0 leaves the extension out. */
    public CertificateRecipe keyUsage(int bits) {
        keyUsage = bits;
        return this;
    }

    /** Another number than the one that all others have. */
    public CertificateRecipe serialNumber(BigInteger value) {
        serialNumber = value;
        return this;
    }

    /** Another key than the shared one of its kind. */
    public CertificateRecipe keys(KeyPair value) {
        keys = value;
        return this;
    }

    /** Another signature algorithm, by its JCA name, than the issuer's usual one. */
    public CertificateRecipe signature(String value) {
        signature = value;
        return this;
    }

    /** One more extension, in the place of one of the same kind. */
    public CertificateRecipe extension(ASN1ObjectIdentifier identifier, boolean critical, ASN1Encodable value) {
        withoutExtension(identifier);
        try {
            extensions.add(Extension.create(identifier, critical, value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Without an extension that was put in by {@link #extension} or {@link #authority}. */
    public CertificateRecipe withoutExtension(ASN1ObjectIdentifier identifier) {
        extensions.removeIf(extension -> extension.getExtnId().equals(identifier));
        return this;
    }

    /** The certificate, signed by its own key. */
    public Issued selfSigned() {
        X509Certificate certificate = certificate(new X500Name(subject), keys.getPublic(), keys, kind);
        return new Issued(certificate, keys.getPrivate(), kind, List.of(certificate));
    }

    /** The certificate, signed by {@code issuer}. */
    public Issued issuedBy(Issued issuer) {
        KeyPair issuerKeys = new KeyPair(issuer.certificate().getPublicKey(), issuer.key());
        X500Name issuerName = X500Name.getInstance(
                issuer.certificate().getSubjectX500Principal().getEncoded());
        X509Certificate certificate = certificate(issuerName, issuerKeys.getPublic(), issuerKeys, issuer.kind());
        boolean issuerIsRoot = issuer.certificate()
                .getSubjectX500Principal()
                .equals(issuer.certificate().getIssuerX500Principal());
        List<X509Certificate> above = issuerIsRoot ? List.of() : issuer.chain();
        return new Issued(
                certificate,
                keys.getPrivate(),
                kind,
                Stream.concat(Stream.of(certificate), above.stream()).toList());
    }

    private X509Certificate certificate(X500Name issuer, PublicKey issuerKey, KeyPair issuerKeys, TestKey issuerKind) {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    issuer,
                    serialNumber,
                    Date.from(notBefore),
                    Date.from(notAfter),
                    new X500Name(subject),
                    SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
            addExtensions(builder, issuerKey);
            String algorithm = signature.isEmpty() ? issuerKind.signature() : signature;
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(signer(algorithm, issuerKeys.getPrivate())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ContentSigner signer(String algorithm, PrivateKey key) throws OperatorCreationException {
        return algorithm.equals("RSASSA-PSS") ? new PssSigner(key) : new JcaContentSignerBuilder(algorithm).build(key);
    }

    private void addExtensions(X509v3CertificateBuilder builder, PublicKey issuerKey)
            throws GeneralSecurityException, IOException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(keys.getPublic()));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuerKey));
        if (!names.isEmpty()) {
            GeneralName[] all = names.toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, subject.isEmpty(), new GeneralNames(all));
        }
        if (!purposes.isEmpty()) {
            KeyPurposeId[] all = purposes.toArray(KeyPurposeId[]::new);
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(all));
        }
        if (keyUsage != 0) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
        }
        for (Extension extension : extensions) {
            if (builder.hasExtension(extension.getExtnId())) {
                builder.replaceExtension(extension);
            } else {
                builder.addExtension(extension);
            }
        }
    }

    private static boolean isAddress(String name) {
        try {
            return InetAddress.ofLiteral(name) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
