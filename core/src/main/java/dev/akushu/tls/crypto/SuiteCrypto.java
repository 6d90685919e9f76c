package dev.akushu.tls.crypto;

import dev.akushu.tls.CipherSuite;

/**
 * What a cipher suite is made of.
 *
 * @param suite its code
 * @param aead protects the records
 * @param hash drives the transcript and the key schedule
 */
public record SuiteCrypto(CipherSuite suite, AeadAlgorithm aead, HashAlgorithm hash) {}
