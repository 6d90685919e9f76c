package dev.akushu.jsse;

import java.math.BigInteger;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** Who holds a certificate and its key, and can issue others: good ones and such that no CA would. */
record Holder(X509Certificate certificate, KeyPair keys) {
    static final Instant NOW = Instant.now();

    static Holder root(String name, KeyPair keys) throws Exception {
        return issued("CN=" + name, keys, "CN=" + name, keys, true, NOW.minus(Duration.ofDays(30)), later(), null);
    }

    /** A CA under this one. */
    Holder authority(String name, KeyPair own) throws Exception {
        return issue(name, own, true, NOW.minus(Duration.ofDays(20)), later());
    }

    /** The certificate of a server at localhost. */
    Holder leaf(String name) throws Exception {
        return issue(name, keys("EC", 256), false, NOW.minus(Duration.ofDays(10)), later());
    }

    Holder issue(String name, KeyPair own, boolean authority, Instant from, Instant until) throws Exception {
        return issued("CN=" + name, own, subject(), keys, authority, from, until, null);
    }

    /** A leaf with one more extension, which is critical. */
    Holder leafWith(String name, ASN1ObjectIdentifier extension, ASN1Encodable value) throws Exception {
        return issued(
                "CN=" + name,
                keys("EC", 256),
                subject(),
                keys,
                false,
                NOW.minus(Duration.ofDays(10)),
                later(),
                new Extension(extension, true, value.toASN1Primitive().getEncoded()));
    }

    /** Says that {@code other} was revoked. */
    X509CRL revoking(Holder other, Instant when) throws Exception {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()), Date.from(NOW));
        builder.setNextUpdate(Date.from(later()));
        builder.addCRLEntry(other.certificate.getSerialNumber(), Date.from(when), CRLReason.keyCompromise);
        return new JcaX509CRLConverter()
                .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    /** An OCSP response of this issuer: {@code other} is good. */
    byte[] vouchingFor(Holder other) throws Exception {
        return ocspResponse(other, CertificateStatus.GOOD);
    }

    /** An OCSP response of this issuer: {@code other} was revoked. */
    byte[] denouncing(Holder other, Instant when) throws Exception {
        return ocspResponse(other, new RevokedStatus(Date.from(when), CRLReason.keyCompromise));
    }

    private byte[] ocspResponse(Holder other, CertificateStatus status) throws Exception {
        DigestCalculator sha1 = new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
        CertificateID id =
                new CertificateID(sha1, new JcaX509CertificateHolder(certificate), other.certificate.getSerialNumber());
        BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()), sha1);
        builder.addResponse(id, status, Date.from(NOW.minusSeconds(60)), Date.from(later()));
        BasicOCSPResp basic = builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()),
                new X509CertificateHolder[0],
                Date.from(NOW));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, basic).getEncoded();
    }

    static KeyPair keys(String kind, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    String subject() {
        return certificate.getSubjectX500Principal().getName();
    }

    /** Key managers that show this certificate and {@code others} behind it, whatever anybody thinks of them. */
    KeyManager[] showing(Holder... others) {
        X509Certificate[] chain = Stream.concat(Stream.of(this), Stream.of(others))
                .map(Holder::certificate)
                .toArray(X509Certificate[]::new);
        return new KeyManager[] {new Showing(chain, keys.getPrivate())};
    }

    private static Instant later() {
        return NOW.plus(Duration.ofDays(30));
    }

    private static Holder issued(
            String subject,
            KeyPair own,
            String issuer,
            KeyPair signing,
            boolean authority,
            Instant from,
            Instant until,
            @Nullable Extension more)
            throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Principal(issuer),
                new BigInteger(63, new SecureRandom()),
                Date.from(from),
                Date.from(until),
                new X500Principal(subject),
                own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
        if (more != null) {
            builder.addExtension(more);
        }
        String algorithm = signing.getPublic().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signing.getPrivate())));
        return new Holder(certificate, own);
    }

    /** Has one chain and one key, for any engine and any socket. */
    private static final class Showing extends X509ExtendedKeyManager {
        private final X509Certificate[] chain;
        private final PrivateKey key;

        Showing(X509Certificate[] chain, PrivateKey key) {
            this.chain = chain;
            this.key = key;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {"one"};
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return "one";
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {"one"};
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return "one";
        }

        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            return "one";
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return "one";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.clone();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }
}
