package dev.akushu.tls.resume;

import dev.akushu.tls.Bytes;
import dev.akushu.tls.ExternalPsk;
import dev.akushu.tls.Kdf;
import dev.akushu.tls.crypto.Crypto;
import dev.akushu.tls.crypto.HashAlgorithm;
import dev.akushu.tls.schedule.EarlySecret;
import dev.akushu.tls.schedule.Hkdf;
import dev.akushu.tls.wire.ImportedIdentity;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes keys for TLS 1.3 from external ones. RFC 9258 section 5.1. */
public final class PskImporter {
    private PskImporter() {}

    /**
     * The head of the key schedule from {@code psk} for the hash of {@code target}; null if the cryptography lacks a hash that it takes, or if a raw key is for another hash.
     */
    public static @Nullable EarlySecret earlySecret(Crypto crypto, ExternalPsk psk, Kdf target) {
        HashAlgorithm targetHash = crypto.hash(target);
        HashAlgorithm ownHash = crypto.hash(psk.kdf());
        if (targetHash == null || ownHash == null || !psk.imported() && psk.kdf() != target) {
            return null;
        }
        byte[] key = key(crypto, psk, target);
        try {
            return EarlySecret.of(targetHash, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The PSK that {@link #earlySecret} is made from, the caller's to wipe: the imported key, or a raw one as it is. */
    public static byte[] key(Crypto crypto, ExternalPsk psk, Kdf target) {
        HashAlgorithm ownHash = Objects.requireNonNull(crypto.hash(psk.kdf()), "the hash of the external key");
        byte[] key = psk.copyKey();
        if (!psk.imported()) {
            return key;
        }
        try {
            return imported(ownHash, key, identity(psk, target), target);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The name under which {@code psk} is offered for {@code target}. */
    public static Bytes identity(ExternalPsk psk, Kdf target) {
        return psk.imported()
                ? ImportedIdentity.of(psk.identity(), psk.context(), target).encode()
                : psk.identity();
    }

    /** ipskx, the caller's to wipe. {@code ownHash} is the one that the external key was made for. */
    static byte[] imported(HashAlgorithm ownHash, byte[] key, Bytes importedIdentity, Kdf target) {
        Hkdf hkdf = new Hkdf(ownHash);
        byte[] extracted = hkdf.extract(new byte[ownHash.length()], key);
        try {
            byte[] context = ownHash.newDigest().digest(importedIdentity.toArray());
            return hkdf.expandLabel(extracted, "derived psk", context, target.length());
        } finally {
            Arrays.fill(extracted, (byte) 0);
        }
    }
}
