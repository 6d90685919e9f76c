package dev.akushu.tls.crypto;

/** An AEAD that protects records (RFC 9846 section 5.2) or tickets. All have a nonce of 12 bytes and a tag of 16. Safe for use by many threads. */
public interface AeadAlgorithm {
    /** Length of every nonce in bytes. */
    int NONCE_LENGTH = 12;

    /** Length of every tag in bytes. */
    int TAG_LENGTH = 16;

    /** The name people know, such as {@code AES-128-GCM}. */
    String name();

    /** Length of a key in bytes. */
    int keyLength();

    /** How many records one key may protect before it must be updated (RFC 9846 section 5.5). */
    long recordLimit();

    /** A cipher under {@code key}, of {@link #keyLength()} bytes; the array is copied and stays the caller's to wipe. */
    Aead withKey(byte[] key);

    /** As {@link #withKey}, for a use that ends with {@link #giveBack}. */
    default Aead takeWithKey(byte[] key) {
        return withKey(key);
    }

    /** Takes back what {@link #takeWithKey} gave, which is used no more; its key is forgotten. */
    default void giveBack(Aead aead) {
        aead.destroy();
    }

    /** Whose code does the work. */
    default Origin origin() {
        return Origin.of(this);
    }
}
