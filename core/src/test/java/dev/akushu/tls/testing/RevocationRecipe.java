package dev.akushu.tls.testing;

import dev.akushu.tls.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** What an issuer says about revoked certificates, as a list or by OCSP: current, unless a step says otherwise. */
public final class RevocationRecipe {
    /** When the certificates are said to have been revoked. */
    public static final Instant REVOKED =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(2));

    private final Issued issuer;
    private final X509v2CRLBuilder list;
    private Instant revoked = REVOKED;
    private Instant thisUpdate = Instant.now().minus(Duration.ofHours(1));
    private @Nullable Instant nextUpdate = Instant.now().plus(Duration.ofDays(1));
    private String signature = "SHA256withECDSA";
    private @Nullable Issued responder;

    private RevocationRecipe(Issued issuer) {
        this.issuer = issuer;
        X500Name name = X500Name.getInstance(
                issuer.certificate().getSubjectX500Principal().getEncoded());
        list = new X509v2CRLBuilder(name, Date.from(thisUpdate));
        extension(Extension.cRLNumber, false, new CRLNumber(BigInteger.ONE));
    }

    /** By this issuer. */
    public static RevocationRecipe by(Issued issuer) {
        return new RevocationRecipe(issuer);
    }

    /** The list names this certificate, with a reason of BouncyCastle's {@link CRLReason}. */
    public RevocationRecipe revoking(X509Certificate certificate, int reason) {
        list.addCRLEntry(certificate.getSerialNumber(), Date.from(revoked), reason);
        return this;
    }

    /** What is named from here on was revoked then, and not at {@link #REVOKED}. */
    public RevocationRecipe revokedAt(Instant value) {
        revoked = value;
        return this;
    }

    /** Made then. */
    public RevocationRecipe thisUpdate(Instant value) {
        thisUpdate = value;
        return this;
    }

    /** To be replaced by then. */
    public RevocationRecipe nextUpdate(Instant value) {
        nextUpdate = value;
        return this;
    }

    /** Without a word about when it will be replaced. */
    public RevocationRecipe withoutNextUpdate() {
        nextUpdate = null;
        return this;
    }

    /** Signed by another algorithm, by its JCA name. */
    public RevocationRecipe signature(String value) {
        signature = value;
        return this;
    }

    /** Responses are signed by {@code value}, whose certificate they hold, and not by the issuer itself. */
    public RevocationRecipe signedBy(Issued value) {
        responder = value;
        return this;
    }

    /** One more extension of the list. */
    public RevocationRecipe extension(ASN1ObjectIdentifier identifier, boolean critical, ASN1Encodable value) {
        try {
            list.addExtension(identifier, critical, value);
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** The list. */
    public X509CRL list() {
        try {
            list.setThisUpdate(Date.from(thisUpdate));
            list.setNextUpdate(nextUpdate == null ? null : Date.from(nextUpdate));
            return new JcaX509CRLConverter()
                    .getCRL(list.build(new JcaContentSignerBuilder(signature).build(issuer.key())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A response that {@code certificate} is good. */
    public Bytes good(X509Certificate certificate) {
        return response(certificate, CertificateStatus.GOOD);
    }

    /** A response that {@code certificate} was revoked because its key was lost. */
    public Bytes revoked(X509Certificate certificate) {
        return response(certificate, new RevokedStatus(Date.from(revoked), CRLReason.keyCompromise));
    }

    /** A response of a responder that does not know {@code certificate}. */
    public Bytes unknown(X509Certificate certificate) {
        return response(certificate, new UnknownStatus());
    }

    private Bytes response(X509Certificate certificate, CertificateStatus status) {
        try {
            DigestCalculator sha1 =
                    new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
            X509CertificateHolder issuerHolder = new JcaX509CertificateHolder(issuer.certificate());
            CertificateID id = new CertificateID(sha1, issuerHolder, certificate.getSerialNumber());
            Issued signer = responder == null ? issuer : responder;
            BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(
                    SubjectPublicKeyInfo.getInstance(
                            signer.certificate().getPublicKey().getEncoded()),
                    sha1);
            builder.addResponse(id, status, Date.from(thisUpdate), nextUpdate == null ? null : Date.from(nextUpdate));
            OCSPResp response = new OCSPRespBuilder()
                    .build(
                            OCSPRespBuilder.SUCCESSFUL,
                            builder.build(
                                    new JcaContentSignerBuilder(signature).build(signer.key()),
                                    responder == null
                                            ? new X509CertificateHolder[0]
                                            : new X509CertificateHolder[] {
                                                new JcaX509CertificateHolder(responder.certificate())
                                            },
                                    Date.from(thisUpdate)));
            return Bytes.wrap(response.getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | OCSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
