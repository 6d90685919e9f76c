package dev.akushu.tls.crypto;

/**
 * An AEAD under one key. Under a key it seals or opens, never both. Not safe for use by two threads at once. Input and output are different arrays, or
 * the same array at places that do not overlap.
 */
public interface Aead {
    /**
     * Encrypts {@code length} bytes and appends the tag.
     *
     * @param nonce 12 bytes, never used twice under this key
     * @param aad the additional data, the first {@code aadLength} bytes of the array
     * @param in the plaintext's array
     * @param out receives {@code length + 16} bytes from {@code outOffset}
     * @return the number of bytes written
     */
    default int seal(
            byte[] nonce, byte[] aad, int aadLength, byte[] in, int offset, int length, byte[] out, int outOffset) {
        return seal(nonce, aad, aadLength, in, offset, 0, in, offset, length, out, outOffset);
    }

    /**
     * As {@link #seal(byte[], byte[], int, byte[], int, int, byte[], int)}, of a plaintext in two pieces, so that nobody
     * need copy a long one for the sake of its end. A first piece of no whole number of 16 bytes costs a copy of the rest.
     *
     * @param first the first piece's array, which may be that of the second, but not {@code out} where they overlap
     */
    int seal(
            byte[] nonce,
            byte[] aad,
            int aadLength,
            byte[] first,
            int firstOffset,
            int firstLength,
            byte[] last,
            int lastOffset,
            int lastLength,
            byte[] out,
            int outOffset);

    /**
     * Decrypts {@code length} bytes, tag included, and returns the length of the plaintext, or -1 if the tag does not verify; then what {@code out} holds is
     * unspecified and must not be used.
     *
     * @param out receives {@code length - 16} bytes from {@code outOffset}
     */
    int open(byte[] nonce, byte[] aad, int aadLength, byte[] in, int offset, int length, byte[] out, int outOffset);

    /** Goes on under {@code key}, of the same length, and forgets the one before as {@link #destroy} does; the array stays the caller's to wipe. */
    void rekey(byte[] key);

    /** Lets go of what only work needs, while there is none for a while; the next call has it again. */
    default void release() {}

    /** Forgets the key as well as the platform allows; the object must not be used afterwards. */
    void destroy();
}
