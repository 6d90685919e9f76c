package dev.akushu.tls.identity;

import dev.akushu.tls.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The signatures on certificates of authorities that one trust has verified: the chains of many servers share them. That a signature is genuine under a
 * key never changes, so nothing is forgotten with time; all else about such a certificate, its dates for instance, is judged anew each time. What is not genuine is not
 * remembered. Bounded, and without a lock: each has one place, where the last one stays. So whoever shows many makes others wait for a verification; and by
 * the time that a refusal takes he may guess whether a server below some authority was met before. For any number of threads.
 */
final class RememberedSignatures {
    /** How many at most, of some 70 bytes each. */
    static final int MOST = 1024;

    private final AtomicReferenceArray<@Nullable Bytes> places = new AtomicReferenceArray<>(MOST);

    /** SHA-256 over the certificate in DER, which has the signature, and the issuer's key; null for a key of a device that has no encoding. */
    static @Nullable Bytes key(byte[] certificate, PublicKey issuer) {
        byte[] issuerKey = issuer.getEncoded();
        if (issuerKey == null) {
            return null;
        }
        MessageDigest digest = Sha256.fresh();
        // With its length, so that no other certificate and key are the same bytes.
        digest.update(
                ByteBuffer.allocate(Integer.BYTES).putInt(certificate.length).flip());
        digest.update(certificate);
        digest.update(issuerKey);
        return Bytes.wrap(digest.digest());
    }

    /** Whether {@link #keep} was told so, and it is still there. */
    boolean has(Bytes key) {
        return key.equals(places.get(place(key)));
    }

    /** The signature with this key is genuine. */
    void keep(Bytes key) {
        places.set(place(key), key);
    }

    private static int place(Bytes key) {
        return (key.at(0) << 8 | key.at(1)) % MOST;
    }
}
