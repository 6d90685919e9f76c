package dev.akushu.lab.throwaway;

import dev.akushu.tls.Identity;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.Trust;
import dev.akushu.tls.crypto.Crypto;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certification authority with a fresh key that nobody keeps: it certifies what one run of the program needs, for a few days. The
 * profile is RFC 5280's.
 */
public final class ThrowawayCa {
    /** From before now, for peers whose clocks are behind. */
    private static final Period USUAL = new Period(Duration.ofHours(-1), Duration.ofDays(7));

    private static final Period PAST = new Period(Duration.ofDays(-30), Duration.ofDays(-1));
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    /** RFC 5280 4.1.2.2: positive, at most 20 bytes. */
    private static final int SERIAL_BITS = 128;

    private final Crypto crypto;
    private final KeyType type;
    private final Instant now;
    private final KeyPair keys;
    private final X500Name name;
    private final X509Certificate certificate;

    private ThrowawayCa(String name, KeyType type, Instant now, Crypto crypto) throws GeneralSecurityException {
        this.name = commonName(name);
        this.crypto = crypto;
        this.type = type;
        this.now = now;
        keys = type.generate();
        certificate = certify(
                USUAL,
                this.name,
                keys,
                new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign),
                builder -> builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0)));
    }

    /** An authority whose key and certified keys are all of {@code type}. */
    public static ThrowawayCa create(KeyType type, Crypto crypto) {
        return create("Akushu throwaway CA", type, crypto);
    }

    /** The same with a name of its own. */
    public static ThrowawayCa create(String name, KeyType type, Crypto crypto) {
        try {
            return new ThrowawayCa(name, type, Instant.now(), crypto);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK 25 can make keys and certificates of this kind", missing);
        }
    }

    /** A server with these names, DNS names or IP addresses; the first is its subject. */
    public Identity server(List<String> names) throws TlsException {
        return server(USUAL, names);
    }

    /** As {@link #server}, with a certificate whose time ended yesterday. */
    public Identity expiredServer(List<String> names) throws TlsException {
        return server(PAST, names);
    }

    /** As {@link #server}, but it signs with the key of another certificate: so does a server whose files were mixed up. */
    public Identity serverWithOtherKey(List<String> names) throws TlsException {
        return Identity.of(server(names).chain(), server(names).key());
    }

    private Identity server(Period period, List<String> names) throws TlsException {
        GeneralName[] all = names.stream().map(ThrowawayCa::generalName).toArray(GeneralName[]::new);
        return issue(
                period,
                names.getFirst(),
                KeyPurposeId.id_kp_serverAuth,
                builder -> builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all)));
    }

    /** A client called {@code subject}. */
    public Identity client(String subject) throws TlsException {
        return issue(USUAL, subject, KeyPurposeId.id_kp_clientAuth, builder -> builder);
    }

    /** Trust in this authority and no other. */
    public Trust trust(String storeName) {
        return Trust.anchors(List.of(certificate), storeName);
    }

    /** The authority's certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The authority's certificate in PEM, RFC 7468. */
    public String pem() {
        try {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that was parsed has an encoding", impossible);
        }
    }

    private Identity issue(Period period, String subject, KeyPurposeId purpose, Extensions more) throws TlsException {
        try {
            KeyPair own = type.generate();
            Extensions all = builder ->
                    more.addTo(builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose)));
            X509Certificate issued =
                    certify(period, commonName(subject), own, new KeyUsage(KeyUsage.digitalSignature), all);
            return Identity.of(List.of(issued), own.getPrivate(), crypto);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK 25 can make keys and certificates of this kind", missing);
        }
    }

    private X509Certificate certify(
            Period period, X500Name subject, KeyPair subjectKeys, KeyUsage usage, Extensions more)
            throws GeneralSecurityException {
        try {
            JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(SERIAL_BITS, crypto.random()).setBit(SERIAL_BITS - 1),
                            Date.from(now.plus(period.from())),
                            Date.from(now.plus(period.to())),
                            subject,
                            subjectKeys.getPublic())
                    .addExtension(Extension.keyUsage, true, usage)
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            identifiers.createSubjectKeyIdentifier(subjectKeys.getPublic()))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            identifiers.createAuthorityKeyIdentifier(keys.getPublic()));
            return new JcaX509CertificateConverter()
                    .getCertificate(more.addTo(builder)
                            .build(new JcaContentSignerBuilder(type.signatureAlgorithm()).build(keys.getPrivate())));
        } catch (CertIOException | OperatorCreationException failed) {
            throw new GeneralSecurityException("a certificate could not be made", failed);
        }
    }

    /** When a certificate is valid, counted from now. */
    private record Period(Duration from, Duration to) {}

    /** Adds what only some certificates have. */
    @FunctionalInterface
    private interface Extensions {
        X509v3CertificateBuilder addTo(X509v3CertificateBuilder builder) throws CertIOException;
    }

    private static X500Name commonName(String text) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, text).build();
    }

    private static GeneralName generalName(String name) {
        boolean address = IP_ADDRESS.matcher(name).matches();
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }
}
