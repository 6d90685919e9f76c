package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.KeyOperation;
import dev.akushu.tls.Problem;
import dev.akushu.tls.SignatureScheme;
import dev.akushu.tls.TlsException;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.SignatureAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a private key belongs to a certificate; found out when an identity is made, not when the first peer
 * complains.
 */
public final class KeyMatch {
    // Says what it is, so that no protocol can take the signature for one of its own.
    private static final byte[] PREFIX =
            "Akushu checks that key and certificate match: ".getBytes(StandardCharsets.US_ASCII);

    private KeyMatch() {}

    /**
     * {@code key} for use with {@code leaf}. It signs a random message, so that a key that cannot be exported is
     * checked like any other.
     *
     * @throws TlsException {@link Problem#KEY_DOES_NOT_MATCH} if the signature is not by the certificate's key
     */
    public static LocalKey of(CertificateReader leaf, PrivateKey key, Crypto crypto) throws TlsException {
        return of(PeerKey.ofSubjectPublicKeyInfo(leaf.subjectPublicKeyInfo()), leaf.subjectText(), key, crypto);
    }

    /** As the other, for a public key of {@code subject}. */
    public static LocalKey of(PeerKey publicKey, String subject, PrivateKey key, Crypto crypto) throws TlsException {
        LocalKey local = LocalKey.of(key, publicKey, crypto);
        if (local.schemes().isEmpty()) {
            throw Problem.CERTIFICATE_KEY_UNSUPPORTED.with(publicKey.description());
        }
        if (!signs(local, publicKey, crypto)) {
            throw Problem.KEY_DOES_NOT_MATCH.with(subject, publicKey.description(), description(key, publicKey));
        }
        return local;
    }

    /**
     * The schemes of {@code key} that {@code leaf} fits, in the order of the key.
     *
     * @throws TlsException {@link Problem#KEY_DOES_NOT_MATCH} if there is none: then the two cannot belong together
     */
    public static List<SignatureScheme> schemes(CertificateReader leaf, KeyOperation key) throws TlsException {
        return schemes(PeerKey.ofSubjectPublicKeyInfo(leaf.subjectPublicKeyInfo()), leaf.subjectText(), key);
    }

    /** As the other, for a public key alone. */
    public static List<SignatureScheme> schemes(PeerKey publicKey, KeyOperation key) throws TlsException {
        return schemes(publicKey, publicKey.description(), key);
    }

    private static List<SignatureScheme> schemes(PeerKey publicKey, String subject, KeyOperation key)
            throws TlsException {
        List<SignatureScheme> common =
                key.schemes().stream().filter(publicKey::fits).toList();
        if (common.isEmpty()) {
            throw Problem.KEY_DOES_NOT_MATCH.with(subject, publicKey.description(), "one for " + key.schemes());
        }
        return common;
    }

    private static boolean signs(LocalKey key, PeerKey publicKey, Crypto crypto) throws TlsException {
        for (SignatureScheme scheme : key.schemes()) {
            SignatureAlgorithm algorithm = crypto.signature(scheme);
            if (algorithm != null) {
                return signs(key, publicKey, algorithm, crypto.random());
            }
        }
        return false;
    }

    private static boolean signs(LocalKey key, PeerKey publicKey, SignatureAlgorithm algorithm, SecureRandom random)
            throws TlsException {
        byte[] message = Arrays.copyOf(PREFIX, PREFIX.length + 32);
        byte[] nonce = new byte[32];
        random.nextBytes(nonce);
        System.arraycopy(nonce, 0, message, PREFIX.length, nonce.length);
        try {
            Bytes signature = key.signNow(algorithm.scheme(), Bytes.copyOf(message));
            return algorithm.verify(publicKey.publicKey(), message, signature.toArray());
        } catch (InvalidKeyException e) {
            throw Problem.CERTIFICATE_KEY_UNSUPPORTED.causedBy(e, publicKey.description());
        } catch (TlsException e) {
            // A key of another kind cannot sign with the certificate's scheme; that the token is gone is another
            // matter.
            if (e.getCause() instanceof InvalidKeyException) {
                return false;
            }
            throw e;
        }
    }

    private static String description(PrivateKey key, PeerKey publicKey) {
        return switch (key) {
            case RSAKey rsa ->
                another(key.getAlgorithm() + " " + rsa.getModulus().bitLength() + " bits", publicKey);
            case ECKey ec ->
                another("EC P-" + ec.getParams().getCurve().getField().getFieldSize(), publicKey);
            // A key in a token tells no more than this.
            default -> key.getAlgorithm() + ", but not this one";
        };
    }

    private static String another(String description, PeerKey publicKey) {
        return description.equals(publicKey.description()) ? description + ", but another key" : description;
    }
}
