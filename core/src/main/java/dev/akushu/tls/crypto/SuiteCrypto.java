package dev.akushu.tls.crypto;

import dev.akushu.tls.CipherSuite;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a cipher suite is made of.
 *
 * @param suite its code
 * @param aead protects the records
 * @param hash drives the transcript and the key schedule
 */
public record SuiteCrypto(CipherSuite suite, AeadAlgorithm aead, HashAlgorithm hash) {
    /** Whose code does the work: the AEAD's, then the hash's. */
    public List<Origin> origins() {
        return Stream.of(aead.origin(), Origin.of(hash.newDigest().getProvider()))
                .distinct()
                .toList();
    }
}
