package dev.akushu.tls.crypto;

import dev.akushu.tls.Bytes;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * How a Diffie-Hellman group writes public keys as {@code key_exchange} bytes, RFC 9846 sections 4.3.8.1 and 4.3.8.2.
 * Safe for use by many threads.
 */
interface ShareFormat {
    /** Length of every share in bytes. */
    int length();

    /** What key pairs of the group are generated with, or null if the name of their algorithm says all. */
    @Nullable AlgorithmParameterSpec parameters();

    /** The share for a public key of the group. */
    Bytes encode(PublicKey key);

    /**
     * The public key that a peer's share stands for, with every check made that the group demands of a public key.
     *
     * @throws BadKeyShareException if {@code share} is no valid element of the group
     */
    PublicKey decode(Bytes share) throws BadKeyShareException;

    /** Refuses a share that does not have the length of this group's shares. */
    default void checkLength(Bytes share) throws BadKeyShareException {
        if (share.length() != length()) {
            throw new BadKeyShareException("the share has " + share.length() + " bytes instead of " + length());
        }
    }
}
