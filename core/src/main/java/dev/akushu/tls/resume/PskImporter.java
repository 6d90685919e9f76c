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
        byte[] key = psk.copyKey();
        try {
            if (!psk.imported()) {
                return EarlySecret.of(targetHash, key);
            }
            byte[] imported = imported(ownHash, key, identity(psk, target), target);
            try {
                return EarlySecret.of(targetHash, imported);
            } finally {
                Arrays.fill(imported, (byte) 0);
            }
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
