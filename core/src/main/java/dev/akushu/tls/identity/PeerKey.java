package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;

/**
 * The public key in a certificate, with what it can be used for: the key that a CertificateVerify must prove. Read
 * without the JDK's certificate parser, for any certificate that is DER. Immutable.
 */
public final class PeerKey {
    /**
     * Below this not even SHA-256 and its salt are safe; what a certificate path needs is more and is for a Trust to
     * say.
     */
    private static final int LEAST_MODULUS_BITS = 1024;

    /** Verification costs grow with the modulus and the exponent, which the peer chooses. */
    private static final int MOST_MODULUS_BITS = 8192;

    private static final int MOST_EXPONENT_BITS = 33;

    private final PublicKey publicKey;
    private final List<SignatureScheme> schemes;
    private final String description;

    private PeerKey(PublicKey publicKey, List<SignatureScheme> schemes, String description) {
        this.publicKey = publicKey;
        this.schemes = schemes;
        this.description = description;
    }

    /**
     * The key of {@code certificate}, in DER.
     *
     * @throws TlsException {@link Problem#CERTIFICATE_UNPARSABLE} if it is no certificate or its key is no valid one,
     *     {@link Problem#CERTIFICATE_KEY_UNSUPPORTED} if no scheme of TLS 1.3 signs with keys of this kind
     */
    public static PeerKey of(Bytes certificate) throws TlsException {
        return ofSubjectPublicKeyInfo(CertificateReader.of(certificate).subjectPublicKeyInfo());
    }

    /** As {@link #of}, of a SubjectPublicKeyInfo alone: a raw public key, RFC 7250. */
    public static PeerKey ofSubjectPublicKeyInfo(Bytes subjectPublicKeyInfo) throws TlsException {
        KeyKind kind;
        try {
            kind = KeyKind.read(DerReader.of(subjectPublicKeyInfo.toArray()));
        } catch (DerException e) {
            throw Problem.CERTIFICATE_UNPARSABLE.causedBy(e, e.offset(), "subjectPublicKeyInfo: " + e.reason());
        }
        PublicKey key = decode(kind, subjectPublicKeyInfo);
        if (key instanceof RSAPublicKey rsa) {
            return rsa(kind, rsa);
        }
        if (key instanceof ECPublicKey ec) {
            return ec(kind, ec);
        }
        return new PeerKey(key, kind.schemes(), kind.name());
    }

    /** The key, for {@link dev.akushu.tls.crypto.SignatureAlgorithm#verify}. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Whether a CertificateVerify with {@code scheme} can be by this key: its algorithm, its curve, its PSS parameters
     * and the size of its modulus fit. RFC 9846 section 4.3.3.
     */
    public boolean fits(SignatureScheme scheme) {
        return schemes.contains(scheme);
    }

    /** All schemes that {@linkplain #fits fit}, the cheapest first. */
    public List<SignatureScheme> schemes() {
        return schemes;
    }

    /** The kind of key as people call it: {@code EC P-256}, {@code RSA 2048 bits}, {@code Ed25519}. */
    public String description() {
        return description;
    }

    /** The description; the key itself is not shown. */
    @Override
    public String toString() {
        return description;
    }

    private static PublicKey decode(KeyKind kind, Bytes subjectPublicKeyInfo) throws TlsException {
        try {
            return KeyFactory.getInstance(kind.keyFactory())
                    .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw Problem.CERTIFICATE_KEY_UNSUPPORTED.causedBy(e, kind.name());
        } catch (InvalidKeySpecException e) {
            throw Problem.CERTIFICATE_UNPARSABLE.causedBy(e, 0, invalid(kind));
        }
    }

    private static PeerKey rsa(KeyKind kind, RSAPublicKey key) throws TlsException {
        int bits = key.getModulus().bitLength();
        String description = kind.name() + " " + bits + " bits";
        if (bits < LEAST_MODULUS_BITS || bits > MOST_MODULUS_BITS) {
            throw Problem.CERTIFICATE_KEY_UNSUPPORTED.with(description);
        }
        int exponentBits = key.getPublicExponent().bitLength();
        if (exponentBits < 2
                || exponentBits > MOST_EXPONENT_BITS
                || !key.getPublicExponent().testBit(0)) {
            throw Problem.CERTIFICATE_KEY_UNSUPPORTED.with(
                    description + " with a public exponent of " + exponentBits + " bits");
        }
        List<SignatureScheme> schemes = kind.schemes().stream()
                .filter(scheme -> fitsModulus(scheme, bits))
                .toList();
        return new PeerKey(key, schemes, description);
    }

    /** RFC 8017 9.1.1: the encoded message holds the hash, a salt of its length and two bytes more. */
    private static boolean fitsModulus(SignatureScheme scheme, int bits) {
        int encodedMessageLength = (bits - 1 + 7) / 8;
        return encodedMessageLength >= 2 * KeyKind.digestLength(scheme) + 2;
    }

    private static PeerKey ec(KeyKind kind, ECPublicKey key) throws TlsException {
        // The JDK's key factory does not look whether the point is one of the curve.
        if (!CurvePoints.isOnCurve(key)) {
            throw Problem.CERTIFICATE_UNPARSABLE.with(0, invalid(kind));
        }
        return new PeerKey(key, kind.schemes(), kind.name());
    }

    private static String invalid(KeyKind kind) {
        return "subjectPublicKeyInfo holds no valid " + kind.name() + " key";
    }
}
