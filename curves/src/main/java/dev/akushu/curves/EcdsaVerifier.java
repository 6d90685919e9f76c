package dev.akushu.curves;

/** Verifies ECDSA signatures under one public key. Immutable. */
public sealed interface EcdsaVerifier permits P256Verifier, P384Verifier {
    /**
     * Whether r and s, each in as many octets as the order has, from {@code offset} on, sign a message with that hash.
     * Of a hash longer than the order, the leftmost octets count. FIPS 186-5 section 6.4.2.
     */
    boolean verify(byte[] digest, byte[] signature, int offset);

    /** The same key, prepared for many verifications. */
    EcdsaVerifier withTable();

    /** Whether it is prepared for many verifications. */
    boolean hasTable();
}
