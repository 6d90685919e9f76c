package dev.akushu.tls.crypto;

import dev.akushu.tls.reuse.Kept;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;

/** A hash of the JDK: new digests are clones of one that is never fed, which costs no look-up. A few that came back are kept. */
final class JdkHash implements HashAlgorithm {
    private final String name;
    private final int length;
    private final int blockLength;
    private final MessageDigest pristine;
    private final Kept<MessageDigest> kept = new Kept<>(2);

    JdkHash(String name, int length, int blockLength, Provider provider) throws NoSuchAlgorithmException {
        this.name = name;
        this.length = length;
        this.blockLength = blockLength;
        this.pristine = MessageDigest.getInstance(name, provider);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int blockLength() {
        return blockLength;
    }

    @Override
    public MessageDigest newDigest() {
        try {
            // Cloning only reads, and nobody else ever sees this digest: safe for many threads at once.
            return (MessageDigest) pristine.clone();
        } catch (CloneNotSupportedException e) {
            throw new ProviderException(name + " of the JDK can be cloned", e);
        }
    }

    @Override
    public MessageDigest takeDigest() {
        MessageDigest digest = kept.take();
        return digest == null ? newDigest() : digest;
    }

    @Override
    public void giveBack(MessageDigest digest) {
        if (!digest.getClass().equals(pristine.getClass())
                || !digest.getAlgorithm().equals(pristine.getAlgorithm())) {
            throw new IllegalArgumentException("A digest by " + digest.getAlgorithm() + " comes back as " + name);
        }
        // Whatever it was fed is overwritten.
        digest.reset();
        kept.giveBack(digest);
    }

    @Override
    public String toString() {
        return name;
    }
}
