package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Principal;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of the JDK's, whose signature is verified by a {@link Crypto}: the JDK's path validation asks the
 * certificate itself whether its issuer signed it. Where the Crypto lacks the scheme, or has it for other keys only
 * (another curve of that size, say), the JDK's own verification answers.
 */
final class CheckedCertificate extends X509Certificate {
    private static final long serialVersionUID = 1;

    private final transient X509Certificate certificate;
    private final transient Crypto crypto;
    private final transient @Nullable RememberedSignatures verified;

    /**
     * Of {@code certificate}.
     *
     * @param verified where its signature may have been verified before, and is noted if it is genuine; null if it has to be verified each time
     */
    CheckedCertificate(X509Certificate certificate, Crypto crypto, @Nullable RememberedSignatures verified) {
        this.certificate = certificate;
        this.crypto = crypto;
        this.verified = verified;
    }

    @Override
    public void verify(PublicKey key)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        RememberedSignatures memory = verified;
        Bytes link = memory == null ? null : RememberedSignatures.key(certificate.getEncoded(), key);
        if (memory == null || link == null) {
            verifyNow(key);
        } else if (!memory.has(link)) {
            verifyNow(key);
            memory.keep(link);
        }
    }

    private void verifyNow(PublicKey key)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        SignatureAlgorithm algorithm = algorithm(key);
        if (algorithm == null) {
            certificate.verify(key);
            return;
        }
        boolean isGenuine;
        try {
            isGenuine = isGenuine(algorithm, key);
        } catch (InvalidKeyException otherKeys) {
            certificate.verify(key);
            return;
        }
        if (!isGenuine) {
            throw new SignatureException("The signature is not by the key of the issuer");
        }
    }

    private @Nullable SignatureAlgorithm algorithm(PublicKey key) {
        SignatureScheme scheme = CertificateSignatures.scheme(certificate.getSigAlgOID(), key);
        return scheme == null ? null : crypto.signature(scheme);
    }

    private boolean isGenuine(SignatureAlgorithm algorithm, PublicKey key)
            throws CertificateEncodingException, InvalidKeyException {
        byte[] content = certificate.getTBSCertificate();
        byte[] signature = certificate.getSignature();
        String otherHash = CertificateSignatures.otherHash(certificate.getSigAlgOID(), algorithm.scheme());
        return otherHash == null
                ? algorithm.verify(key, content, signature)
                : algorithm.verify(key, otherHash, content, signature);
    }

    /** What the JDK's validation calls, without a name. Who names a provider gets that one. */
    @Override
    public void verify(PublicKey key, @Nullable String provider)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        if (provider == null) {
            verify(key);
        } else {
            certificate.verify(key, provider);
        }
    }

    @Override
    public void verify(PublicKey key, Provider provider)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, SignatureException {
        certificate.verify(key, provider);
    }

    @Override
    public void checkValidity() throws CertificateExpiredException, CertificateNotYetValidException {
        certificate.checkValidity();
    }

    @Override
    public void checkValidity(Date date) throws CertificateExpiredException, CertificateNotYetValidException {
        certificate.checkValidity(date);
    }

    @Override
    public int getVersion() {
        return certificate.getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return certificate.getSerialNumber();
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation")
    public Principal getIssuerDN() {
        return certificate.getIssuerDN();
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation")
    public Principal getSubjectDN() {
        return certificate.getSubjectDN();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return certificate.getIssuerX500Principal();
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return certificate.getSubjectX500Principal();
    }

    @Override
    public Date getNotBefore() {
        return certificate.getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return certificate.getNotAfter();
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        return certificate.getTBSCertificate();
    }

    @Override
    public byte[] getSignature() {
        return certificate.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return certificate.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return certificate.getSigAlgOID();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return certificate.getSigAlgParams();
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        return certificate.getIssuerUniqueID();
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        return certificate.getSubjectUniqueID();
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        return certificate.getKeyUsage();
    }

    @Override
    public @Nullable List<String> getExtendedKeyUsage() throws CertificateParsingException {
        return certificate.getExtendedKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return certificate.getBasicConstraints();
    }

    @Override
    public @Nullable Collection<List<?>> getSubjectAlternativeNames() throws CertificateParsingException {
        return certificate.getSubjectAlternativeNames();
    }

    @Override
    public @Nullable Collection<List<?>> getIssuerAlternativeNames() throws CertificateParsingException {
        return certificate.getIssuerAlternativeNames();
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        return certificate.getEncoded();
    }

    @Override
    public PublicKey getPublicKey() {
        return certificate.getPublicKey();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return certificate.hasUnsupportedCriticalExtension();
    }

    @Override
    public @Nullable Set<String> getCriticalExtensionOIDs() {
        return certificate.getCriticalExtensionOIDs();
    }

    @Override
    public @Nullable Set<String> getNonCriticalExtensionOIDs() {
        return certificate.getNonCriticalExtensionOIDs();
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        return certificate.getExtensionValue(oid);
    }

    @Override
    public String toString() {
        return certificate.toString();
    }
}
