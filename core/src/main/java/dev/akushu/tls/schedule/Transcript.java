package dev.akushu.tls.schedule;

import dev.akushu.tls.HandshakeType;
import dev.akushu.tls.crypto.HashAlgorithm;
import java.security.MessageDigest;

/**
 * The running hash over the handshake messages, their four-byte headers included. RFC 9846 section 4.1. Not safe for
 * use by two threads at once.
 */
public final class Transcript {
    private final HashAlgorithm algorithm;
    private final MessageDigest running;

    /** Of no message yet. */
    public Transcript(HashAlgorithm algorithm) {
        this(algorithm, algorithm.newDigest());
    }

    private Transcript(HashAlgorithm algorithm, MessageDigest running) {
        this.algorithm = algorithm;
        this.running = running;
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
        running.update(message);
    }

    /** The Transcript-Hash of all that was added so far; more can be added afterwards. */
    public byte[] hash() {
        return copyOf(running).digest();
    }

    /**
     * The Transcript-Hash of what was added so far and then {@code clientHello} without its last {@code withoutTail}
     * bytes: what a PSK binder is computed over (RFC 9846 section 4.3.11.2). The tail is the list of binders with its
     * length. Nothing is added.
     */
    public byte[] hashWithTruncated(byte[] clientHello, int withoutTail) {
        MessageDigest digest = copyOf(running);
        digest.update(clientHello, 0, clientHello.length - withoutTail);
        return digest.digest();
    }

    /**
     * Puts message_hash in the place of what was added so far, the first ClientHello; before the HelloRetryRequest is
     * added. RFC 9846 section 4.1.
     */
    public void replaceByMessageHash() {
        addMessageHash(running.digest());
    }

    /** A transcript of the same messages that goes its own way from here. */
    public Transcript fork() {
        return new Transcript(algorithm, copyOf(running));
    }

    private static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(digest.getAlgorithm() + " cannot be cloned, as HashAlgorithm promises", e);
        }
    }

    private void addMessageHash(byte[] clientHello1Hash) {
        running.update((byte) HandshakeType.MESSAGE_HASH.code());
        running.update((byte) 0);
        running.update((byte) 0);
        running.update((byte) clientHello1Hash.length);
        running.update(clientHello1Hash);
    }
}
