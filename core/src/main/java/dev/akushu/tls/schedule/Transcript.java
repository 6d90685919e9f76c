package dev.akushu.tls.schedule;

import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.crypto.HashAlgorithm;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The running hash over the handshake messages, their four-byte headers included. RFC 9846 section 4.1. Not safe for
 * use by two threads at once.
 */
public final class Transcript {
    private final HashAlgorithm algorithm;
    /** Null while there is no message. */
    private @Nullable MessageDigest running;
    /** Of what was added so far, once it was asked for. */
    private byte @Nullable [] hash;

    /** Of no message yet. */
    public Transcript(HashAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    /**
     * A transcript that begins with the message_hash of a first ClientHello: for a server that keeps nothing but {@code
     * clientHello1Hash} over its HelloRetryRequest, in the cookie.
     */
    public static Transcript ofMessageHash(HashAlgorithm algorithm, byte[] clientHello1Hash) {
        if (clientHello1Hash.length != algorithm.length()) {
            throw new IllegalArgumentException(
                    "Not a hash by " + algorithm.name() + ": " + clientHello1Hash.length + " bytes");
        }
        Transcript transcript = new Transcript(algorithm);
        transcript.addMessageHash(clientHello1Hash);
        return transcript;
    }

    /** The hash that this transcript is made with. */
    public HashAlgorithm algorithm() {
        return algorithm;
    }

    /** Adds a whole message, header included. */
    public void add(byte[] message) {
        hash = null;
        running().update(message);
    }

    /** The Transcript-Hash of all that was added so far; more can be added afterwards. The array is for reading alone. */
    public byte[] hash() {
        byte[] known = hash;
        if (known == null) {
            // Several secrets and a Finished are over the same messages.
            known = copyOf(running()).digest();
            hash = known;
        }
        return known;
    }

    /**
     * The Transcript-Hash of what was added so far and then {@code clientHello} without its last {@code withoutTail}
     * bytes: what a PSK binder is computed over (RFC 9846 section 4.3.11.2). The tail is the list of binders with its
     * length. Nothing is added.
     */
    public byte[] hashWithTruncated(byte[] clientHello, int withoutTail) {
        if (running != null) {
            return hashWithTruncated(copyOf(running), clientHello, withoutTail);
        }
        MessageDigest digest = algorithm.takeDigest();
        try {
            return hashWithTruncated(digest, clientHello, withoutTail);
        } finally {
            algorithm.giveBack(digest);
        }
    }

    private static byte[] hashWithTruncated(MessageDigest before, byte[] clientHello, int withoutTail) {
        before.update(clientHello, 0, clientHello.length - withoutTail);
        return before.digest();
    }

    /**
     * Puts message_hash in the place of what was added so far, the first ClientHello; before the HelloRetryRequest is
     * added. RFC 9846 section 4.1.
     */
    public void replaceByMessageHash() {
        addMessageHash(running().digest());
    }

    /** A transcript of the same messages that goes its own way from here. */
    public Transcript fork() {
        Transcript fork = new Transcript(algorithm);
        fork.running = copyOf(running());
        fork.hash = hash;
        return fork;
    }

    private MessageDigest running() {
        MessageDigest present = running;
        if (present == null) {
            present = algorithm.newDigest();
            running = present;
        }
        return present;
    }

    private static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(digest.getAlgorithm() + " cannot be cloned, as HashAlgorithm promises", e);
        }
    }

    private void addMessageHash(byte[] clientHello1Hash) {
        hash = null;
        MessageDigest digest = running();
        digest.update((byte) HandshakeType.MESSAGE_HASH.code());
        digest.update((byte) 0);
        digest.update((byte) 0);
        digest.update((byte) clientHello1Hash.length);
        digest.update(clientHello1Hash);
    }
}
